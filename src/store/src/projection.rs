//! Projections: the state of each enrolment, stored so that lists and look-ups need not fold. A projection changes in the
//! transaction of the entry that changes it, and can always be dropped and folded again.

use crate::error::{Named, StoreError};
use crate::{RowFault, Store, entry_rows, identity, meta};
use collection::{
    CENTRAL, DeviceId, Durable, Enrolment, EnrolmentId, EntryId, PhotoState, TaskId, TokenHash,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use uuid::Uuid;

/// Rises when the fold or the columns change their meaning; older projections are folded again at the next start.
const VERSION: i64 = 3;

/// The state of one enrolment, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub enrolment: EnrolmentId,
    /// At which task.
    pub task: TaskId,
    /// The photo's state.
    pub photo: PhotoState,
    /// The draft: its `Produced` entry.
    pub draft: Option<EntryId>,
    /// The submission that counts.
    pub candidate: Option<EntryId>,
    /// Number of submissions.
    pub submissions: u32,
    /// Number of open cases.
    pub cases: u32,
}

impl Standing {
    /// From a fold.
    pub(crate) fn of(state: &Enrolment, task: TaskId, durable: Durable<'_>) -> Self {
        Standing {
            enrolment: state.id,
            task,
            photo: state.photo_state(durable),
            draft: state.draft,
            candidate: state.candidate().map(|s| s.id),
            submissions: u32::try_from(state.submissions.len()).unwrap_or(u32::MAX),
            cases: u32::try_from(state.open_cases().count()).unwrap_or(u32::MAX),
        }
    }
}

/// Folds every enrolment again when the projections are of an older version.
pub(crate) fn bring_up_to_date(tx: &Transaction<'_>) -> Result<(), StoreError> {
    if meta::get::<i64>(tx, "projection_version")? == Some(VERSION) {
        return Ok(());
    }
    tx.execute_batch("DELETE FROM projection; DELETE FROM token;").named("the projections")?;
    renew_where(tx, "SELECT DISTINCT enrolment FROM entry WHERE ?1 = ?1", "")?;
    meta::put(tx, "projection_version", VERSION)
}

/// Folds again the enrolments that `sql` selects with its one parameter.
pub(crate) fn renew_where(
    tx: &Transaction<'_>,
    sql: &str,
    parameter: impl rusqlite::ToSql,
) -> Result<(), StoreError> {
    let ids: Vec<EnrolmentId> = tx
        .prepare_cached(sql)
        .and_then(|mut s| s.query_map([parameter], |r| r.get(0).map(EnrolmentId::from_bytes))?.collect())
        .named("the projections")?;
    ids.into_iter().try_for_each(|id| renew(tx, id))
}

/// Folds one enrolment again.
pub(crate) fn renew(tx: &Transaction<'_>, id: EnrolmentId) -> Result<(), StoreError> {
    if id == EnrolmentId::DEVICE {
        // Entries about the kiosk itself belong to no student.
        return Ok(());
    }
    let object = format!("the projection of enrolment {id}");
    let any: Option<bool> = tx
        .query_row("SELECT 1 FROM entry WHERE enrolment = ?1 LIMIT 1", [id.as_bytes()], |r| r.get(0))
        .optional()
        .named(&object)?;
    let task = if any.is_some() { entry_rows::task_of(tx, id)? } else { None };
    let Some(task) = task else {
        // Its last entry was set aside.
        tx.execute("DELETE FROM projection WHERE enrolment = ?1", [id.as_bytes()]).named(&object)?;
        tx.execute("DELETE FROM token WHERE enrolment = ?1", [id.as_bytes()]).named(&object)?;
        return Ok(());
    };
    let state = entry_rows::fold(tx, id)?;
    let (device, sequence) = here(tx)?;
    let now = Standing::of(&state, task, Durable::Kiosk { device: &device, sequence });
    tx.prepare_cached(
        "INSERT OR REPLACE INTO projection (enrolment, task, photo, draft, candidate, submissions, cases)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .and_then(|mut s| {
        s.execute((
            id.as_bytes(),
            now.task.as_str(),
            now.photo.code().as_str(),
            now.draft.as_ref().map(|e| e.0.as_bytes()),
            now.candidate.as_ref().map(|e| e.0.as_bytes()),
            now.submissions,
            now.cases,
        ))
    })
    .named(&object)?;
    tx.execute("DELETE FROM token WHERE enrolment = ?1", [id.as_bytes()]).named(&object)?;
    for token in &state.tokens {
        tx.execute(
            "INSERT INTO token (task, token, enrolment) VALUES (?1, ?2, ?3)",
            (now.task.as_str(), &token.0, id.as_bytes()),
        )
        .named(&object)?;
    }
    Ok(())
}

/// This device and how far its entries are durable at the server.
fn here(db: &Connection) -> Result<(DeviceId, u64), StoreError> {
    let device = match identity::identity(db)? {
        Some(identity) => identity.device,
        // Before enrolment nothing here is anybody's own; the server's name stands for "not this kiosk".
        None => {
            DeviceId::new(CENTRAL).map_err(|_| crate::error::row("the server's name", RowFault::Value))?
        }
    };
    Ok((device, meta::number(db, "durable_sequence")?))
}

const COLUMNS: &str = "SELECT enrolment, task, photo, draft, candidate, submissions, cases FROM projection";

fn standing(r: &Row<'_>) -> rusqlite::Result<Standing> {
    let unknown = |column| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, kind, RowFault::Value.into())
    };
    let photo: String = r.get(2)?;
    let entry = |bytes: Option<[u8; 16]>| bytes.map(|b| EntryId(Uuid::from_bytes(b)));
    Ok(Standing {
        enrolment: EnrolmentId::from_bytes(r.get(0)?),
        task: TaskId::new(r.get::<_, String>(1)?).map_err(|_| unknown(1))?,
        photo: PhotoState::ALL.into_iter().find(|s| s.code().as_str() == photo).ok_or_else(|| unknown(2))?,
        draft: entry(r.get(3)?),
        candidate: entry(r.get(4)?),
        submissions: r.get(5)?,
        cases: r.get(6)?,
    })
}

impl Store {
    /// Where an enrolment stands; `None` when nothing has happened to it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standing(&self, id: EnrolmentId) -> Result<Option<Standing>, StoreError> {
        self.read(|db| {
            db.prepare_cached(&format!("{COLUMNS} WHERE enrolment = ?1"))
                .and_then(|mut s| s.query_row([id.as_bytes()], standing).optional())
                .named(format!("the projection of enrolment {id}"))
        })
    }

    /// Every enrolment of a task to which something has happened.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standings(&self, task: &TaskId) -> Result<Vec<Standing>, StoreError> {
        self.read(|db| {
            db.prepare_cached(&format!("{COLUMNS} WHERE task = ?1 ORDER BY enrolment"))
                .and_then(|mut s| s.query_map([task.as_str()], standing)?.collect())
                .named(format!("the projections of task {task}"))
        })
    }

    /// The enrolments of a task to which this collection code was bound; more than one is a case.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn enrolments_by_token(
        &self,
        task: &TaskId,
        token: &TokenHash,
    ) -> Result<Vec<EnrolmentId>, StoreError> {
        self.read(|db| {
            db.prepare_cached("SELECT enrolment FROM token WHERE task = ?1 AND token = ?2 ORDER BY enrolment")
                .and_then(|mut s| {
                    let rows =
                        s.query_map((task.as_str(), &token.0), |r| r.get(0).map(EnrolmentId::from_bytes))?;
                    rows.collect()
                })
                .named("the bound codes")
        })
    }
}
