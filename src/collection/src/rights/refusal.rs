//! Why not: a sentence's code with its places, and when waiting helps.

use crate::Task;
use jiff::civil::DateTime;

/// Every code that a refusal can carry.
pub const CODES: [&str; 41] = [
    "rights.not_open",
    "rights.closed",
    "rights.quota_used",
    "rights.quota_used_last_day",
    "rights.comparison_case",
    "rights.nothing_submitted",
    "rights.already_submitted",
    "rights.review_began",
    "rights.replacement_used",
    "rights.resubmissions_used",
    "rights.rejected",
    "rights.approved",
    "rights.published",
    "rights.second_factor_locked",
    "rights.second_factor_needed",
    "rights.staff_only",
    "rights.server_only",
    "rights.kiosk_only",
    "rights.case_open",
    "rights.taken_over",
    "rights.consent_withdrawn",
    "rights.no_consent",
    "rights.erased",
    "rights.erasure_asked",
    "rights.nothing_to_erase",
    "rights.no_draft",
    "rights.unpaid",
    "rights.order_open",
    "rights.already_paid",
    "rights.nothing_paid",
    "rights.mode_not_offered",
    "rights.no_prints",
    "rights.not_printed",
    "rights.no_address",
    "rights.mailed",
    "rights.nothing_bound",
    "rights.not_by_hand",
    "rights.no_import",
    "rights.not_approved",
    "rights.not_handed_over",
    "rights.no_case",
];

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not permitted: {code}")]
pub struct Refusal {
    /// Sentence code.
    pub code: &'static str,
    /// The sentence's placeholders.
    pub args: Vec<(&'static str, String)>,
    /// When it reopens, the school's clock; `None` when waiting does not help.
    pub reopens: Option<DateTime>,
}

impl Refusal {
    pub(super) const fn new(code: &'static str) -> Self {
        Refusal { code, args: Vec::new(), reopens: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    pub(super) fn phone(self, task: &Task) -> Self {
        self.with("phone", &task.registry_phone)
    }
}
