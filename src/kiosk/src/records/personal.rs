//! What students type about themselves: who somebody on no roster is, and where prints are sent. The typed data are kept as a
//! record attached to the journal, encrypted and sent like a picture; the entry says only its hash.

use super::RecordsWorker;
use crate::lookup;
use collection::record::{Address, AddressForm, FieldFault, ManualEntry, ManualForm, Record, RecordError};
use collection::{
    EnrolmentId, Found, MatchingKey, RosterEntry, Task, TaskId, UniqueNumber, mask_name, mask_number,
    matching,
};
use jiff::civil::Date;
use sentences::{Code, codes};
use store::{PictureIn, PictureRole, StoreError};
use visit::{
    EnrolmentRef, EnteredOutcome, IdentifiedBy, KeptOutcome, PostalAddress, Sentence, TaskRow, TypedPerson,
};

/// Why something that was typed was not kept.
#[derive(Debug, thiserror::Error)]
enum PersonalError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record cannot be written.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A field is not of its form; which, and never what was in it.
    #[error("{} of what was typed is not of its form", .0.field.code())]
    Field(FieldFault),
    /// The task is not here any more, or has no readable key.
    #[error("the task is not here")]
    NoTask,
}

impl PersonalError {
    fn code(&self) -> Code {
        match self {
            PersonalError::Store(error) => error.code(),
            PersonalError::Field(fault) => fault.code,
            PersonalError::Record(_) | PersonalError::NoTask => codes::MANUAL_NOT_KEPT,
        }
    }
}

impl From<Vec<FieldFault>> for PersonalError {
    fn from(faults: Vec<FieldFault>) -> PersonalError {
        faults.into_iter().next().map_or(PersonalError::NoTask, PersonalError::Field)
    }
}

impl RecordsWorker {
    /// The tasks that can be searched for here.
    pub(super) fn schools(&self) -> Vec<TaskRow> {
        let tasks = self.store.tasks();
        let tasks = tasks.inspect_err(|error| tracing::error!(%error, "the tasks could not be read"));
        tasks.unwrap_or_default().iter().map(TaskRow::of).collect()
    }

    pub(super) fn whole_task(&self, task: &TaskId) -> Option<Box<Task>> {
        let found = self.store.task(task);
        let found = found.inspect_err(|error| tracing::error!(%error, "a task could not be read"));
        found.ok().flatten().map(Box::new)
    }

    /// Keeps who somebody says they are and makes their enrolment. Somebody on the roster is found there instead, so that
    /// nobody gets a second enrolment by typing.
    pub(super) fn keep_manual_entry(&self, task: &TaskId, person: &TypedPerson, day: Date) -> EnteredOutcome {
        self.enter(task, person, day).unwrap_or_else(|error| {
            tracing::error!(%error, "a manual entry could not be kept");
            EnteredOutcome::Failed(Sentence::plain(error.code()))
        })
    }

    fn enter(&self, task: &TaskId, person: &TypedPerson, day: Date) -> Result<EnteredOutcome, PersonalError> {
        let task = self.store.task(task)?.ok_or(PersonalError::NoTask)?;
        if let Found::One(entry) =
            lookup::typed(&self.store, std::slice::from_ref(&person.number), Some(&task.id))?
        {
            let subject = self.subject(task, *entry, IdentifiedBy::Number)?;
            return Ok(EnteredOutcome::OnRoster(Box::new(subject)));
        }
        let key = task.key().map_err(|_| PersonalError::NoTask)?;
        let form = ManualForm {
            name: &person.name,
            document: person.kind,
            number: &person.number,
            birth: &person.birth,
            unique_number: "",
            student_number: "",
            class: &person.class,
            programme: "",
        };
        let typed = ManualEntry::read(&form, day)?;
        let enrolment = typed.enrolment(&key);
        let entry = roster_entry(&typed, &key, &task.id)?;
        if self.store.enrolment(enrolment)?.manual_entry.is_none() {
            let of = EnrolmentRef { enrolment, task: task.id.clone() };
            self.keep_record(&of, &Record::ManualEntry(typed))?;
        }
        let subject = self.subject(task, entry, IdentifiedBy::ManualEntry)?;
        Ok(EnteredOutcome::Kept(Box::new(subject)))
    }

    pub(super) fn keep_address(&self, of: &EnrolmentRef, to: &PostalAddress) -> KeptOutcome {
        let region: Vec<&str> = to.region.iter().map(|r| r.name.as_str()).collect();
        let region = region.join(" ");
        let (recipient, phone, street) = (to.recipient.as_str(), to.phone.as_str(), to.street.as_str());
        let form = AddressForm { recipient, phone, region: &region, street, postcode: "" };
        let kept = Address::read(&form)
            .map_err(PersonalError::from)
            .and_then(|address| self.keep_record(of, &Record::Address(address)));
        match kept {
            Ok(()) => KeptOutcome::Kept,
            Err(error) => {
                tracing::error!(%error, "an address could not be kept");
                KeptOutcome::Failed
            }
        }
    }

    /// The student of this enrolment: as the roster has them, or as they were typed in at this kiosk.
    pub(super) fn person(&self, enrolment: EnrolmentId) -> Result<Option<RosterEntry>, StoreError> {
        if let Some(entry) = self.store.roster_by_enrolment(enrolment)? {
            return Ok(Some(entry));
        }
        let Some(record) = self.store.enrolment(enrolment)?.manual_entry else { return Ok(None) };
        let Some(file) = self.store.picture(record.into())? else { return Ok(None) };
        let Some(task) = self.task_of(enrolment)? else { return Ok(None) };
        let (Ok(Record::ManualEntry(typed)), Ok(key)) = (Record::open(&file.bytes), task.key()) else {
            return Ok(None);
        };
        Ok(roster_entry(&typed, &key, &task.id).ok())
    }

    fn task_of(&self, enrolment: EnrolmentId) -> Result<Option<Task>, StoreError> {
        let entries = self.store.entries(enrolment)?;
        entries.first().map_or(Ok(None), |entry| self.store.task(&entry.task))
    }

    /// One transaction: the record and the entry that refers to it.
    fn keep_record(&self, of: &EnrolmentRef, record: &Record) -> Result<(), PersonalError> {
        let sealed = record.seal(rand::random())?;
        let file = PictureIn { bytes: &sealed.bytes, role: PictureRole::Record };
        self.append_with(of, None, record.kind(sealed.hash), &[file])?;
        Ok(())
    }
}

/// Somebody on no roster as a roster would have them: masked for the eye, hashed for the match.
fn roster_entry(typed: &ManualEntry, key: &MatchingKey, task: &TaskId) -> Result<RosterEntry, PersonalError> {
    let enrolment = typed.enrolment(key);
    // The number that CHSI gives them is the registry's to find; until then this one is theirs alone.
    let stand_in = || UniqueNumber::new(enrolment.to_string().to_uppercase());
    let unique_number = UniqueNumber::new(typed.unique_number.as_str()).or_else(|_| stand_in());
    Ok(RosterEntry {
        enrolment,
        task: task.clone(),
        unique_number: unique_number.map_err(|_| PersonalError::NoTask)?,
        masked_name: mask_name(&typed.name),
        masked_number: mask_number(&typed.number),
        class: typed.class.clone(),
        programme: typed.programme.clone(),
        matching: matching(key, &typed.number, &typed.student_number, &typed.birth),
        admission_photo: None,
    })
}
