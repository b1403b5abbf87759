//! Where prints are sent, where the task has prints: recipient, telephone, region in three lists, street. Asked once between
//! paying and the camera, or later from 我的任务 until the prints are in the post; always after the second factor, never a wall.

use crate::stage::{BirthStage, CaptureStage, Purpose, Sentence, Stage};
use crate::typing::{key, of_a_line, of_a_name};
use crate::{Effect, KeptOutcome, Touch, Visit};
use collection::record::RecordField;
use collection::rights::Act;

/// Province, city, district.
const LEVELS: usize = 3;

/// A province, a city or a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its administrative division code, six digits (GB/T 2260).
    pub code: u32,
    /// Its name.
    pub name: String,
}

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

/// What comes after the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// The camera.
    #[default]
    Camera,
    /// 我的任务.
    Tasks,
}

/// Where prints are sent. Personal: lies beside the journal, never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress {
    /// Whose name stands on the letter.
    pub recipient: String,
    /// Whom the post calls, digits.
    pub phone: String,
    /// Province, city, district; fewer where a region has fewer levels.
    pub region: Vec<Region>,
    /// Street and house.
    pub street: String,
}

/// An address being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressStage {
    /// What is typed now.
    pub step: AddressStep,
    /// Recipient so far.
    pub recipient: String,
    /// Telephone so far.
    pub phone: String,
    /// Regions chosen so far.
    pub region: Vec<Region>,
    /// Regions to choose from; `None` while they are fetched.
    pub rows: Option<Vec<Region>>,
    /// Street so far.
    pub street: String,
    /// What is wrong with what is typed now, or why it was not kept.
    pub problem: Option<Sentence>,
    /// It is being kept.
    pub keeping: bool,
    /// What comes after.
    pub after: After,
}

impl AddressStage {
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

    pub(crate) fn fault(&self) -> Option<&'static str> {
        let wrong = |field: RecordField, text: &str| field.fault(text.trim()).is_some();
        match self.step {
            AddressStep::Recipient => {
                wrong(RecordField::Recipient, &self.recipient).then_some("address.recipient.form")
            }
            AddressStep::Phone => wrong(RecordField::Phone, &self.phone).then_some("address.phone.form"),
            AddressStep::Street => wrong(RecordField::Street, &self.street).then_some("address.street.form"),
            AddressStep::Region | AddressStep::Confirm => None,
        }
    }

    fn type_key(&mut self, touch: Touch) {
        let of_a_phone = |c: char| c.is_ascii_digit() || c == '+';
        let typed = match self.step {
            AddressStep::Recipient => {
                key(&mut self.recipient, touch, RecordField::Recipient.most(), of_a_name)
            }
            AddressStep::Phone => key(&mut self.phone, touch, RecordField::Phone.most(), of_a_phone),
            AddressStep::Street => key(&mut self.street, touch, RecordField::Street.most(), of_a_line),
            AddressStep::Region | AddressStep::Confirm => false,
        };
        if typed {
            self.problem = None;
        }
    }

    fn address(&self) -> PostalAddress {
        PostalAddress {
            recipient: self.recipient.trim().to_owned(),
            phone: self.phone.clone(),
            region: self.region.clone(),
            street: self.street.trim().to_owned(),
        }
    }
}

impl Visit {
    /// The camera, or the address first where prints are sent and nobody has said where to. Whoever only showed a code answers
    /// with month and day of birth before; whoever cannot any more goes on without.
    pub(crate) fn before_camera(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        let prints = subject.task.settings.prints && subject.enrolment.delivery.address.is_none();
        let asked = prints && !self.address_settled && self.may(Act::GiveAddress, subject).is_ok();
        if asked && self.proven {
            return self.ask_address(After::Camera);
        }
        if asked && self.may(Act::SecondFactor, subject).is_ok() {
            let purpose = Purpose::Address;
            self.purpose = purpose;
            return vec![self.enter(Stage::Birth(BirthStage { purpose, ..BirthStage::default() }))];
        }
        self.on_to_camera()
    }

    fn on_to_camera(&mut self) -> Vec<Effect> {
        self.purpose = Purpose::Portrait;
        vec![self.enter(Stage::Capture(CaptureStage::default()))]
    }

    /// The address later, from 我的任务; on to the camera.
    pub(crate) fn put_address_off(&mut self) -> Vec<Effect> {
        self.address_settled = true;
        self.on_to_camera()
    }

