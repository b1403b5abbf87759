//! Days at the staff panel: what staff does, and what it leaves behind.

use super::world::{DAY, subject};
use crate::*;
use collection::{EnrolmentId, PhotoState, StaffId};
use proptest::prelude::*;

/// Plays the outside of a staff panel.
struct Day {
    panel: StaffPanel,
    asked: Vec<Request>,
    millis: u64,
}

impl Day {
    fn new() -> Day {
        let mut day = Day { panel: StaffPanel::new(Timings::default()), asked: Vec::new(), millis: 0 };
        day.pass(1);
        day
    }

    fn put(&mut self, input: Input) {
        let requests = self.panel.step(input);
        self.asked.extend(requests);
    }

    fn pass(&mut self, millis: u64) {
        self.millis += millis;
        self.put(Input::Tick(Moment { millis: self.millis, day: DAY }));
    }

    fn touch(&mut self, touch: Touch) {
        self.put(Input::Touch(touch));
    }

    fn answer(&mut self, reply: Reply) {
        self.put(Input::Reply(self.panel.ticket(), reply));
    }

    fn sign_in(&mut self) {
        self.touch(Touch::StaffDoor);
        for d in 1..=6 {
            self.touch(Touch::Key(Keystroke::Digit(d)));
        }
        let staff = StaffId::new("zhou").expect("a slug");
        self.answer(Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() }));
    }

    fn has(&self, what: impl Fn(&Request) -> bool) -> bool {
        self.asked.iter().any(what)
    }
}

fn asked(request: &Request) -> Option<&StaffRequest> {
    if let Request::Staff(asked) = request { Some(&asked.request) } else { None }
}

fn row(n: u8, class: &str) -> ListRow {
    ListRow {
        enrolment: EnrolmentId::from_bytes([n; 16]),
        name: format!("林{n}*夏"),
        class: class.into(),
        state: PhotoState::AwaitingCapture,
    }
}

fn dossier() -> Box<Dossier> {
    Box::new(Dossier {
        enrolment: subject().entry.enrolment,
        task: subject().task.id,
        task_name: "2027 届本科".into(),
        name: "林*夏".into(),
        number: "9900**********1234".into(),
        class: "2201".into(),
        state: PhotoState::AwaitingCapture,
        productions_left: 0,
        tries_left: 0,
        comparisons_left: 0,
    })
}

#[test]
fn nothing_is_told_before_the_pin() {
    let mut day = Day::new();
    day.touch(Touch::Panel(PanelPage::Missing));
    day.touch(Touch::StaffDoor);
    day.touch(Touch::Panel(PanelPage::Missing));
    for d in [1, 2, 3, 4, 5, 6] {
        day.touch(Touch::Key(Keystroke::Digit(d)));
    }
    day.answer(Reply::Pin(PinOutcome::Wrong));
    day.touch(Touch::Panel(PanelPage::Missing));
    day.answer(Reply::Board(Box::default()));
    assert!(!day.has(|e| matches!(asked(e), Some(StaffRequest::LoadRows(_) | StaffRequest::LoadBoard))));
    assert!(matches!(day.panel.stage(), PanelStage::Pin(pin) if pin.problem.is_some()));
}

#[test]
fn from_the_missing_list_by_class_to_a_visit_without_a_code() {
    let mut day = Day::new();
    day.sign_in();
    day.touch(Touch::Panel(PanelPage::Missing));
    day.answer(Reply::Rows(vec![row(1, "生物 2301"), row(2, "生物 2301"), row(3, "历史 2301")]));
    let PanelStage::List(list) = day.panel.stage() else { panic!("the list") };
    assert_eq!(list.classes(), [("历史 2301".to_owned(), 1), ("生物 2301".to_owned(), 2)]);
    day.touch(Touch::Row(1));
    let PanelStage::List(list) = day.panel.stage() else { panic!("the class") };
    assert_eq!(list.shown().len(), 2);
    day.touch(Touch::Row(1));
    day.answer(Reply::Student(Some(dossier())));
    day.touch(Touch::Assist);
    assert!(day.has(|e| *e == Request::Ui(UiRequest::BeginVisit(subject().entry.enrolment))));
    assert!(!day.panel.is_open());
}

#[test]
fn one_more_production_and_an_open_birthday_are_in_somebody_s_name() {
    let mut day = Day::new();
    day.sign_in();
    day.touch(Touch::Panel(PanelPage::Find));
    for d in [2, 8, 0, 2, 8, 6] {
        day.touch(Touch::Key(Keystroke::Digit(d)));
    }
    day.touch(Touch::GoOn);
    day.answer(Reply::Student(Some(dossier())));
    for touch in [Touch::Grant, Touch::Unlock] {
        day.touch(touch);
        day.touch(touch);
        day.answer(Reply::Kept(KeptOutcome::Kept));
        day.answer(Reply::Student(Some(dossier())));
    }
    let name = |staff: &StaffId| staff.as_str() == "zhou";
    let grants = day
        .asked
        .iter()
        .filter(|e| matches!(asked(e), Some(StaffRequest::GrantProduction { staff, .. }) if name(staff)));
    assert_eq!(grants.count(), 1, "a second tap while it is kept is no second grant");
    assert!(
        day.has(|e| matches!(asked(e), Some(StaffRequest::UnlockSecondFactor { staff, .. }) if name(staff)))
    );
}

