//! Whatever happens in whatever order: nothing panics, nothing late takes effect, nothing of a student stays, no picture is
//! forgotten in memory, and time alone brings the kiosk back to its first screen.

use super::world::{DAY, known, shot};
use crate::*;
use collection::{ComparisonBand, StaffId};
use proptest::prelude::*;
use sentences::codes;
use standard::Verdict;

const PEOPLE: [&str; 23] = [
    "case-open",
    "draft-compared",
    "prints",
    "prints-typed",
    "hand",
    "new",
    "bound",
    "typed",
    "no-photo",
    "ctid",
    "draft",
    "draft-quota",
    "quota",
    "locked",
    "case",
    "submitted",
    "in-review",
    "approved",
    "rejected",
    "wechat",
    "voucher",
    "not-open",
    "closed",
];

/// What no rest of a visit may hold: the student's name, number, class, programme, enrolment, typed payload; staff's name.
const TRACES: [&str; 8] =
    ["林*夏", "9900*", "\"2201\"", "数字媒体", "0707070707", "83, 69, 67, 82", "周老师", "FrameId"];

pub(super) fn any_touch() -> impl Strategy<Value = Touch> {
    prop_oneof![
        8 => prop::sample::select(vec![
            Touch::Help, Touch::MyTasks, Touch::NoCode, Touch::Key(Keystroke::X), Touch::GoOn, Touch::OtherWay,
            Touch::Unbind, Touch::StaffDoor, Touch::Consent(Consent::Service),
            Touch::Consent(Consent::Comparison), Touch::Consent(Consent::Ctid), Touch::Start, Touch::NotMe,
            Touch::RefuseConsent, Touch::Shutter, Touch::Use, Touch::Retake, Touch::Make, Touch::AskTeacher,
            Touch::Key(Keystroke::Backspace), Touch::Key(Keystroke::Clear), Touch::Accept, Touch::Submit, Touch::Done, Touch::Back,
            Touch::StillHere, Touch::Primary, Touch::Secondary, Touch::RetryCamera, Touch::Language,
        ]),
        2 => (0u8..12).prop_map(|d| Touch::Key(Keystroke::Digit(d))),
        2 => prop::sample::select(vec!['林', '知', '夏', 'a', 'X', '1', '·', ' ', '#']).prop_map(|c| Touch::Key(Keystroke::Char(c))),
        2 => (0usize..5).prop_map(Touch::Row),
        1 => (0usize..5).prop_map(Touch::Category),
        2 => prop::sample::select(vec![Touch::NotOnRoster, Touch::GiveAddress, Touch::GoOn]),
        1 => (0usize..5).prop_map(Touch::Choose),
        1 => (0usize..6).prop_map(Touch::Reason),
        1 => Just(Touch::Exit),
    ]
}

