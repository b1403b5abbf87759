//! A decision that was taken, in the words of the pages.

use crate::console::words;
use crate::ledger::PastDecision;
use sentences::{Code, codes};

/// Who decided what, and when.
pub(super) struct DecisionNote {
    pub who: String,
    pub when: String,
    /// Short name of the reason of a rejection; absent: approved.
    pub reason: Option<String>,
}

impl DecisionNote {
    pub fn new(past: &PastDecision, now: i64) -> DecisionNote {
        let name = |code: &str| words::reason_name(Code::find_or_general(code));
        DecisionNote {
            who: past.display_name.clone(),
            when: words::when(past.decided_millis, now),
            reason: past.reason.as_deref().map(name),
        }
    }

    /// Whether it was an approval.
    pub fn is_approval(&self) -> bool {
        self.reason.is_none()
    }

    /// The result alone.
    pub fn result(&self) -> String {
        match &self.reason {
            Some(reason) => words::text_with(codes::PAGES_HISTORY_REJECTED, &[("reason", reason)]),
            None => words::text(codes::PAGES_HISTORY_APPROVED),
        }
    }

    /// The whole decision in a sentence.
    pub fn sentence(&self) -> String {
        let mut args = vec![("who", &self.who), ("when", &self.when)];
        let Some(reason) = &self.reason else {
            return words::text_with(codes::PAGES_REVIEW_DECIDED_APPROVED, &args);
        };
        args.push(("reason", reason));
        words::text_with(codes::PAGES_REVIEW_DECIDED_REJECTED, &args)
    }
}
