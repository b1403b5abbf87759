//! The chain of submissions: which one counts, what it replaced, and what a person must decide.
//!
//! Of two first submissions (two kiosks offline) the later is the candidate if a replacement is left and no review began; else
//! both go into a case. What a reviewer said of a submission is found by `about`, whatever the clocks say.

use super::{Case, Enrolment, Review, Role, Submission, Versions};
use crate::{CaseKind, Entry, EntryId, Kind, ReviewOutcome, Settings};
use std::collections::BTreeMap;

/// What the server said of one submission.
#[derive(Default)]
struct Said {
    review: Option<Review>,
    handed_over: bool,
    published: bool,
}

pub(super) fn link(admitted: &[Entry], versions: &Versions, state: &mut Enrolment) {
    let mut said = server_words(admitted);
    for entry in admitted {
        let Some(mut next) = submission(entry, said.remove(&entry.id).unwrap_or_default()) else { continue };
        let settings = versions.at(entry.task_version);
        next.role = role(state, &settings);
        place(next, state);
    }
    // A portrait made before the last one was handed in is no draft any more, unless it is the newest of all.
    if let Some(draft) = state.draft {
        let is_draft = |e: &&Entry| e.id == draft;
        let made = admitted.iter().find(is_draft).map(|e| (e.clock, e.id));
        let handed = admitted.iter().filter(|e| matches!(e.kind, Kind::Submitted { .. }));
        if handed.map(|e| (e.clock, e.id)).max() > made {
            state.draft = None;
        }
    }
}

/// Later words replace earlier ones; a decision is never undone by a reviewer opening it again.
fn server_words(admitted: &[Entry]) -> BTreeMap<EntryId, Said> {
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

fn submission(entry: &Entry, said: Said) -> Option<Submission> {
    let Kind::Submitted { portrait, original, comparison, score_tenths, .. } = &entry.kind else {
        return None;
    };
    Some(Submission {
        id: entry.id,
        produced: entry.about?,
        device: entry.device.clone(),
        sequence: entry.sequence,
        portrait: *portrait,
        original: *original,
        comparison: *comparison,
        score_tenths: *score_tenths,
        role: Role::First,
        review: said.review.unwrap_or(Review::Waiting),
        handed_over: said.handed_over,
        published: said.published,
    })
}

/// What the next submission is, given the candidate so far.
fn role(state: &Enrolment, settings: &Settings) -> Role {
    let Some(candidate) = state.candidate() else { return Role::First };
    match &candidate.review {
        Review::Waiting if candidate.handed_over || candidate.published => Role::Surplus,
        Review::Waiting if state.replacements_used < settings.replacements => Role::Replacement,
        Review::Rejected { .. } if state.resubmissions_used < settings.resubmissions => Role::Resubmission,
        _ => Role::Surplus,
    }
}

fn place(next: Submission, state: &mut Enrolment) {
    match next.role {
        Role::First => {}
        Role::Replacement => state.replacements_used += 1,
        Role::Resubmission => state.resubmissions_used += 1,
        Role::Surplus => {
            let about = state.candidate().map(|c| c.id).into_iter().chain([next.id]).collect();
            state.cases.push(Case { kind: CaseKind::TwoSubmissions, about });
        }
    }
    // What the server has said something of counts, whatever it was here: the server's word is about that very portrait.
    let decided_elsewhere = next.role == Role::Surplus
        && (next.published || next.review == Review::Approved)
        && state.candidate().is_some_and(|c| !c.published && c.review != Review::Approved);
    state.submissions.push(next);
    if state.submissions.last().is_some_and(|s| s.role != Role::Surplus) || decided_elsewhere {
        state.candidate = Some(state.submissions.len() - 1);
    }
}