#[test]
fn the_day_is_not_done_while_anything_is_in_one_place_only() {
    let waits = |entries, pictures, refused, exported| DayEnd {
        waiting: Waiting { entries, pictures, refused, exported, online: true },
        ..DayEnd::default()
    };
    assert!(waits(0, 0, 0, 0).is_done());
    assert!(!waits(1, 0, 0, 0).is_done());
    assert!(!waits(0, 1, 0, 0).is_done());
    assert!(!waits(0, 0, 1, 0).is_done(), "what the server refused is nowhere else");
    assert!(!waits(3, 2, 0, 4).is_done());
    assert!(waits(3, 2, 0, 5).is_done(), "on a stick is a second place");
    assert!(!waits(0, 0, 1, 9).is_done(), "an export does not outweigh a refusal");
}

#[test]
fn pausing_and_going_on_reach_the_kiosk_with_a_name() {
    let mut day = Day::new();
    day.sign_in();
    day.touch(Touch::Panel(PanelPage::Pause));
    day.touch(Touch::Row(1));
    assert_eq!(day.panel.paused().map(|s| s.code.as_str()), Some("pause.lunch"));
    day.touch(Touch::Resume);
    assert!(day.has(|e| matches!(e, Request::Journal(JournalRequest::Paused(..)))));
    assert!(day.has(|e| matches!(e, Request::Journal(JournalRequest::Resumed(_)))));
}

#[test]
fn a_forgotten_desk_closes_and_its_late_answers_go_nowhere() {
    let mut day = Day::new();
    day.sign_in();
    day.touch(Touch::Panel(PanelPage::Drafts));
    let late = day.panel.ticket();
    day.pass(Timings::default().timeout);
    assert!(!day.panel.is_open());
    day.put(Input::Reply(late, Reply::Rows(vec![row(1, "生物")])));
    day.sign_in();
    day.put(Input::Reply(late, Reply::Rows(vec![row(1, "生物")])));
    assert!(!format!("{:?}", day.panel).contains("林1*夏"));
}

fn any_input() -> impl Strategy<Value = Input> {
    let touch = prop_oneof![
        Just(Touch::StaffDoor),
        (0u8..12).prop_map(|d| Touch::Key(Keystroke::Digit(d))),
        prop::sample::select(vec![
            PanelPage::Missing,
            PanelPage::Drafts,
            PanelPage::Find,
            PanelPage::Pause,
            PanelPage::Clock,
            PanelPage::Queue,
            PanelPage::DayEnd,
        ])
        .prop_map(Touch::Panel),
        (0usize..6).prop_map(Touch::Row),
        prop::sample::select(vec![
            Touch::Grant,
            Touch::Unlock,
            Touch::Assist,
            Touch::SyncNow,
            Touch::Accept,
            Touch::Resume,
            Touch::GoOn,
            Touch::Key(Keystroke::X),
            Touch::Back,
        ]),
    ];
    let staff = StaffId::new("zhou").expect("a slug");
    let reply = prop_oneof![
        Just(Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() })),
        Just(Reply::Pin(PinOutcome::Wrong)),
        Just(Reply::Board(Box::default())),
        Just(Reply::Rows(vec![row(1, "生物"), row(2, "历史")])),
        Just(Reply::Student(Some(dossier()))),
        Just(Reply::Student(None)),
        Just(Reply::Kept(KeptOutcome::Kept)),
        Just(Reply::Kept(KeptOutcome::NotConnected)),
        Just(Reply::DayEnd(DayEnd::default())),
    ];
    prop_oneof![
        6 => touch.prop_map(Input::Touch),
        4 => reply.prop_map(|r| Input::Reply(Ticket { visit: 0, generation: 0 }, r)),
        1 => (0u64..20_000).prop_map(|millis| Input::Tick(Moment { millis, day: DAY })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn whatever_staff_does_leaving_leaves_nothing_and_every_act_has_a_name(
        inputs in prop::collection::vec((any_input(), any::<bool>()), 0..40)
    ) {
        let mut panel = StaffPanel::new(Timings::default());
        for (input, current) in inputs {
            let input = match input {
                Input::Reply(_, reply) if current => Input::Reply(panel.ticket(), reply),
                other => other,
            };
            let open = panel.is_open();
            for request in panel.step(input) {
                prop_assert!(open, "a closed panel acted: {request:?}");
                let leaves = matches!(request, Request::Ui(UiRequest::BeginVisit(_) | UiRequest::LeavePanel));
                let asks_pin = matches!(asked(&request), Some(StaffRequest::CheckPin(_)));
                prop_assert!(asks_pin || leaves || panel.staff_name().is_some(), "without a PIN: {request:?}");
            }
        }
        panel.step(Input::Touch(Touch::Exit));
        let left = format!("{panel:?}");
        prop_assert!(!panel.is_open());
        for trace in ["林", "\"2201\"", "9900*", "周老师", "zhou"] {
            prop_assert!(!left.contains(trace), "{trace} is still there");
        }
    }
}
