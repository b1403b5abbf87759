//! A: the attract screen that is the scanner. A code decides who stands in front; nothing else is looked at before consent.

use crate::stage::{EntryStage, Help, IdentifiedBy, Purpose, ScanHint, ScanStage, Sentence, Stage};
use crate::{CodeOutcome, Effect, Touch, Visit};
use collection::EnrolmentId;
use collection::rights::Refusal;

impl From<Refusal> for Sentence {
    fn from(refusal: Refusal) -> Sentence {
        let mut args = refusal.args;
        if let Some(at) = refusal.reopens {
            args.push(("reopens", at.date().to_string()));
        }
        Sentence { code: refusal.code.to_owned(), args }
    }
}

impl Sentence {
    /// What staff can do here and now about what this says.
    pub(crate) fn help(&self) -> Option<Help> {
        match self.code.as_str() {
            "rights.quota_used" | "rights.quota_used_last_day" | "rights.comparison_case" => {
                Some(Help::Grant)
            }
            "rights.second_factor_locked" | "visit.birth_locked" => Some(Help::Unlock),
            // What the registry decides is easier when somebody has looked at the person and the document.
            "visit.consent_refused" | "rights.case_open" => Some(Help::Verify),
            _ => None,
        }
    }
}

impl Visit {
    pub(crate) fn touch_scanning(&mut self, touch: Touch) -> Vec<Effect> {
        match (touch, &mut self.stage) {
            (Touch::Help, Stage::Scan(_)) => vec![self.enter(Stage::Help)],
            (Touch::MyTasks, Stage::Scan(scan)) => {
                scan.purpose = Purpose::MyTasks;
                Vec::new()
            }
            // A paused kiosk still tells how it stands.
            (Touch::MyTasks | Touch::Secondary, Stage::Paused(_)) => {
                vec![self.enter(Stage::Scan(ScanStage { purpose: Purpose::MyTasks, ..ScanStage::default() }))]
            }
            (Touch::Back, Stage::Scan(_)) if self.paused.is_some() => self.end(),
            (Touch::Back, Stage::Scan(scan)) => {
                scan.purpose = Purpose::Portrait;
                Vec::new()
            }
            (Touch::NoCode, Stage::Scan(scan)) if scan.sight != ScanHint::Read => {
                let purpose = scan.purpose;
                self.ask_task(purpose, None)
            }
            (Touch::NoCode, Stage::Help) => self.ask_task(Purpose::Portrait, None),
            (Touch::Back | Touch::Primary, Stage::Help) => {
                vec![self.enter(Stage::Scan(ScanStage::default()))]
            }
            _ => Vec::new(),
        }
    }

    /// Typed entry: the student has no code, or one that nobody knows.
    pub(crate) fn type_instead(&mut self, purpose: Purpose, problem: Option<Sentence>) -> Vec<Effect> {
        let by_hand = purpose == Purpose::Portrait && self.misses > 0 && self.task.is_some();
        vec![self.enter(Stage::Entry(EntryStage { purpose, problem, by_hand, ..EntryStage::default() }))]
    }

    /// Staff begins a visit for somebody whose papers they checked.
    pub(crate) fn assisted(&mut self, enrolment: EnrolmentId) -> Vec<Effect> {
        if !self.is_at_rest() {
            return Vec::new();
        }
        let scan = ScanStage { sight: ScanHint::Read, vouched: true, ..ScanStage::default() };
        let watch = self.enter(Stage::Scan(scan));
        vec![watch, Effect::Meet(self.ticket(), enrolment)]
    }

    pub(crate) fn code_seen(&mut self, hint: Option<String>) -> Vec<Effect> {
        if let Stage::Scan(scan) = &mut self.stage
            && scan.sight != ScanHint::Read
            && scan.notice.is_none()
        {
            scan.sight = hint.map_or(ScanHint::Searching, |h| ScanHint::Seen(Some(h)));
        }
        Vec::new()
    }

    pub(crate) fn code(&mut self, payload: Vec<u8>) -> Vec<Effect> {
        let ticket = self.ticket();
        let Stage::Scan(scan) = &mut self.stage else { return Vec::new() };
        if scan.sight == ScanHint::Read || scan.refused.as_ref() == Some(&payload) {
            return Vec::new();
        }
        scan.sight = ScanHint::Read;
        scan.notice = None;
        // Held until the answer comes, so that a refused phone held up on is not looked up with every frame.
        scan.refused = Some(payload.clone());
        self.last_sign = self.now.millis;
        vec![Effect::Match(ticket, payload)]
    }

    pub(crate) fn code_known(&mut self, outcome: CodeOutcome) -> Vec<Effect> {
        let until = self.now.millis + self.timings.notice;
        let Stage::Scan(scan) = &mut self.stage else { return Vec::new() };
        if scan.sight != ScanHint::Read {
            return Vec::new();
        }
        match outcome {
            CodeOutcome::Refused { code, args } => {
                scan.sight = ScanHint::Searching;
                scan.vouched = false;
                scan.notice = Some((Sentence { code, args }, until));
                vec![]
            }
            CodeOutcome::Unknown(why) => {
                let purpose = scan.purpose;
                self.claim = scan.refused.take();
                self.ask_task(purpose, Some(Sentence::plain(why)))
            }
            CodeOutcome::Matched(subject) => {
                let purpose = scan.purpose;
                self.proven = scan.vouched;
                if subject.identified_by == IdentifiedBy::BoundCode {
                    // Whoever says 不是我 may claim it.
                    self.claim = scan.refused.take();
                }
                self.meet(*subject, purpose)
            }
        }
    }
}
