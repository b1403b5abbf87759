//! Applies submissions: which one is the candidate, what it replaced, and what a person must decide.
//!
//! Of two first submissions (two kiosks offline) the later is the candidate if a replacement is left and no review began; else
//! both go into a case. A reviewer's entries are assigned to their submission by `about`, whatever the clocks say.

use super::enrolment::{Enrolment, Participation};
use super::submission::{Review, Role, Submission};
use super::versions::Versions;
use crate::{CaseKind, CtidOutcome, Entry, EntryId, Kind, ReviewOutcome, Settings};
use std::collections::BTreeMap;

/// The server's entries about one submission, combined.
#[derive(Clone, Default)]
pub(super) struct Said {
    review: Option<Review>,
    handed_over: bool,
    published: bool,
    ctid: Option<CtidOutcome>,
}

/// Later entries replace earlier ones; opening a review again does not undo its decision.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are no decisions of the server")]
pub(super) fn server_words(admitted: &[Entry]) -> BTreeMap<EntryId, Said> {
    let mut words: BTreeMap<EntryId, Said> = BTreeMap::new();
    for entry in admitted {
        let Some(about) = entry.about else { continue };
        match &entry.kind {
            Kind::ReviewBegan => {
                words.entry(about).or_default().review.get_or_insert(Review::Began);
            }
            Kind::Reviewed(outcome) => words.entry(about).or_default().review = Some(decided(outcome)),
            Kind::HandedOver => words.entry(about).or_default().handed_over = true,
            Kind::Published => words.entry(about).or_default().published = true,
            Kind::CtidChecked(outcome) => words.entry(about).or_default().ctid = Some(outcome.clone()),
            _ => {}
        }
    }
    words
}

fn decided(outcome: &ReviewOutcome) -> Review {
    match outcome {
        ReviewOutcome::Approved => Review::Approved,
        ReviewOutcome::Rejected { reason } => Review::Rejected { reason: reason.clone() },
    }
}

pub(super) fn apply(
    entry: &Entry,
    words: &BTreeMap<EntryId, Said>,
    admitted: &[Entry],
    versions: &Versions,
    state: &mut Enrolment,
) {
    let said = words.get(&entry.id).cloned().unwrap_or_default();
    let Some(mut next) = submission(entry, said, admitted) else { return };
    next.role = role(state, &versions.at(entry.task_version));
    place(next, state);
}

fn submission(entry: &Entry, said: Said, admitted: &[Entry]) -> Option<Submission> {
    let Kind::Submitted { portrait, original, comparison, score_tenths, replaces, .. } = &entry.kind else {
        return None;
    };
    let produced = entry.about?;
    Some(Submission {
        id: entry.id,
        produced,
        device: entry.device.clone(),
        sequence: entry.sequence,
        portrait: *portrait,
        original: *original,
        comparison: *comparison,
        score_tenths: *score_tenths,
        role: Role::First,
        replaces: *replaces,
        review: said.review.unwrap_or(Review::Waiting),
        handed_over: said.handed_over,
        published: said.published,
        ctid: said.ctid,
        imported: is_imported(produced, admitted),
        doubtful: entry.doubtful,
    })
}

/// Whether the production was made from an imported picture: then it is about the `Imported` entry.
fn is_imported(produced: EntryId, admitted: &[Entry]) -> bool {
    let find = |id: EntryId| admitted.iter().find(|e| e.id == id);
    let source = find(produced).and_then(|e| e.about).and_then(find);
    source.is_some_and(|e| matches!(e.kind, Kind::Imported { .. }))
}

/// The role of the next submission, given the candidate so far.
fn role(state: &Enrolment, settings: &Settings) -> Role {
    if state.participation == Participation::Erased {
        return Role::Surplus;
    }
    let Some(candidate) = state.candidate() else { return Role::First };
    let extra = state.extra_submissions > 0 && !candidate.published;
    match &candidate.review {
        Review::Waiting if candidate.handed_over || candidate.published => Role::Surplus,
        Review::Waiting if state.replacements_used < settings.replacements => Role::Replacement,
        Review::Rejected { .. } if state.resubmissions_used < settings.resubmissions => Role::Resubmission,
        Review::Waiting | Review::Began | Review::Approved | Review::Rejected { .. } if extra => Role::Extra,
        Review::Waiting | Review::Began | Review::Approved | Review::Rejected { .. } => Role::Surplus,
    }
}

fn place(next: Submission, state: &mut Enrolment) {
    match next.role {
        Role::First => {}
        Role::Replacement => state.replacements_used += 1,
        Role::Resubmission => state.resubmissions_used += 1,
        Role::Extra => state.extra_submissions -= 1,
        Role::Surplus if state.participation == Participation::Erased => {
            state.open_case(CaseKind::AfterErasure, vec![next.id]);
        }
        Role::Surplus => {
            let about = state.candidate().map(|c| c.id).into_iter().chain([next.id]).collect();
            state.open_case(CaseKind::TwoSubmissions, about);
        }
    }
    // Submitted without knowing of the candidate, and a reviewer has opened it: nobody chose between the two.
    let unaware = next.role == Role::Replacement && next.replaces != state.candidate().map(|c| c.id);
    if unaware && next.review != Review::Waiting {
        let both = state.candidate().map(|c| c.id).into_iter().chain([next.id]).collect();
        state.open_case(CaseKind::TwoSubmissions, both);
    }
    // A submission that the server decided on is the candidate, whatever its role here: the decision is about that portrait.
    let decided_elsewhere = next.role == Role::Surplus
        && (next.published || next.review == Review::Approved)
        && state.candidate().is_some_and(|c| !c.published && c.review != Review::Approved);
    let counts = next.role != Role::Surplus || decided_elsewhere;
    // Earlier productions are no drafts any more.
    state.draft = None;
    state.submissions.push(next);
    if counts {
        state.candidate = Some(state.submissions.len() - 1);
    }
}
