//! 人工录入: a student who is on no roster types who they are, one field after the other, where the task allows it. Where it
//! does not, the registry must add them, and the sentence says so.

use crate::behaviour::{Open, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::personal::Typed;
use crate::records_data::TypedPerson;
use crate::reply::{EnteredOutcome, Reply};
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::{Purpose, Subject};
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::{self, Keystroke, of_a_line, of_a_name};
use collection::record::RecordField;
use collection::{Document, DocumentKind, Task, month_day};
use jiff::civil::Date;
use sentences::{Code, codes};

/// What is typed now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ManualField {
    /// Which document, chosen by [`Touch::Row`] among [`DocumentKind::ALL`].
    #[default]
    Kind,
    /// Its number.
    Number,
    /// Month and day of birth, where the number does not say it.
    Birth,
    /// The name.
    Name,
    /// The class, where the task needs it.
    Class,
    /// Everything once more before it is kept.
    Confirm,
}

/// Manual entry.
#[derive(Clone, Debug)]
pub struct ManualStage {
    /// The task it is for.
    pub task: Box<Task>,
    /// What is typed now.
    pub field: ManualField,
    /// Kind of document.
    pub kind: DocumentKind,
    /// Number so far.
    pub number: Typed,
    /// Month and day of birth so far, `MMDD`.
    pub birth: Typed,
    /// Name so far.
    pub name: Typed,
    /// Class so far.
    pub class: Typed,
    /// What is wrong with the field that is typed now, or why it was not kept.
    pub problem: Option<Sentence>,
    /// It is being kept.
    pub keeping: bool,
}

subset! {
    /// What can be touched while somebody types who they are.
    ManualTouch of Touch {
        Touch::Back => Back,
        Touch::Row(i) => Row(i: usize),
        Touch::GoOn | Touch::Primary => GoOn,
        Touch::Accept => Accept,
        Touch::Key(key) => Key(key: Keystroke),
    }
}

impl ManualStage {
    /// Manual entry at this task, with nothing typed yet.
    pub(crate) fn new(task: Box<Task>) -> ManualStage {
        ManualStage {
            task,
            field: ManualField::Kind,
            kind: DocumentKind::IdCard,
            number: Typed::default(),
            birth: Typed::default(),
            name: Typed::default(),
            class: Typed::default(),
            problem: None,
            keeping: false,
        }
    }

    /// The fields of this document at this task, in order.
    #[must_use]
    pub fn fields(&self) -> Vec<ManualField> {
        use ManualField as F;
        let mut fields = vec![F::Kind, F::Number];
        if self.kind != DocumentKind::IdCard {
            fields.push(F::Birth);
        }
        fields.push(F::Name);
        if self.task.settings.naming.contains("{class}") {
            fields.push(F::Class);
        }
        fields.push(F::Confirm);
        fields
    }

