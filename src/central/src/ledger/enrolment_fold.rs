//! An enrolment's state: its whole journal, folded by the rules that its task had and has.
//!
//! Whatever reads the meaning of entries, of one enrolment or across several, reads it here: which task an enrolment is at, and
//! which entries are another task's or another school's and have no effect, is decided once.

use super::error::LedgerError;
use super::tables::{device, student, submission, task};
use super::{entry_rows, task_versions};
use collection::{CENTRAL, Enrolment, EnrolmentId, Entry, EntryId, TaskId, fold};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Enrolments asked for by one statement: engines bound the values in a statement.
const STEP: usize = 500;

/// Entries by enrolment, each in the order of arrival.
type Journals = BTreeMap<EnrolmentId, Vec<Entry>>;

/// An enrolment's journal and the state that follows from it.
pub(super) struct FoldedEnrolment {
    pub id: EnrolmentId,
    /// The task by whose rules the journal was folded.
    pub task: TaskId,
    /// Task version of the entry of this task that arrived first.
    pub task_version: u32,
    /// In the order of arrival.
    pub entries: Vec<Entry>,
    pub state: Enrolment,
}

impl FoldedEnrolment {
    /// The entries without those of another task or of another school's kiosk, which have no effect on other enrolments either.
    pub fn into_own_entries(self) -> impl Iterator<Item = Entry> {
        let foreign = self.state.ignored.iter().filter(|i| i.reason.is_foreign());
        let foreign: BTreeSet<EntryId> = foreign.map(|i| i.entry).collect();
        self.entries.into_iter().filter(move |e| !foreign.contains(&e.id))
    }
}

/// Folds the journal of an enrolment; `None` when it has no entry that can be read.
pub(super) async fn fold_of(
    tx: &DatabaseTransaction,
    id: EnrolmentId,
) -> Result<Option<FoldedEnrolment>, LedgerError> {
    let mut journals = Journals::from([(id, entry_rows::of_enrolment(tx, id).await?)]);
    let Some(task) = tasks_of(tx, &journals).await?.remove(&id) else { return Ok(None) };
    let entries = journals.remove(&id).unwrap_or_default();
    let task_version = entries.iter().find(|e| e.task == task).map_or(0, |e| e.task_version);
    let state = fold(id, &entries, &task_versions::of_task(tx, &task).await?);
    Ok(Some(FoldedEnrolment { id, task, task_version, entries, state }))
}

/// Folds every enrolment of a task. Reads the whole journal.
pub(super) async fn folds_of_task<C: ConnectionTrait>(
    db: &C,
    task: &TaskId,
) -> Result<BTreeMap<EnrolmentId, Enrolment>, LedgerError> {
    let mut journals = Journals::new();
    for entry in entry_rows::all(db).await? {
        journals.entry(entry.enrolment).or_default().push(entry);
    }
    // What kiosks write about themselves is no student's.
    journals.remove(&EnrolmentId::DEVICE);
    journals.retain(|_, entries| entries.iter().any(|e| e.task == *task));
    let tasks = tasks_of(db, &journals).await?;
    let versions = task_versions::of_task(db, task).await?;
    let here = journals.iter().filter(|(id, _)| tasks.get(id) == Some(task));
    Ok(here.map(|(id, entries)| (*id, fold(*id, entries, &versions))).collect())
}

/// The task of each enrolment that has an entry: of its roster row, else, when no roster has it any more, of its submissions, else,
/// for a student who was typed in, of the first entry that the server or a kiosk of the task's school wrote.
async fn tasks_of<C: ConnectionTrait>(
    db: &C,
    journals: &Journals,
) -> Result<BTreeMap<EnrolmentId, TaskId>, LedgerError> {
    let known = recorded_tasks(db, journals.keys()).await?;
    let unrecorded = journals.iter().filter(|(id, _)| !known.contains_key(&id.to_string()));
    let schools = Schools::named_in(db, unrecorded.flat_map(|(_, entries)| entries)).await?;
    let mut tasks = BTreeMap::new();
    for (id, entries) in journals {
        let Some(first) = entries.first() else { continue };
        let task = match known.get(&id.to_string()) {
            Some(task) => TaskId::new(task.clone()).map_err(|e| LedgerError::row("student", &e))?,
            None => entries.iter().find(|e| schools.are_one(e)).unwrap_or(first).task.clone(),
        };
        tasks.insert(*id, task);
    }
    Ok(tasks)
}

/// The tasks that roster rows and submissions record, by enrolment; a roster row goes before a submission.
async fn recorded_tasks<C: ConnectionTrait>(
    db: &C,
    ids: impl Iterator<Item = &EnrolmentId>,
) -> Result<HashMap<String, String>, LedgerError> {
    let ids: Vec<String> = ids.map(ToString::to_string).collect();
    let mut tasks = HashMap::new();
    for some in ids.chunks(STEP) {
        let submissions = submission::Entity::find()
            .select_only()
            .columns([submission::Column::Enrolment, submission::Column::Task])
            .filter(submission::Column::Enrolment.is_in(some.to_vec()));
        tasks.extend(submissions.into_tuple::<(String, String)>().all(db).await?);
        let students = student::Entity::find()
            .select_only()
            .columns([student::Column::Enrolment, student::Column::Task])
            .filter(student::Column::Enrolment.is_in(some.to_vec()));
        tasks.extend(students.into_tuple::<(String, String)>().all(db).await?);
    }
    Ok(tasks)
}

/// The schools of tasks and of kiosks, by id.
#[derive(Default)]
struct Schools {
    tasks: HashMap<String, String>,
    devices: HashMap<String, String>,
}

impl Schools {
    /// Those of the tasks and kiosks that these entries name.
    async fn named_in<'e, C: ConnectionTrait>(
        db: &C,
        entries: impl Iterator<Item = &'e Entry>,
    ) -> Result<Schools, LedgerError> {
        let (mut tasks, mut devices) = (BTreeSet::new(), BTreeSet::new());
        for entry in entries {
            tasks.insert(entry.task.as_str());
            devices.insert(entry.device.as_str());
        }
        if tasks.is_empty() {
            return Ok(Schools::default());
        }
        let tasks = task::Entity::find()
            .select_only()
            .columns([task::Column::Id, task::Column::SchoolCode])
            .filter(task::Column::Id.is_in(tasks));
        let devices = device::Entity::find()
            .select_only()
            .columns([device::Column::Id, device::Column::SchoolCode])
            .filter(device::Column::Id.is_in(devices));
        Ok(Schools {
            tasks: tasks.into_tuple::<(String, String)>().all(db).await?.into_iter().collect(),
            devices: devices.into_tuple::<(String, String)>().all(db).await?.into_iter().collect(),
        })
    }

    /// Whether the entry's author, a kiosk or the server, may write about the entry's task.
    fn are_one(&self, entry: &Entry) -> bool {
        let Some(school) = self.tasks.get(entry.task.as_str()) else { return false };
        entry.device.as_str() == CENTRAL || self.devices.get(entry.device.as_str()) == Some(school)
    }
}
