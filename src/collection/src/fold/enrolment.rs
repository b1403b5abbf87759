//! What is known of one student at one task, as the journal tells it.

use super::{IgnoreReason, Ignored};
use crate::{CaseKind, ComparisonBand, DeviceId, EnrolmentId, EntryId, PictureHash, TokenHash};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The consents that are given, of the newest `Consented` entry.
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

/// How a submission came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The first one.
    First,
    /// In place of one that no reviewer had opened.
    Replacement,
    /// After 审核未通过.
    Resubmission,
    /// None of these were left: kept, shown in a case, never the candidate by itself.
    Surplus,
}

/// How far the review of a submission is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// No reviewer opened it.
    Waiting,
    /// A reviewer opened it.
    Began,
    /// 审核通过
    Approved,
    /// 审核未通过
    Rejected {
        /// Sentence code of the reason.
        reason: String,
    },
}

/// One portrait that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The `Submitted` entry.
    pub id: EntryId,
    /// The `Produced` entry.
    pub produced: EntryId,
    /// Where it was handed in.
    pub device: DeviceId,
    /// The entry's number on that device.
    pub sequence: u64,
    /// The standard portrait.
    pub portrait: PictureHash,
    /// The camera's own picture.
    pub original: PictureHash,
    /// Where the comparison fell.
    pub comparison: ComparisonBand,
    /// Score of the comparison, tenths.
    pub score_tenths: Option<u16>,
    /// How it came about.
    pub role: Role,
    /// How far its review is.
    pub review: Review,
    /// Handed to CHSI (检测中).
    pub handed_over: bool,
    /// At CHSI (已上网).
    pub published: bool,
}

/// Something that a person at the registry must decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it is about.
    pub kind: CaseKind,
    /// The entries that made it.
    pub about: Vec<EntryId>,
}

/// One student at one task, as the journal tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Who and where.
    pub id: EnrolmentId,
    /// Consents given.
    pub consent: Option<Given>,
    /// Productions counted, by school day.
    pub productions: BTreeMap<Date, u32>,
    /// Productions that staff added, by school day.
    pub granted: BTreeMap<Date, u32>,
    /// The newest portrait that was made and not handed in: its `Produced` entry.
    pub draft: Option<EntryId>,
    /// All portraits that were handed in, oldest first.
    pub submissions: Vec<Submission>,
    /// Position of the one that counts.
    pub(super) candidate: Option<usize>,
    /// Replacements used, of all devices.
    pub replacements_used: u32,
    /// Resubmissions used, of all devices.
    pub resubmissions_used: u32,
    /// Failed comparisons in a row.
    pub comparison_failures: u32,
    /// Wrong second factors in a row.
    pub second_factor_failures: u32,
    /// Codes bound to this enrolment.
    pub tokens: BTreeSet<TokenHash>,
    /// What a person must decide.
    pub cases: Vec<Case>,
    /// What did not count, and why.
    pub ignored: Vec<Ignored>,
}

impl Enrolment {
    /// A student of whom the journal says nothing yet.
    #[must_use]
    pub fn new(id: EnrolmentId) -> Self {
        Enrolment {
            id,
            consent: None,
            productions: BTreeMap::new(),
            granted: BTreeMap::new(),
            draft: None,
            submissions: Vec::new(),
            candidate: None,
            replacements_used: 0,
            resubmissions_used: 0,
            comparison_failures: 0,
            second_factor_failures: 0,
            tokens: BTreeSet::new(),
            cases: Vec::new(),
            ignored: Vec::new(),
        }
    }

    /// The submission that counts: the one that is, or will be, reviewed.
    #[must_use]
    pub fn candidate(&self) -> Option<&Submission> {
        self.candidate.and_then(|at| self.submissions.get(at))
    }

    /// Productions counted on a school day.
    #[must_use]
    pub fn productions_on(&self, day: Date) -> u32 {
        self.productions.get(&day).copied().unwrap_or(0)
    }

    /// Counts a production that was shown just now, before the journal is read again.
    pub fn count_production(&mut self, day: Date) {
        *self.productions.entry(day).or_default() += 1;
        self.comparison_failures = 0;
    }

    /// Counts a failed comparison that happened just now, before the journal is read again.
    pub fn count_comparison_failure(&mut self) {
        self.comparison_failures += 1;
    }

    pub(super) fn ignore(&mut self, entry: EntryId, reason: IgnoreReason) {
        self.ignored.push(Ignored { entry, reason });
    }
}
