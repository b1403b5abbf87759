//! The state of one student at one task, as computed from the journal.

use super::case::Case;
use super::delivery::Delivery;
use super::ignored::{IgnoreReason, Ignored};
use super::payment::Payment;
use super::submission::Submission;
use crate::{CaseKind, EnrolmentId, EntryId, RecordHash, Resolution, StaffId, TokenHash};
use jiff::civil::Date;
use sentences::{Code, codes};
use std::collections::{BTreeMap, BTreeSet};

/// The consents that are given, of the newest `Consented` entry less what was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Version of the notice.
    pub notice_version: u32,
    /// To the service.
    pub service: bool,
    /// To the comparison on the device.
    pub comparison: bool,
    /// To CTID verification.
    pub ctid: bool,
}

/// Whether the student still takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Participation {
    /// Yes, or there is no entry about it.
    #[default]
    Active,
    /// Consent to the service was withdrawn; a new consent restores everything.
    Withdrawn,
    /// Erasure was asked for and is not done yet.
    ErasureRequested,
    /// Pictures, roster entry, address and contact are gone; counts and states stay.
    Erased,
}

impl Participation {
    /// The states that a screen mentions.
    pub const LEAVING: [Participation; 3] =
        [Participation::Withdrawn, Participation::ErasureRequested, Participation::Erased];

    /// Its sentence; a student who takes part needs none.
    #[must_use]
    pub const fn code(self) -> Option<Code> {
        match self {
            Participation::Active => None,
            Participation::Withdrawn => Some(codes::STATE_PARTICIPATION_WITHDRAWN),
            Participation::ErasureRequested => Some(codes::STATE_PARTICIPATION_ERASURE_REQUESTED),
            Participation::Erased => Some(codes::STATE_PARTICIPATION_ERASED),
        }
    }
}

/// The state of one student at one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Who and where.
    pub id: EnrolmentId,
    /// Consents given.
    pub consent: Option<Given>,
    /// Whether the student still takes part.
    pub participation: Participation,
    /// The newest request for erasure that counts: what the server's `Erased` is about.
    pub erasure_request: Option<EntryId>,
    /// The member of staff who verified the identity of a student without consent to face processing.
    pub verified_by: Option<StaffId>,
    /// The manual entry of a student on no roster.
    pub manual_entry: Option<RecordHash>,
    /// Productions counted, by school day.
    pub productions: BTreeMap<Date, u32>,
    /// Productions that staff added, by school day.
    pub granted: BTreeMap<Date, u32>,
    /// The newest portrait that was produced and not submitted: its `Produced` entry.
    pub draft: Option<EntryId>,
    /// All submissions, oldest first.
    pub submissions: Vec<Submission>,
    /// Position of the one that counts.
    pub(super) candidate: Option<usize>,
    /// Replacements used, of all devices.
    pub replacements_used: u32,
    /// Resubmissions used, of all devices.
    pub resubmissions_used: u32,
    /// Further submissions that the registry allowed and that are not used yet.
    pub extra_submissions: u32,
    /// Failed comparisons in a row.
    pub comparison_failures: u32,
    /// Wrong second factors in a row.
    pub second_factor_failures: u32,
    /// The newest try of the second factor, which an unlocking is about.
    pub last_try: Option<EntryId>,
    /// Codes bound to this enrolment.
    pub tokens: BTreeSet<TokenHash>,
    /// The entries that bind a code, a phone or an address, which an unbinding must name.
    pub bindings: BTreeSet<EntryId>,
    /// Contact of the linked phone.
    pub contact: Option<RecordHash>,
    /// The payment.
    pub payment: Payment,
    /// Prints and their delivery.
    pub delivery: Delivery,
    /// Cases, open and decided.
    pub cases: Vec<Case>,
    /// Entries that do not count, with the reasons.
    pub ignored: Vec<Ignored>,
    /// Entries that were made while their device's clock was in doubt.
    pub doubtful: Vec<EntryId>,
}

impl Enrolment {
    /// A student without entries.
    #[must_use]
    pub fn new(id: EnrolmentId) -> Self {
        Enrolment {
            id,
            consent: None,
            participation: Participation::Active,
            erasure_request: None,
            verified_by: None,
            manual_entry: None,
            productions: BTreeMap::new(),
            granted: BTreeMap::new(),
            draft: None,
            submissions: Vec::new(),
            candidate: None,
            replacements_used: 0,
            resubmissions_used: 0,
            extra_submissions: 0,
            comparison_failures: 0,
            second_factor_failures: 0,
            last_try: None,
            tokens: BTreeSet::new(),
            bindings: BTreeSet::new(),
            contact: None,
            payment: Payment::default(),
            delivery: Delivery::default(),
            cases: Vec::new(),
            ignored: Vec::new(),
            doubtful: Vec::new(),
        }
    }

    /// The submission that counts: the one that is, or will be, reviewed.
    #[must_use]
    pub fn candidate(&self) -> Option<&Submission> {
        self.candidate.and_then(|at| self.submissions.get(at))
    }

    /// The submission that a reviewer may open now: the candidate, unless a case must be decided first or the student withdrew.
    #[must_use]
    pub fn reviewable(&self) -> Option<&Submission> {
        let held = self.is_open(CaseKind::TwoFaces) || self.participation != Participation::Active;
        self.candidate().filter(|_| !held)
    }

    /// The cases that nobody has decided yet.
    pub fn open_cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|c| c.resolution.is_none())
    }

    /// Whether a case of this kind waits for a decision.
    #[must_use]
    pub fn is_open(&self, kind: CaseKind) -> bool {
        self.open_cases().any(|c| c.kind == kind)
    }

    /// Whether the registry does the rest itself.
    #[must_use]
    pub fn is_taken_over(&self) -> bool {
        self.cases.iter().any(|c| c.resolution == Some(Resolution::TakenOver))
    }

    /// Productions counted on a school day.
    #[must_use]
    pub fn productions_on(&self, day: Date) -> u32 {
        self.productions.get(&day).copied().unwrap_or(0)
    }

    /// Counts a production that was just shown, before the journal is read again.
    pub fn count_production(&mut self, day: Date) {
        *self.productions.entry(day).or_default() += 1;
        self.comparison_failures = 0;
    }

    /// Counts a comparison that just failed, before the journal is read again.
    pub fn count_comparison_failure(&mut self) {
        self.comparison_failures += 1;
    }

    pub(super) fn ignore(&mut self, entry: EntryId, reason: IgnoreReason) {
        self.ignored.push(Ignored { entry, reason });
    }

    /// Opens a case unless there is one of this kind about the same entries.
    pub(super) fn open_case(&mut self, kind: CaseKind, about: Vec<EntryId>) {
        if !self.cases.iter().any(|c| c.kind == kind && c.about == about) {
            self.cases.push(Case { kind, about, resolution: None });
        }
    }
}
