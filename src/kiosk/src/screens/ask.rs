//! One question at a time: manual entry of a student who is on no roster, and the address for prints.

use super::OnTouch;
use super::keyboard::Writing;
use super::scene::{Face, Scene, Shown};
use crate::typing::Purpose;
use collection::DocumentKind;
use sentences::{Code, codes};
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use ui::{AppWindow, AskKind, AskView, Given, Reset as _, Screen};
use visit::{AddressStage, AddressStep, After, Keystroke, ManualField, ManualStage, Sentence, Touch};

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<AskView<'_>>();
    let t = touch.clone();
    view.on_choose(move |n| t(Touch::Row(usize::try_from(n).unwrap_or_default())));
    let t = touch.clone();
    view.on_digit(move |d| if d == "X" { t(Touch::Key(Keystroke::X)) } else { super::wiring::digit(&t, &d) });
    let t = touch.clone();
    view.on_backspace(move || t(Touch::Key(Keystroke::Backspace)));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
    let t = touch.clone();
    view.on_go_on(move || t(Touch::GoOn));
    let t = touch.clone();
    view.on_other_way(move || t(Touch::OtherWay));
}

/// How a question is answered.
enum How<'a> {
    /// By touching a row; narrow ones share a line.
    Rows(Vec<SharedString>, bool),
    /// With digits; whether X may be typed, and now.
    Digits(&'a str, Option<bool>),
    /// With the keyboard.
    Letters(&'a str, Purpose),
    /// By reading everything once more.
    Check,
}

/// A question.
struct Question<'a> {
    /// Sentence code; its remedy is the lead.
    code: Code,
    /// Tells this field from the others of the visit.
    place: u64,
    given: Vec<(Code, String)>,
    how: How<'a>,
    problem: Option<&'a Sentence>,
    can_go_on: bool,
    busy: bool,
    /// Sentence code of the primary.
    go: Code,
    other: Option<Code>,
    stepped: bool,
}

fn put(scene: &Scene<'_>, question: Question<'_>) {
    let view = scene.window.global::<AskView<'_>>();
    view.set_title(scene.say(question.code));
    view.set_lead(scene.remedy(question.code, &[]));
    let given = question.given.iter().filter(|(_, value)| !value.is_empty());
    let given: Vec<Given> = given
        .map(|(label, value)| Given { label: scene.say(*label), value: value.as_str().into() })
        .collect();
    view.set_given(ModelRc::new(VecModel::from(given)));
    view.set_problem(question.problem.map(|p| scene.say_with(p.code, &p.args)).unwrap_or_default());
    view.set_can_go_on(question.can_go_on);
    view.set_busy(question.busy);
    let missing = scene.say(codes::ASK_MISSING);
    let go = scene.say(question.go);
    view.set_go_words(if question.can_go_on || question.busy { go.clone() } else { missing.clone() });
    view.set_other(question.other.map(|code| scene.say(code)).unwrap_or_default());
    view.set_stepped(question.stepped);
    view.set_placeholder(question.code.hint().map(|hint| scene.say(hint)).unwrap_or_default());
    match question.how {
        How::Rows(rows, narrow) => {
            view.set_kind(AskKind::Choose);
            view.set_choices(ModelRc::new(VecModel::from(rows)));
            view.set_narrow(narrow);
        }
        How::Digits(typed, x) => {
            view.set_kind(AskKind::Digits);
            view.set_typed(typed.into());
            view.set_letter_x(x.is_some());
            view.set_letter_x_enabled(x.unwrap_or_default());
        }
        How::Letters(text, purpose) => {
            view.set_kind(AskKind::Write);
            view.set_typed(text.into());
            let (can_go_on, busy, place) = (question.can_go_on, question.busy, question.place);
            let writing = Writing { place, purpose, text, can_go_on, busy, done: go, missing };
            return scene.keyboard.show(scene.window, scene.visit.number(), writing);
        }
        How::Check => view.set_kind(AskKind::Check),
    }
    scene.keyboard.rest(scene.window);
}

/// The first four and the last two characters: people behind the student cannot read the number.
fn masked(number: &str) -> String {
    let length = number.chars().count();
    let shown = |i: usize| i < 4 || i + 2 >= length;
    number.chars().enumerate().map(|(i, c)| if shown(i) { c } else { '*' }).collect()
}

/// `0309` as a day.
fn birthday(scene: &Scene<'_>, typed: &str) -> String {
    let (Some(month), Some(day)) = (typed.get(..2), typed.get(2..4)) else { return typed.to_owned() };
    let number = |text: &str| text.trim_start_matches('0').to_owned();
    scene.say_with(codes::ASK_DAY, &[("month", number(month)), ("day", number(day))]).into()
}