    pub(crate) fn ask_address(&mut self, after: After) -> Vec<Effect> {
        vec![self.enter(Stage::Address(AddressStage { after, ..AddressStage::default() }))]
    }

    pub(crate) fn touch_address(&mut self, touch: Touch) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(subject) = &self.subject else { return self.end() };
        let (enrolment, task) = (subject.entry.enrolment, subject.task.id.clone());
        let Stage::Address(stage) = &mut self.stage else { return Vec::new() };
        match (touch, stage.step) {
            _ if stage.keeping => {}
            (Touch::OtherWay, _) | (Touch::Back, AddressStep::Recipient) => {
                let after = stage.after;
                return self.after_address(after);
            }
            (Touch::Back, AddressStep::Region) if stage.region.pop().is_some() => {
                return self.fetch_regions();
            }
            (Touch::Back, _) => return self.address_step(false),
            (Touch::Row(i), AddressStep::Region) => {
                let Some(row) = stage.rows.as_ref().and_then(|rows| rows.get(i)).cloned() else {
                    return Vec::new();
                };
                stage.region.push(row);
                return if stage.region.len() < LEVELS {
                    self.fetch_regions()
                } else {
                    self.address_step(true)
                };
            }
            (_, AddressStep::Region) => {}
            (Touch::GoOn | Touch::Primary | Touch::Accept, AddressStep::Confirm) => {
                (stage.keeping, stage.problem) = (true, None);
                let address = Box::new(stage.address());
                return vec![Effect::KeepAddress { ticket, enrolment, task, address }];
            }
            (Touch::GoOn | Touch::Primary, _) => match stage.fault() {
                Some(code) => stage.problem = Some(Sentence::plain(code)),
                None => return self.address_step(true),
            },
            _ => stage.type_key(touch),
        }
        Vec::new()
    }

    fn address_step(&mut self, forward: bool) -> Vec<Effect> {
        let Stage::Address(stage) = &mut self.stage else { return Vec::new() };
        stage.problem = None;
        stage.step = stage.step.next(forward);
        if stage.step != AddressStep::Region {
            stage.rows = None;
            return Vec::new();
        }
        stage.region.clear();
        self.fetch_regions()
    }

    fn fetch_regions(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Stage::Address(stage) = &mut self.stage else { return Vec::new() };
        stage.rows = None;
        vec![Effect::LoadRegions(ticket, stage.region.last().map(|r| r.code))]
    }

    /// The regions within this one. None within it: the list ends here, and the street comes.
    pub(crate) fn regions_known(&mut self, within: Option<u32>, rows: Vec<Region>) -> Vec<Effect> {
        let Stage::Address(stage) = &mut self.stage else { return Vec::new() };
        let asked = stage.step == AddressStep::Region && stage.rows.is_none();
        if !asked || stage.region.last().map(|r| r.code) != within {
            return Vec::new();
        }
        if rows.is_empty() {
            return self.address_step(true);
        }
        stage.rows = Some(rows);
        Vec::new()
    }

    /// The address is kept, or it is still on the screen with the reason why not.
    pub(crate) fn address_kept(&mut self, outcome: KeptOutcome) -> Vec<Effect> {
        let Stage::Address(stage) = &mut self.stage else { return Vec::new() };
        if !stage.keeping {
            return Vec::new();
        }
        stage.keeping = false;
        if outcome != KeptOutcome::Kept {
            stage.problem = Some(Sentence::plain("address.not_kept"));
            return Vec::new();
        }
        let after = stage.after;
        self.after_address(after)
    }

    fn after_address(&mut self, after: After) -> Vec<Effect> {
        self.address_settled = true;
        match after {
            After::Camera => self.on_to_camera(),
            After::Tasks => {
                self.purpose = Purpose::MyTasks;
                self.go_on()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_of_two_characters_and_a_recipient_of_one_are_taken() {
        let at = |step, text: &str| AddressStage {
            step,
            recipient: text.to_owned(),
            phone: text.to_owned(),
            street: text.to_owned(),
            ..AddressStage::default()
        };
        assert_eq!(at(AddressStep::Street, "3舍").fault(), None);
        assert_eq!(at(AddressStep::Recipient, "林").fault(), None);
        assert_eq!(at(AddressStep::Phone, "+85200000000").fault(), None);
        assert_eq!(at(AddressStep::Phone, "1300000000").fault(), Some("address.phone.form"));
    }
}
