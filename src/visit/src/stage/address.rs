//! Where prints are sent, where the task has prints: recipient, telephone, region in three lists, street. Asked once between
//! paying and the camera, or later from 我的任务 until the prints are in the post; always after the second factor, never a wall.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::{After, Next};
use crate::personal::Typed;
use crate::records_data::{PostalAddress, Region};
use crate::reply::{KeptOutcome, Reply};
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::{self, Keystroke, of_a_line, of_a_name};
use collection::record::RecordField;
use collection::rights::Act;
use sentences::{Code, codes};

/// Province, city, district.
const LEVELS: usize = 3;

/// What is typed now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AddressStep {
    /// Whose name stands on the letter.
    #[default]
    Recipient,
    /// Whom the post calls.
    Phone,
    /// Province, city, district, one list after the other, chosen by [`Touch::Row`].
    Region,
    /// Street and house.
    Street,
    /// Everything once more before it is kept.
    Confirm,
}

impl AddressStep {
    const ORDER: [AddressStep; 5] = [
        AddressStep::Recipient,
        AddressStep::Phone,
        AddressStep::Region,
        AddressStep::Street,
        AddressStep::Confirm,
    ];

    fn next(self, forward: bool) -> AddressStep {
        let at = Self::ORDER.iter().position(|s| *s == self).unwrap_or_default();
        let to = if forward { at + 1 } else { at.saturating_sub(1) };
        Self::ORDER.get(to).copied().unwrap_or(self)
    }
}

/// An address being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressStage {
    /// What is typed now.
    pub step: AddressStep,
    /// Recipient so far.
    pub recipient: Typed,
    /// Telephone so far.
    pub phone: Typed,
    /// Regions chosen so far.
    pub region: Vec<Region>,
    /// Regions to choose from; `None` while they are fetched.
    pub rows: Option<Vec<Region>>,
    /// Street so far.
    pub street: Typed,
    /// What is wrong with what is typed now, or why it was not kept.
    pub problem: Option<Sentence>,
    /// It is being kept.
    pub keeping: bool,
    /// What comes after.
    pub after: After,
}

subset! {
    /// What can be touched while an address is typed.
    AddressTouch of Touch {
        Touch::Back => Back,
        Touch::OtherWay => Later,
        Touch::Row(i) => Row(i: usize),
        Touch::GoOn | Touch::Primary => GoOn,
        Touch::Accept => Accept,
        Touch::Key(key) => Key(key: Keystroke),
    }
}

/// Whether prints are sent and nobody has said where to, and it may be said now.
pub(crate) fn is_wanted(cx: &Context<'_>, subject: &Subject) -> bool {
    let prints = subject.task.settings.prints && subject.enrolment.delivery.address.is_none();
    prints && !cx.student.address_settled && cx.may(Act::GiveAddress, subject).is_ok()
}

impl AddressStage {
    /// An address that begins.
    pub(crate) fn new(after: After) -> AddressStage {
        AddressStage { after, ..AddressStage::default() }
    }

