//! What is remembered of the enrolment in hand until its submission: the newest production, and what could not be kept when it
//! happened. A production and a consent are kept without anybody waiting for them. When that fails, the visit goes on, and the
//! submission that rests on them is kept with them in one transaction, or nothing of it is.

use collection::{Enrolment, EntryId};
use jiff::civil::Date;
use visit::{FrameId, JournalEvent};

/// The newest production: which portrait it made, and its entry if that could be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NewestProduction {
    /// The finished portrait.
    pub portrait: FrameId,
    /// The school's day on which it was made.
    pub day: Date,
    /// Its `Produced` entry; `None` when the store refused it.
    pub entry: Option<EntryId>,
}

/// What is remembered of one enrolment. Forgotten with the visit.
#[derive(Default)]
pub(super) struct InHand {
    /// The newest production.
    pub production: Option<NewestProduction>,
    /// Events that the store refused and that a submission must not be without, oldest first.
    pub owed: Vec<JournalEvent>,
}

impl InHand {
    /// The entry of the newest production, if it could be kept.
    pub fn produced(&self) -> Option<EntryId> {
        self.production.and_then(|production| production.entry)
    }

    /// The store refused this event.
    pub fn owe(&mut self, event: JournalEvent) {
        if is_rested_on(&event) {
            self.owed.push(event);
        }
    }

    /// The store kept this event: an older consent that it refused is overtaken.
    pub fn kept(&mut self, event: &JournalEvent) {
        if is_consent(event) {
            self.owed.retain(|owed| !is_consent(owed));
        }
    }

    /// Whether the student has agreed to the service: by the newest consent, kept or owed.
    pub fn has_agreed(&self, known: &Enrolment) -> bool {
        let recorded = known.consent.as_ref().is_some_and(|given| given.service);
        let owed = self.owed.iter().rev().find_map(|event| {
            if let JournalEvent::Consented(agreed) = event { Some(agreed.service) } else { None }
        });
        owed.unwrap_or(recorded)
    }
}

fn is_consent(event: &JournalEvent) -> bool {
    matches!(event, JournalEvent::Consented(_))
}

/// Whether a submission without this entry would say something else to the reviewer or to the cashier.
fn is_rested_on(event: &JournalEvent) -> bool {
    match event {
        JournalEvent::Consented(_) | JournalEvent::Overridden { .. } | JournalEvent::PayLater => true,
        JournalEvent::ComparisonFailed { .. } | JournalEvent::NotMe(_) | JournalEvent::StaffVerified(_) => {
            false
        }
    }
}
