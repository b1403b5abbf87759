//! The attract screen, which is the scanner. A code decides who stands in front; nothing else is looked at before consent.

use crate::behaviour::{Open, Resting, Seen};
use crate::context::{Context, Presentation};
use crate::next::Next;
use crate::personal::Payload;
use crate::reply::{CodeOutcome, Reply};
use crate::request::{RecordsRequest, Watch};
use crate::sentence::Sentence;
use crate::subject::{IdentifiedBy, Purpose, Subject};
use crate::subset::subset;
use crate::touch::Touch;
use collection::EnrolmentId;
use sentences::Code;

/// What the finder sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScanHint {
    /// Nothing.
    #[default]
    Searching,
    /// A code that could not be read yet, with the code of a sentence that helps.
    Seen(Option<Code>),
    /// A code that is being looked up.
    Read,
}

/// The scanner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanStage {
    /// Why a code is wanted.
    pub purpose: Purpose,
    /// What the finder sees.
    pub hint: ScanHint,
    /// Why the last code did not do, and until when that is said (milliseconds).
    pub notice: Option<(Sentence, u64)>,
    /// The payload that was refused, so that it is not looked up with every frame.
    refused: Option<Payload>,
    /// The student whom staff vouches for.
    vouched: Option<EnrolmentId>,
}

subset! {
    /// What can be touched at the scanner.
    ScanTouch of Touch {
        Touch::Help => Help,
        Touch::MyTasks => MyTasks,
        Touch::NoCode => NoCode,
        Touch::Back => Back,
    }
}

impl ScanStage {
    /// A scanner that wants a code for this.
    pub(crate) fn for_purpose(purpose: Purpose) -> ScanStage {
        ScanStage { purpose, ..ScanStage::default() }
    }

    /// A scanner that says why the last visit ended, until then (milliseconds).
    pub(crate) fn with_notice(sentence: Sentence, until: u64) -> ScanStage {
        ScanStage { notice: Some((sentence, until)), ..ScanStage::default() }
    }

    /// The look-up of a student whom staff vouches for.
    pub(crate) fn vouched_for(enrolment: EnrolmentId) -> ScanStage {
        ScanStage { hint: ScanHint::Read, vouched: Some(enrolment), ..ScanStage::default() }
    }

    fn code(&mut self, cx: &mut Context<'_>, payload: Payload) -> Next {
        if self.hint == ScanHint::Read || self.refused.as_ref() == Some(&payload) {
            return Next::Stay;
        }
        self.hint = ScanHint::Read;
        self.notice = None;
        // Held until the answer comes, so that a refused phone held up on is not looked up with every frame.
        self.refused = Some(payload.clone());
        cx.kiosk.last_sign = cx.now();
        cx.ask_records(RecordsRequest::Match(payload));
        Next::Stay
    }

    fn matched(&mut self, cx: &mut Context<'_>, subject: Box<Subject>) -> Next {
        cx.student.proven = self.vouched.is_some();
        if subject.identified_by == IdentifiedBy::BoundCode {
            // A student who says 不是我 may claim it.
            cx.student.claim = self.refused.take();
        }
        Next::Meet(subject, self.purpose)
    }
}

impl Resting for ScanStage {
    fn watch(&self, _subject: Option<&Subject>) -> Watch {
        Watch::Codes
    }

    fn needs_camera(&self) -> bool {
        true
    }

    fn is_public(&self) -> bool {
        true
    }

    fn is_at_rest(&self) -> bool {
        self.hint != ScanHint::Read
    }

    fn is_fresh(&self) -> bool {
        self.purpose == Purpose::Portrait && self.hint != ScanHint::Read
    }

    fn is_anonymous(&self) -> bool {
        true
    }
}

impl Open for ScanStage {
    fn begin(&mut self, cx: &mut Context<'_>) {
        if let Some(enrolment) = self.vouched {
            cx.ask_records(RecordsRequest::Meet(enrolment));
        }
    }

    fn touch(&mut self, cx: &mut Context<'_>, touch: Touch) -> Next {
        let Some(touch) = ScanTouch::of(touch) else { return Next::Stay };
        match touch {
            ScanTouch::Help => return Next::Help,
            ScanTouch::MyTasks => self.purpose = Purpose::MyTasks,
            // A paused kiosk goes back to its notice.
            ScanTouch::Back if cx.kiosk.paused.is_some() => return Next::End,
            ScanTouch::Back => self.purpose = Purpose::Portrait,
            ScanTouch::NoCode if self.hint != ScanHint::Read => return Next::ChooseTask(self.purpose, None),
            ScanTouch::NoCode => {}
        }
        Next::Stay
    }

    fn reply(&mut self, cx: &mut Context<'_>, reply: Reply) -> Next {
        let Reply::Code(outcome) = reply else { return Next::Stay };
        if self.hint != ScanHint::Read {
            return Next::Stay;
        }
        match outcome {
            CodeOutcome::Refused(sentence) => {
                self.hint = ScanHint::Searching;
                self.vouched = None;
                self.notice = Some((sentence, cx.now() + cx.kiosk.timings.notice));
                Next::Stay
            }
            CodeOutcome::Unknown(why) => {
                cx.student.claim = self.refused.take();
                Next::ChooseTask(self.purpose, Some(why))
            }
            CodeOutcome::Matched(subject) => self.matched(cx, subject),
        }
    }

    fn see(&mut self, cx: &mut Context<'_>, seen: Seen) -> Next {
        match seen {
            Seen::Code(payload) => self.code(cx, payload),
            Seen::CodeHint(hint) => {
                if self.hint != ScanHint::Read && self.notice.is_none() {
                    self.hint = hint.map_or(ScanHint::Searching, |h| ScanHint::Seen(Some(h)));
                }
                Next::Stay
            }
            Seen::Face(_) => Next::Stay,
        }
    }

    /// Time passes before anybody is known: there is nothing to protect but another purpose, language or look-up.
    fn tick(&mut self, cx: &mut Context<'_>) -> Next {
        let now = cx.now();
        let quiet = now.saturating_sub(cx.kiosk.last_sign);
        let fresh = self.is_fresh() && cx.student.look == Presentation::default();
        if self.notice.as_ref().is_some_and(|(_, until)| now >= *until) {
            self.notice = None;
            self.refused = None;
        }
        let over = if self.hint == ScanHint::Read {
            // No answer came.
            quiet >= cx.kiosk.timings.timeout
        } else {
            quiet >= cx.kiosk.timings.idle && !fresh
        };
        if over { Next::End } else { Next::Stay }
    }
}
