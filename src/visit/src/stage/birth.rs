//! The second factor: month and day of birth, before anything that is not the common visit.

use crate::behaviour::{Known, Resting};
use crate::context::Context;
use crate::next::{After, Help, Next, NextAction};
use crate::personal::Typed;
use crate::reply::Reply;
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::{Purpose, Subject};
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::{self, Keystroke};
use collection::month_day;
use sentences::codes;

/// Digits of month and day.
const DIGITS: usize = 4;

/// Month and day of birth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BirthStage {
    /// What comes after.
    pub purpose: Purpose,
    /// Digits typed so far, at most four.
    pub entered: Typed,
    /// Waiting for the answer.
    pub checking: bool,
    /// The last one was wrong; how many tries are left.
    pub tries_left: Option<u32>,
    /// What was typed is no day of any year; it cost no try.
    pub no_day: bool,
}

subset! {
    /// What can be touched at the second factor.
    BirthTouch of Touch {
        Touch::Back => Back,
        Touch::OtherWay => Later,
        Touch::Key(key) => Key(key: Keystroke),
    }
}

impl BirthStage {
    /// The second factor for this.
    pub(crate) fn new(purpose: Purpose) -> BirthStage {
        BirthStage { purpose, ..BirthStage::default() }
    }

    fn write(&mut self, key: Keystroke) {
        if matches!(key, Keystroke::Digit(0..=9)) {
            self.no_day = false;
        }
        typing::write_digit(&mut self.entered, key, DIGITS);
    }

    /// The last digit asks by itself.
    fn check(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        if self.entered.len() < DIGITS {
            return;
        }
        if month_day(&self.entered).is_none() {
            // A slip of the finger, and no guess: it costs no try.
            self.no_day = true;
            self.entered.clear();
            return;
        }
        self.checking = true;
        cx.ask_records(RecordsRequest::CheckBirth(subject.entry.enrolment, self.entered.clone()));
    }
}

impl Resting for BirthStage {
    fn is_busy(&self) -> bool {
        self.checking
    }
}

impl Known for BirthStage {
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = BirthTouch::of(touch) else { return Next::Stay };
        // The address is no wall: a student who cannot answer goes on to the camera.
        let put_off = self.purpose == Purpose::Address && !self.checking;
        match touch {
            BirthTouch::Back | BirthTouch::Later if put_off => return Next::AddressSettled(After::Camera),
            BirthTouch::Back => return Next::End,
            BirthTouch::Key(key) if !self.checking => {
                self.write(key);
                self.check(cx, subject);
            }
            BirthTouch::Later | BirthTouch::Key(_) => {}
        }
        Next::Stay
    }

    fn reply(&mut self, cx: &mut Context<'_>, _subject: &mut Subject, reply: Reply) -> Next {
        let Reply::Birth(answer) = reply else { return Next::Stay };
        if !self.checking {
            return Next::Stay;
        }
        match answer {
            Err(0) => {
                Next::Say(Sentence::plain(codes::VISIT_BIRTH_LOCKED), NextAction::End, Some(Help::Unlock))
            }
            Err(left) => {
                *self = BirthStage { tries_left: Some(left), ..BirthStage::new(self.purpose) };
                Next::Stay
            }
            Ok(()) => {
                cx.student.proven = true;
                Next::BindOrGoOn
            }
        }
    }
}