/// The answers before this field; all of them at the end.
fn manual_given(scene: &Scene<'_>, stage: &ManualStage) -> Vec<(Code, String)> {
    let check = stage.field == ManualField::Confirm;
    let before = stage.fields().into_iter().take_while(|field| *field != stage.field);
    let row = |field: ManualField| match field {
        ManualField::Kind => (codes::ASK_LABEL_KIND, scene.say(stage.kind.code()).to_string()),
        ManualField::Number if check => (codes::ASK_LABEL_NUMBER, stage.number.to_string()),
        ManualField::Number => (codes::ASK_LABEL_NUMBER, masked(&stage.number)),
        ManualField::Birth => (codes::ASK_LABEL_BIRTH, birthday(scene, &stage.birth)),
        ManualField::Name => (codes::ASK_LABEL_NAME, stage.name.to_string()),
        ManualField::Class | ManualField::Confirm => (codes::ASK_LABEL_CLASS, stage.class.to_string()),
    };
    before.map(row).collect()
}

impl Shown for ManualStage {
    fn face(&self) -> Face {
        Face::of("manual", Screen::Ask)
    }

    fn show(&self, scene: &Scene<'_>) {
        let card = self.kind == DocumentKind::IdCard;
        let (code, how) = match self.field {
            ManualField::Kind => {
                let rows = DocumentKind::ALL.iter().map(|kind| scene.say(kind.code())).collect();
                (codes::ASK_KIND, How::Rows(rows, false))
            }
            ManualField::Number if card => {
                (codes::ASK_CARD, How::Digits(&self.number, Some(self.number.chars().count() == 17)))
            }
            ManualField::Number => (codes::ASK_NUMBER, How::Letters(&self.number, Purpose::Latin)),
            ManualField::Birth => (codes::ASK_BIRTH, How::Digits(&self.birth, None)),
            ManualField::Name => (codes::ASK_NAME, How::Letters(&self.name, Purpose::Name)),
            ManualField::Class => (codes::ASK_CLASS, How::Letters(&self.class, Purpose::Text)),
            ManualField::Confirm => (codes::ASK_CHECK, How::Check),
        };
        let question = Question {
            code,
            place: 8 + self.field as u64,
            given: manual_given(scene, self),
            how,
            problem: self.problem.as_ref(),
            can_go_on: self.can_go_on(),
            busy: self.keeping,
            go: if self.field == ManualField::Confirm { codes::ASK_RIGHT } else { codes::WORD_GO_ON },
            other: None,
            stepped: true,
        };
        put(scene, question);
    }

    fn has_keyboard(&self) -> bool {
        true
    }
}

fn address_given(stage: &AddressStage) -> Vec<(Code, String)> {
    let region: Vec<&str> = stage.region.iter().map(|r| r.name.as_str()).collect();
    let all = [
        (AddressStep::Recipient, codes::ASK_LABEL_RECIPIENT, stage.recipient.to_string()),
        (AddressStep::Phone, codes::ASK_LABEL_PHONE, stage.phone.to_string()),
        (AddressStep::Confirm, codes::ASK_LABEL_REGION, region.join(" · ")),
        (AddressStep::Street, codes::ASK_LABEL_STREET, stage.street.to_string()),
    ];
    // The region grows while it is chosen, so it is shown already.
    let before = |step: AddressStep| stage.step != step && (step as u8) < (stage.step as u8);
    let shown = |step: AddressStep| step == AddressStep::Confirm || before(step);
    all.into_iter().filter(|(step, ..)| shown(*step)).map(|(_, label, value)| (label, value)).collect()
}

impl Shown for AddressStage {
    fn face(&self) -> Face {
        Face::of("address", Screen::Ask)
    }

    fn show(&self, scene: &Scene<'_>) {
        let (code, how) = match self.step {
            AddressStep::Recipient => (codes::ASK_RECIPIENT, How::Letters(&self.recipient, Purpose::Name)),
            AddressStep::Phone => (codes::ASK_PHONE, How::Digits(&self.phone, None)),
            AddressStep::Region => {
                let code = [codes::ASK_PROVINCE, codes::ASK_CITY, codes::ASK_DISTRICT];
                let rows = self.rows.iter().flatten().map(|r| r.name.as_str().into()).collect();
                (code[self.region.len().min(2)], How::Rows(rows, true))
            }
            AddressStep::Street => (codes::ASK_STREET, How::Letters(&self.street, Purpose::Text)),
            AddressStep::Confirm => (codes::ASK_THERE, How::Check),
        };
        let question = Question {
            code,
            place: 16 + self.step as u64,
            given: address_given(self),
            how,
            problem: self.problem.as_ref(),
            can_go_on: self.can_go_on(),
            busy: self.keeping,
            go: if self.step == AddressStep::Confirm { codes::ASK_KEEP } else { codes::WORD_GO_ON },
            other: (self.after == After::Camera).then_some(codes::ASK_LATER),
            stepped: self.after == After::Camera,
        };
        put(scene, question);
    }

    fn has_keyboard(&self) -> bool {
        true
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<AskView<'_>>().reset();
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_given_before_shows_only_its_ends() {
        assert_eq!(masked("990000200403121237"), "9900************37");
        assert_eq!(masked("E1234"), "E1234", "too short to hide anything");
        assert_eq!(masked(""), "");
    }
}
