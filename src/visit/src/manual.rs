//! 人工录入: a student who is on no roster types who they are, one field after the other, where the task allows it. Where it
//! does not, the registry must add them, and the sentence says so.

use crate::stage::{NextAction, Purpose, Sentence, Stage, Subject};
use crate::typing::{key, of_a_line, of_a_name};
use crate::{Effect, Touch, Visit};
use collection::record::RecordField;
use collection::rights::{Act, Actor, permits};
use collection::{Document, DocumentKind, Enrolment, EnrolmentId, Task, month_day};
use jiff::civil::Date;

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

/// Who somebody says they are. Personal: lies beside the journal, never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPerson {
    /// Kind of document.
    pub kind: DocumentKind,
    /// Its number as it is compared.
    pub number: String,
    /// Month and day of birth, `MMDD`; empty where the number says it.
    pub birth: String,
    /// Name.
    pub name: String,
    /// Class; empty where the task does not ask for it.
    pub class: String,
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
    pub number: String,
    /// Month and day of birth so far, `MMDD`.
    pub birth: String,
    /// Name so far.
    pub name: String,
    /// Class so far.
    pub class: String,
    /// What is wrong with the field that is typed now, or why it was not kept.
    pub problem: Option<Sentence>,
    /// It is being kept.
    pub keeping: bool,
}

/// What keeping a manual entry came to.
#[derive(Clone, Debug)]
pub enum EnteredOutcome {
    /// It is in the journal, and this is the enrolment it makes.
    Kept(Box<Subject>),
    /// The document is on the roster: it is this student, if month and day of birth say so.
    OnRoster(Box<Subject>),
    /// It was not kept; which sentence says why.
    Failed {
        /// Sentence code.
        code: String,
    },
}

impl ManualStage {
    fn new(task: Box<Task>) -> ManualStage {
        ManualStage {
            task,
            field: ManualField::Kind,
            kind: DocumentKind::IdCard,
            number: String::new(),
            birth: String::new(),
            name: String::new(),
            class: String::new(),
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
    pub(crate) fn fault(&self, today: Date) -> Option<&'static str> {
        match self.field {
            ManualField::Number => Document::parse(self.kind, &self.number, today).err().map(|e| e.code()),
            ManualField::Birth => month_day(&self.birth).is_none().then_some("manual.birth.form"),
            ManualField::Name => {
                RecordField::Name.fault(self.name.trim()).is_some().then_some("manual.name.form")
            }
            ManualField::Class => self.class.trim().is_empty().then_some("manual.class.form"),
            ManualField::Kind | ManualField::Confirm => None,
        }
    }

    fn type_key(&mut self, touch: Touch, today: Date) {
        let number = |c: char| c.is_ascii_alphanumeric();
        let touch = match touch {
            // Documents know capital letters only.
            Touch::Key(c) if self.field == ManualField::Number => Touch::Key(c.to_ascii_uppercase()),
            other => other,
        };
        let typed = match self.field {
            ManualField::Number => key(&mut self.number, touch, RecordField::Number.most(), number),
            ManualField::Birth => {
                key(&mut self.birth, touch, RecordField::Birth.most(), |c| c.is_ascii_digit())
            }
            ManualField::Name => key(&mut self.name, touch, RecordField::Name.most(), of_a_name),
            ManualField::Class => key(&mut self.class, touch, RecordField::Class.most(), of_a_line),
            ManualField::Kind | ManualField::Confirm => false,
        };
        if typed {
            // A whole card number is checked while the card is still in the hand.
            let whole = self.kind == DocumentKind::IdCard && self.number.len() == RecordField::Number.most();
            let fault = self.fault(today).filter(|_| whole && self.field == ManualField::Number);
            self.problem = fault.map(Sentence::plain);
        }
    }

    fn go(&mut self, forward: bool) {
        let fields = self.fields();
        let at = fields.iter().position(|f| *f == self.field).unwrap_or_default();
        let next = if forward { at + 1 } else { at.saturating_sub(1) };
        self.problem = None;
        self.field = fields.get(next).copied().unwrap_or_default();
    }

    fn person(&self, today: Date) -> Option<TypedPerson> {
        let document = Document::parse(self.kind, &self.number, today).ok()?;
        Some(TypedPerson {
            kind: self.kind,
            number: document.number().to_owned(),
            birth: if document.born().is_some() { String::new() } else { self.birth.clone() },
            name: self.name.trim().to_owned(),
            class: self.class.trim().to_owned(),
        })
    }
}

impl Visit {
    /// 名单上没有我: the task says whether somebody may be typed in.
    pub(crate) fn not_on_roster(&mut self) -> Vec<Effect> {
        let Some(task) = self.task.clone() else { return Vec::new() };
        let watch = self.enter(Stage::Loading);
        vec![watch, Effect::LoadTask(self.ticket(), task)]
    }