/// A reply; frames are numbered later, so that no two are ever the same.
pub(super) fn any_reply() -> impl Strategy<Value = Reply> {
    let person = prop::sample::select(PEOPLE.to_vec());
    let matched = person.clone().prop_map(|p| Reply::Code(CodeOutcome::Matched(Box::new(known(p)))));
    let found = person.prop_map(|p| Reply::Found(FoundOutcome::One(Box::new(known(p)))));
    let verdicts = prop::sample::select(vec![Verdict::Pass, Verdict::Warn, Verdict::Block]);
    let bands = [ComparisonBand::Pass, ComparisonBand::Below, ComparisonBand::Manual, ComparisonBand::None];
    let compared = |band| Compared { band, score_tenths: Some(1), same_photo: false };
    let made = Made { portrait: FrameId(0), bytes: 1, checks: Vec::new() };
    let draft = Draft { made: made.clone(), original: FrameId(0), compared: compared(ComparisonBand::Pass) };
    let receipt = Receipt { number: "K".into(), page: String::new(), uploaded: false };
    let staff = StaffId::new("zhou").expect("a slug");
    let mut manual = super::world::task();
    manual.settings.manual_entry = true;
    let nobody = FoundOutcome::Nobody(Sentence::plain(codes::ENTRY_NOBODY));
    let refused = CodeOutcome::Refused(Sentence::plain(codes::CODE_EXPIRED));
    let engine = MakeOutcome::Refused(Sentence::plain(codes::REFUSAL_ENGINE));
    prop_oneof![
        4 => matched,
        2 => found,
        2 => verdicts.prop_map(|v| Reply::Burst(vec![shot(0, v), shot(0, v), shot(0, v)])),
        2 => prop::sample::select(bands.to_vec()).prop_map(move |band| Reply::Compared(compared(band))),
        1 => (0u32..5).prop_map(|n| Reply::Birth(if n == 4 { Ok(()) } else { Err(n) })),
        12 => prop::sample::select(vec![
            Reply::Code(CodeOutcome::Unknown(Sentence::plain(codes::CODE_UNKNOWN))),
            Reply::Code(refused),
            Reply::Found(nobody),
            Reply::Found(FoundOutcome::More(Sentence::plain(codes::CODE_AMBIGUOUS))),
            Reply::Birth(Ok(())),
            Reply::Bound(BindOutcome::Bound),
            Reply::Bound(BindOutcome::SecondClaimant),
            Reply::Draft(Some(draft)),
            Reply::Draft(None),
            Reply::Burst(Vec::new()),
            Reply::Make(MakeOutcome::Made(made)),
            Reply::Make(engine),
            Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() }),
            Reply::Pin(PinOutcome::Wrong),
            Reply::Kept(KeptOutcome::Kept),
            Reply::Kept(KeptOutcome::NotConnected),
            Reply::Paid(PayOutcome::Paid),
            Reply::Paid(PayOutcome::NotConnected),
            Reply::Stored(StoreOutcome::Failed(Sentence::plain(codes::STORE_FULL))),
            Reply::Stored(StoreOutcome::Stored(receipt)),
            Reply::Unbound(true),
            Reply::Tasks(Vec::new()),
            Reply::Schools(Vec::new()),
            Reply::Schools(vec![TaskRow::of(&super::world::task()), TaskRow::of(&super::world::task())]),
            Reply::Task(None),
            Reply::Task(Some(Box::new(manual))),
            Reply::Entered(EnteredOutcome::Kept(Box::new(known("hand")))),
            Reply::Entered(EnteredOutcome::OnRoster(Box::new(known("typed")))),
            Reply::Entered(EnteredOutcome::Failed(Sentence::plain(codes::MANUAL_NOT_KEPT))),
            Reply::Regions(None, vec![Region { code: 99, name: "青屿省".into() }]),
            Reply::Regions(Some(99), Vec::new()),
            Reply::Rows(Vec::new()),
        ]),
    ]
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        8 => any_touch().prop_map(Input::Touch),
        8 => any_reply().prop_map(|r| Input::Reply(Ticket { visit: 0, generation: 0 }, r)),
        2 => Just(Input::Code(b"SECRET".to_vec().into())),
        1 => (0u64..200_000).prop_map(|millis| Input::Tick(Moment { millis, day: DAY })),
        1 => any::<bool>().prop_map(|ready| Input::Live(Live { faces: 1, ready, ..Live::default() })),
        1 => prop::sample::select(vec![
            Input::Camera(CameraNews::Lost { code: codes::CAMERA_UNPLUGGED }),
            Input::Camera(CameraNews::Live),
            Input::CodeSeen(None),
            Input::Uploaded,
            Input::Pause(Some(Sentence::plain(codes::PAUSE_LUNCH))),
            Input::Pause(None),
            Input::Assisted(super::world::subject().entry.enrolment),
        ]),
    ]
}

/// A visit with its vault, as a list of handles.
struct Watched {
    visit: Visit,
    held: Vec<FrameId>,
    next: u64,
}

impl Watched {
    fn new() -> Watched {
        let mut visit = Visit::new(Timings::default());
        visit.step(Input::Camera(CameraNews::Live));
        Watched { visit, held: Vec::new(), next: 100 }
    }

    fn lay(&mut self, frame: &mut FrameId) {
        *frame = FrameId(self.next);
        self.next += 1;
        self.held.push(*frame);
    }

