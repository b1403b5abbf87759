//! What the staff panel asks: the day in numbers, lists, one student, the clock, and whether everything is safe.

use super::RecordsWorker;
use crate::lookup;
use collection::{Durable, EnrolmentId, Found, Kind, PhotoState, RosterEntry, StaffId, quota};
use jiff::civil::Date;
use std::collections::HashMap;
use store::StoreError;
use visit::{Board, Clock, Counts, DayEnd, Dossier, KeptOutcome, List, ListRow, Reply, Typed, Waiting};

/// Whether nothing more is expected of a student in this state.
fn handed_in(state: PhotoState) -> bool {
    use PhotoState as P;
    matches!(state, P::SavedAwaitingUpload | P::AwaitingReview | P::Approved | P::Checking | P::Published)
}

/// The answer that staff waits for; a failure is logged, and what is unknown is not made up.
fn logged<T>(answer: Result<T, StoreError>) -> Option<T> {
    answer
        .inspect_err(|error| tracing::error!(%error, "the staff panel asked what the store could not say"))
        .ok()
}

impl RecordsWorker {
    pub(super) fn board(&self, day: Date) -> Option<Board> {
        logged(self.look_at_the_day(day))
    }

    fn look_at_the_day(&self, day: Date) -> Result<Board, StoreError> {
        let tasks = self.store.tasks()?.into_iter().map(|t| t.name).collect();
        Ok(Board { counts: self.counts(day)?, waiting: self.waiting()?, clock: self.clock()?, tasks })
    }

    fn counts(&self, day: Date) -> Result<Counts, StoreError> {
        let mut counts = Counts::default();
        for (_, state, cases) in self.everybody()? {
            counts.roster += 1;
            counts.cases += u32::from(cases);
            counts.drafts += u32::from(state == PhotoState::MadeNotSubmitted);
            counts.rejected += u32::from(state == PhotoState::Rejected);
            if handed_in(state) {
                counts.submitted += 1;
            } else {
                counts.missing += 1;
            }
        }
        for entry in self.store.own_entries_since(self.midnight(day))? {
            counts.made_today += u32::from(matches!(entry.kind, Kind::Produced { .. }));
            counts.submitted_today += u32::from(matches!(entry.kind, Kind::Submitted { .. }));
        }
        Ok(counts)
    }

    /// Every student of every roster with where the photo stands and whether a case is open.
    fn everybody(&self) -> Result<Vec<(RosterEntry, PhotoState, bool)>, StoreError> {
        let mut all = Vec::new();
        for task in self.store.tasks()? {
            let standings: HashMap<EnrolmentId, _> =
                self.store.standings(&task.id)?.into_iter().map(|s| (s.enrolment, s)).collect();
            for entry in self.store.roster(&task.id)? {
                let standing = standings.get(&entry.enrolment);
                let state = standing.map_or(PhotoState::AwaitingCapture, |s| s.photo);
                all.push((entry, state, standing.is_some_and(|s| s.cases > 0)));
            }
        }
        Ok(all)
    }

    pub(super) fn waiting(&self) -> Result<Waiting, StoreError> {
        let queue = self.store.queue()?;
        Ok(Waiting {
            entries: queue.entries,
            pictures: queue.pictures,
            refused: queue.refused,
            // Export to a stick is not connected yet, so nothing lies on one.
            exported: 0,
            online: self.context.link.is_online(),
        })
    }

    fn clock(&self) -> Result<Clock, StoreError> {
        let now = jiff::Timestamp::now().to_zoned(self.context.zone.clone());
        let off = self.store.server_time()?.map(|t| {
            let (here, there) = (i128::from(t.kiosk_millis), i128::from(t.server_millis));
            i64::try_from((here - there) / 1000).unwrap_or(i64::MAX)
        });
        Ok(Clock { shown: now.strftime("%Y-%m-%d %H:%M").to_string(), off_seconds: off })
    }

    /// The day's first moment, milliseconds since 1970.
    fn midnight(&self, day: Date) -> u64 {
        let first = day.to_zoned(self.context.zone.clone()).map(|z| z.timestamp().as_millisecond());
        first.ok().and_then(|m| u64::try_from(m).ok()).unwrap_or(0)
    }

    pub(super) fn rows(&self, list: List) -> Vec<ListRow> {
        let wanted = |state: PhotoState| match list {
            List::Missing => !handed_in(state),
            List::Drafts => state == PhotoState::MadeNotSubmitted,
        };
        let all = logged(self.everybody()).unwrap_or_default();
        let mut rows: Vec<ListRow> = all
            .into_iter()
            .filter(|(_, state, _)| wanted(*state))
            .map(|(entry, state, _)| ListRow {
                enrolment: entry.enrolment,
                name: entry.masked_name,
                class: entry.class,
                state,
            })
            .collect();
        rows.sort_by(|a, b| (&a.class, &a.name, a.enrolment).cmp(&(&b.class, &b.name, b.enrolment)));
        rows
    }

    pub(super) fn find_student(&self, typed: &[Typed], day: Date) -> Option<Box<Dossier>> {
        match logged(lookup::typed(&self.store, typed, None))? {
            Found::One(entry) => self.dossier(entry.enrolment, day),
            Found::Ambiguous(_) | Found::None => None,
        }
    }

    pub(super) fn dossier(&self, id: EnrolmentId, day: Date) -> Option<Box<Dossier>> {
        logged(self.one(id, day)).flatten().map(Box::new)
    }

    fn one(&self, id: EnrolmentId, day: Date) -> Result<Option<Dossier>, StoreError> {
        let Some(entry) = self.store.roster_by_enrolment(id)? else { return Ok(None) };
        let Some(task) = self.store.task(&entry.task)? else { return Ok(None) };
        let Some(identity) = self.store.identity()? else { return Ok(None) };
        let enrolment = self.store.enrolment(id)?;
        let durable = Durable::Kiosk { device: &identity.device, sequence: self.store.durable_sequence()? };
        Ok(Some(Dossier {
            enrolment: id,
            state: enrolment.photo_state(durable),
            productions_left: quota::productions_left(&enrolment, &task, day),
            tries_left: quota::second_factor_left(&enrolment),
            comparisons_left: quota::comparisons_left(&enrolment, &task),
            task: task.id,
            task_name: task.name,
            name: entry.masked_name,
            number: entry.masked_number,
            class: entry.class,
        }))
    }

    /// A member of staff says that the time shown is right.
    pub(super) fn confirm_clock(&self, staff: StaffId) -> Reply {
        let kept = self.store.confirm_time().and_then(|now| {
            let millis = now.millis;
            self.of_this_kiosk(Kind::TimeConfirmed { staff, millis })
        });
        Reply::Kept(match logged(kept) {
            Some(_) => KeptOutcome::Kept,
            None => KeptOutcome::Failed,
        })
    }

    pub(super) fn day_end(&self, day: Date) -> Option<DayEnd> {
        let counts = logged(self.counts(day))?;
        let waiting = logged(self.waiting())?;
        Some(DayEnd { waiting, drafts: counts.drafts, submitted_today: counts.submitted_today })
    }
}