    pub(crate) fn task_known(&mut self, task: Option<Box<Task>>) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Loading) || self.subject.is_some() {
            return Vec::new();
        }
        let Some(task) = task else { return self.say(Sentence::plain("entry.too_many"), NextAction::End) };
        // Nothing has happened yet to somebody whom nobody knows.
        let nobody = Enrolment::new(EnrolmentId::DEVICE);
        match permits(Actor::Student, Act::EnterByHand, &nobody, &task, self.now.day) {
            Err(refusal) => self.say(refusal.into(), NextAction::End),
            Ok(()) => vec![self.enter(Stage::Manual(ManualStage::new(task)))],
        }
    }

    pub(crate) fn touch_manual(&mut self, touch: Touch) -> Vec<Effect> {
        let (ticket, today) = (self.ticket(), self.now.day);
        let Stage::Manual(manual) = &mut self.stage else { return Vec::new() };
        match (touch, manual.field) {
            _ if manual.keeping => {}
            (Touch::Back, ManualField::Kind) => return self.type_instead(Purpose::Portrait, None),
            (Touch::Back, _) => manual.go(false),
            (Touch::Row(i), ManualField::Kind) => {
                if let Some(kind) = DocumentKind::ALL.get(i).copied() {
                    if kind != manual.kind {
                        manual.number.clear();
                        manual.birth.clear();
                    }
                    manual.kind = kind;
                    manual.go(true);
                }
            }
            (Touch::GoOn | Touch::Primary | Touch::Accept, ManualField::Confirm) => {
                let Some(person) = manual.person(today) else {
                    manual.field = ManualField::Number;
                    manual.problem = manual.fault(today).map(Sentence::plain);
                    return Vec::new();
                };
                (manual.keeping, manual.problem) = (true, None);
                let task = manual.task.id.clone();
                return vec![Effect::KeepManualEntry { ticket, task, person: Box::new(person) }];
            }
            (Touch::GoOn | Touch::Primary, ManualField::Kind) => {}
            (Touch::GoOn | Touch::Primary, _) => match manual.fault(today) {
                Some(code) => manual.problem = Some(Sentence::plain(code)),
                None => manual.go(true),
            },
            _ => manual.type_key(touch, today),
        }
        Vec::new()
    }

    pub(crate) fn entered(&mut self, outcome: EnteredOutcome) -> Vec<Effect> {
        let Stage::Manual(manual) = &mut self.stage else { return Vec::new() };
        if !manual.keeping {
            return Vec::new();
        }
        match outcome {
            EnteredOutcome::Kept(subject) => {
                // Whoever just typed all of it need not say the birthday again; what has begun before is guarded all the same.
                let known = subject.enrolment.candidate().is_some() || subject.has_draft();
                self.proven = !known && subject.enrolment.delivery.address.is_none();
                self.meet(*subject, Purpose::Portrait)
            }
            EnteredOutcome::OnRoster(subject) => {
                self.subject = Some(*subject);
                vec![self.enter(Stage::Who(Purpose::Portrait))]
            }
            EnteredOutcome::Failed { code } => {
                manual.keeping = false;
                manual.problem = Some(Sentence::plain(&code));
                Vec::new()
            }
        }
    }
}