    /// Whether there is something to go on with; whether it is right is said when it is tried.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        !self.keeping && self.text().is_none_or(|text| !text.trim().is_empty())
    }

    /// What is typed into the field in hand, if one is typed into.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.field {
            ManualField::Number => Some(&self.number),
            ManualField::Birth => Some(&self.birth),
            ManualField::Name => Some(&self.name),
            ManualField::Class => Some(&self.class),
            ManualField::Kind | ManualField::Confirm => None,
        }
    }

    /// What is wrong with the field in hand.
    pub(crate) fn fault(&self, today: Date) -> Option<Code> {
        match self.field {
            ManualField::Number => Document::parse(self.kind, &self.number, today).err().map(|e| e.code()),
            ManualField::Birth => month_day(&self.birth).is_none().then_some(codes::MANUAL_BIRTH_FORM),
            ManualField::Name => {
                RecordField::Name.fault(self.name.trim()).is_some().then_some(codes::MANUAL_NAME_FORM)
            }
            ManualField::Class => self.class.trim().is_empty().then_some(codes::MANUAL_CLASS_FORM),
            ManualField::Kind | ManualField::Confirm => None,
        }
    }

    fn write(&mut self, key: Keystroke, today: Date) {
        match self.field {
            ManualField::Number => {
                // Documents know capital letters only.
                let key = match key {
                    Keystroke::Char(c) => Keystroke::Char(c.to_ascii_uppercase()),
                    Keystroke::Digit(_) | Keystroke::X | Keystroke::Backspace | Keystroke::Clear => key,
                };
                typing::write(&mut self.number, key, RecordField::Number.most(), |c| {
                    c.is_ascii_alphanumeric()
                });
            }
            ManualField::Birth => {
                typing::write(&mut self.birth, key, RecordField::Birth.most(), |c| c.is_ascii_digit());
            }
            ManualField::Name => typing::write(&mut self.name, key, RecordField::Name.most(), of_a_name),
            ManualField::Class => typing::write(&mut self.class, key, RecordField::Class.most(), of_a_line),
            ManualField::Kind | ManualField::Confirm => return,
        }
        // A whole card number is checked while the card is still in the hand.
        let whole = self.kind == DocumentKind::IdCard && self.number.len() == RecordField::Number.most();
        let fault = self.fault(today).filter(|_| whole && self.field == ManualField::Number);
        self.problem = fault.map(Sentence::plain);
    }

    fn step(&mut self, forward: bool) {
        let fields = self.fields();
        let at = fields.iter().position(|f| *f == self.field).unwrap_or_default();
        let next = if forward { at + 1 } else { at.saturating_sub(1) };
        self.problem = None;
        self.field = fields.get(next).copied().unwrap_or_default();
    }

    fn choose(&mut self, at: usize) {
        let Some(kind) = DocumentKind::ALL.get(at).copied() else { return };
        if kind != self.kind {
            self.number.clear();
            self.birth.clear();
        }
        self.kind = kind;
        self.step(true);
    }

    fn person(&self, today: Date) -> Option<TypedPerson> {
        let document = Document::parse(self.kind, &self.number, today).ok()?;
        let birth = if document.born().is_some() { Typed::default() } else { self.birth.clone() };
        Some(TypedPerson {
            kind: self.kind,
            number: Typed::new(document.number().to_owned()),
            birth,
            name: Typed::new(self.name.trim().to_owned()),
            class: Typed::new(self.class.trim().to_owned()),
        })
    }

    /// The next field, or what is wrong with this one.
    fn go_on(&mut self, today: Date) {
        match self.fault(today) {
            Some(code) => self.problem = Some(Sentence::plain(code)),
            None => self.step(true),
        }
    }

    fn keep(&mut self, cx: &mut Context<'_>) {
        let today = cx.today();
        let Some(person) = self.person(today) else {
            self.field = ManualField::Number;
            self.problem = self.fault(today).map(Sentence::plain);
            return;
        };
        (self.keeping, self.problem) = (true, None);
        let task = self.task.id.clone();
        cx.ask_records(RecordsRequest::KeepManualEntry { task, person: Box::new(person) });
    }
}

impl Resting for ManualStage {
    fn is_busy(&self) -> bool {
        self.keeping
    }

    fn is_anonymous(&self) -> bool {
        true
    }
}

impl Open for ManualStage {
    fn touch(&mut self, cx: &mut Context<'_>, touch: Touch) -> Next {
        let Some(touch) = ManualTouch::of(touch).filter(|_| !self.keeping) else { return Next::Stay };
        let today = cx.today();
        match touch {
            ManualTouch::Back if self.field == ManualField::Kind => {
                return Next::TypeNumber { purpose: Purpose::Portrait, problem: None, wrong: false };
            }
            ManualTouch::Back => self.step(false),
            ManualTouch::Row(i) if self.field == ManualField::Kind => self.choose(i),
            ManualTouch::Row(_) => {}
            ManualTouch::GoOn => match self.field {
                ManualField::Kind => {}
                ManualField::Number | ManualField::Birth | ManualField::Name | ManualField::Class => {
                    self.go_on(today);
                }
                ManualField::Confirm => self.keep(cx),
            },
            ManualTouch::Accept if self.field == ManualField::Confirm => self.keep(cx),
            ManualTouch::Accept => {}
            ManualTouch::Key(key) => self.write(key, today),
        }
        Next::Stay
    }

    fn reply(&mut self, cx: &mut Context<'_>, reply: Reply) -> Next {
        let Reply::Entered(outcome) = reply else { return Next::Stay };
        if !self.keeping {
            return Next::Stay;
        }
        match outcome {
            EnteredOutcome::Kept(subject) => {
                // A student who just typed all of it need not say the birthday again; what has begun before is guarded all the same.
                cx.student.proven = !has_begun(&subject) && subject.enrolment.delivery.address.is_none();
                Next::Meet(subject, Purpose::Portrait)
            }
            EnteredOutcome::OnRoster(subject) => Next::AskWho(subject, Purpose::Portrait),
            EnteredOutcome::Failed(problem) => {
                self.keeping = false;
                self.problem = Some(problem);
                Next::Stay
            }
        }
    }
}

fn has_begun(subject: &Subject) -> bool {
    subject.enrolment.candidate().is_some() || subject.has_draft()
}