    /// What is typed into the field in hand, if one is typed into.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.step {
            AddressStep::Recipient => Some(&self.recipient),
            AddressStep::Phone => Some(&self.phone),
            AddressStep::Street => Some(&self.street),
            AddressStep::Region | AddressStep::Confirm => None,
        }
    }

    /// Whether there is something to go on with; whether it is right is said when it is tried.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        let typed = self.text().is_none_or(|text| !text.trim().is_empty());
        !self.keeping && typed && self.step != AddressStep::Region
    }

    /// What is wrong with the field in hand.
    pub(crate) fn fault(&self) -> Option<Code> {
        let wrong = |field: RecordField, text: &str| field.fault(text.trim()).is_some();
        match self.step {
            AddressStep::Recipient => {
                wrong(RecordField::Recipient, &self.recipient).then_some(codes::ADDRESS_RECIPIENT_FORM)
            }
            AddressStep::Phone => wrong(RecordField::Phone, &self.phone).then_some(codes::ADDRESS_PHONE_FORM),
            AddressStep::Street => {
                wrong(RecordField::Street, &self.street).then_some(codes::ADDRESS_STREET_FORM)
            }
            AddressStep::Region | AddressStep::Confirm => None,
        }
    }

    fn write(&mut self, key: Keystroke) {
        let of_a_phone = |c: char| c.is_ascii_digit() || c == '+';
        match self.step {
            AddressStep::Recipient => {
                typing::write(&mut self.recipient, key, RecordField::Recipient.most(), of_a_name);
            }
            AddressStep::Phone => typing::write(&mut self.phone, key, RecordField::Phone.most(), of_a_phone),
            AddressStep::Street => {
                typing::write(&mut self.street, key, RecordField::Street.most(), of_a_line);
            }
            AddressStep::Region | AddressStep::Confirm => return,
        }
        self.problem = None;
    }

    fn go(&mut self, cx: &mut Context<'_>, forward: bool) {
        self.problem = None;
        self.step = self.step.next(forward);
        self.rows = None;
        if self.step == AddressStep::Region {
            self.region.clear();
            self.fetch_regions(cx);
        }
    }

    fn fetch_regions(&mut self, cx: &mut Context<'_>) {
        self.rows = None;
        cx.ask_records(RecordsRequest::LoadRegions(self.region.last().map(|r| r.code)));
    }

    fn back(&mut self, cx: &mut Context<'_>) -> Next {
        if self.step == AddressStep::Recipient {
            return Next::AddressSettled(self.after);
        }
        if self.step == AddressStep::Region && self.region.pop().is_some() {
            self.fetch_regions(cx);
        } else {
            self.go(cx, false);
        }
        Next::Stay
    }

    fn choose_region(&mut self, cx: &mut Context<'_>, at: usize) {
        let row = self.rows.as_ref().and_then(|rows| rows.get(at)).cloned();
        let Some(row) = row.filter(|_| self.step == AddressStep::Region) else { return };
        self.region.push(row);
        if self.region.len() < LEVELS { self.fetch_regions(cx) } else { self.go(cx, true) }
    }

    fn go_on(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        match self.step {
            AddressStep::Region => {}
            AddressStep::Recipient | AddressStep::Phone | AddressStep::Street => match self.fault() {
                Some(code) => self.problem = Some(Sentence::plain(code)),
                None => self.go(cx, true),
            },
            AddressStep::Confirm => self.keep(cx, subject),
        }
    }

    fn keep(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        (self.keeping, self.problem) = (true, None);
        let address = Box::new(PostalAddress {
            recipient: Typed::new(self.recipient.trim().to_owned()),
            phone: self.phone.clone(),
            region: self.region.clone(),
            street: Typed::new(self.street.trim().to_owned()),
        });
        cx.ask_records(RecordsRequest::KeepAddress { of: subject.key(), address });
    }

    /// The regions within this one. None within it: the list ends here, and the street comes.
    fn regions_loaded(&mut self, cx: &mut Context<'_>, within: Option<u32>, rows: Vec<Region>) {
        let asked = self.step == AddressStep::Region && self.rows.is_none();
        if !asked || self.region.last().map(|r| r.code) != within {
            return;
        }
        if rows.is_empty() {
            return self.go(cx, true);
        }
        self.rows = Some(rows);
    }

    /// The address is kept, or it is still on the screen with the reason why not.
    fn kept(&mut self, outcome: KeptOutcome) -> Next {
        if !self.keeping {
            return Next::Stay;
        }
        self.keeping = false;
        match outcome {
            KeptOutcome::Kept => Next::AddressSettled(self.after),
            KeptOutcome::Failed | KeptOutcome::NotConnected => {
                self.problem = Some(Sentence::plain(codes::ADDRESS_NOT_KEPT));
                Next::Stay
            }
        }
    }
}

impl Resting for AddressStage {
    fn is_busy(&self) -> bool {
        self.keeping
    }
}

subset! {
    /// What an address waits for.
    AddressReply of Reply {
        Reply::Regions(within, rows) => Regions(within: Option<u32>, rows: Vec<Region>),
        Reply::Kept(outcome) => Kept(outcome: KeptOutcome),
    }
}

impl Known for AddressStage {
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = AddressTouch::of(touch).filter(|_| !self.keeping) else { return Next::Stay };
        match touch {
            AddressTouch::Later => return Next::AddressSettled(self.after),
            AddressTouch::Back => return self.back(cx),
            AddressTouch::Row(i) => self.choose_region(cx, i),
            AddressTouch::GoOn => self.go_on(cx, subject),
            AddressTouch::Accept if self.step == AddressStep::Confirm => self.keep(cx, subject),
            AddressTouch::Accept => {}
            AddressTouch::Key(key) => self.write(key),
        }
        Next::Stay
    }

    fn reply(&mut self, cx: &mut Context<'_>, _subject: &mut Subject, reply: Reply) -> Next {
        match AddressReply::of(reply) {
            Some(AddressReply::Regions(within, rows)) => self.regions_loaded(cx, within, rows),
            Some(AddressReply::Kept(outcome)) => return self.kept(outcome),
            None => {}
        }
        Next::Stay
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_of_two_characters_and_a_recipient_of_one_are_taken() {
        let at = |step, text: &str| AddressStage {
            step,
            recipient: Typed::new(text.to_owned()),
            phone: Typed::new(text.to_owned()),
            street: Typed::new(text.to_owned()),
            ..AddressStage::default()
        };
        assert_eq!(at(AddressStep::Street, "3舍").fault(), None);
        assert_eq!(at(AddressStep::Recipient, "林").fault(), None);
        assert_eq!(at(AddressStep::Phone, "+85200000000").fault(), None);
        assert_eq!(at(AddressStep::Phone, "1300000000").fault(), Some(codes::ADDRESS_PHONE_FORM));
    }
}