    /// Pictures come into being with a reply, each under a handle of its own.
    fn numbered(&mut self, mut reply: Reply) -> Reply {
        match &mut reply {
            Reply::Burst(taken) => taken.iter_mut().for_each(|a| self.lay(&mut a.frame)),
            Reply::Make(MakeOutcome::Made(made)) => self.lay(&mut made.portrait),
            Reply::Draft(Some(draft)) => {
                self.lay(&mut draft.made.portrait);
                self.lay(&mut draft.original);
            }
            _ => {}
        }
        reply
    }

    fn put(&mut self, input: Input) -> Vec<Request> {
        let requests = self.visit.step(input);
        for request in &requests {
            match request {
                Request::Ui(UiRequest::Forget(gone)) => self.held.retain(|f| !gone.contains(f)),
                Request::Ui(UiRequest::Wipe) => self.held.clear(),
                _ => {}
            }
        }
        requests
    }
}

fn traces_in(visit: &Visit) -> Vec<&'static str> {
    let left = format!("{visit:?}");
    TRACES.into_iter().filter(|t| left.contains(t)).collect()
}

#[test]
fn the_search_for_traces_would_find_them() {
    let mut scenario = super::world::Scenario::new();
    scenario.put(Input::Code(b"SECRET".to_vec().into()));
    assert_eq!(traces_in(&scenario.visit), ["83, 69, 67, 82"]);
    scenario.until_result();
    let found = traces_in(&scenario.visit);
    for trace in ["林*夏", "9900*", "\"2201\"", "数字媒体", "0707070707", "FrameId"] {
        assert!(found.contains(&trace), "{trace}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// 10,000 cases of up to 40 inputs: well over 100,000 inputs in every run.
    #[test]
    fn whatever_happens_nothing_stays_and_nothing_late_takes_effect(
        inputs in prop::collection::vec((any_input(), 0u8..4), 0..40)
    ) {
        let mut w = Watched::new();
        let mut past = Vec::new();
        for (input, late) in inputs {
            let now = w.visit.ticket();
            let input = match input {
                Input::Reply(_, reply) => {
                    let ticket = if late == 0 { past.last().copied().unwrap_or(now) } else { now };
                    Input::Reply(ticket, w.numbered(reply))
                }
                other => other,
            };
            let foreign = matches!(&input, Input::Reply(ticket, _) if *ticket != now);
            let before = foreign.then(|| format!("{:?}", w.visit));
            let number = w.visit.number();
            let requests = w.put(input);
            if let Some(before) = before {
                prop_assert!(requests.iter().all(|e| matches!(e, Request::Ui(UiRequest::Forget(_)))));
                prop_assert_eq!(before, format!("{:?}", w.visit));
            }
            let state = format!("{:?}", w.visit);
            for frame in &w.held {
                prop_assert!(state.contains(&format!("{frame:?}")), "{frame:?} is held and named nowhere");
            }
            if w.visit.number() != number {
                let traces = traces_in(&w.visit);
                prop_assert!(traces.is_empty(), "{traces:?} stay after the end");
                prop_assert!(w.held.is_empty());
                past.push(now);
            }
        }
    }

    #[test]
    fn from_wherever_a_visit_is_time_alone_ends_it_and_so_does_one_button(
        inputs in prop::collection::vec(any_input(), 0..30)
    ) {
        let mut w = Watched::new();
        for input in inputs {
            let input = match input {
                Input::Reply(_, reply) => Input::Reply(w.visit.ticket(), w.numbered(reply)),
                other => other,
            };
            w.put(input);
        }
        let mut leaver = w.visit.clone();
        for _ in 0..2 {
            // The second answers the question that the first may have raised.
            leaver.step(Input::Touch(Touch::Exit));
        }
        prop_assert!(leaver.subject().is_none() && traces_in(&leaver).is_empty());

        let (mut millis, timings) = (w.visit.now().millis, w.visit.timings());
        for _ in 0..(timings.timeout + timings.idle + timings.countdown) / 5_000 + 2 {
            millis += 5_000;
            w.put(Input::Tick(Moment { millis, day: DAY }));
        }
        prop_assert!(w.visit.is_at_rest(), "{:?}", w.visit.stage());
        prop_assert!(traces_in(&w.visit).is_empty() && w.held.is_empty());
        prop_assert_eq!(w.visit.presentation(), Presentation::default());
    }
}
