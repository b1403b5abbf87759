//! The student in front with everything that their visit needs: who it is, the task and its standard, and the admission photo.

use crate::photo::FrameId;
use collection::{Enrolment, EnrolmentId, RosterEntry, Task, TaskId};
use standard::Preset;
use std::fmt;
use std::sync::Arc;

/// The student in front, as far as a code, a number or a member of staff tells.
#[derive(Clone)]
pub struct Subject {
    /// The task of the code.
    pub task: Task,
    /// The task's standard.
    pub preset: Arc<Preset>,
    /// The roster's entry.
    pub entry: RosterEntry,
    /// What the journal knows.
    pub enrolment: Enrolment,
    /// How the student was identified.
    pub identified_by: IdentifiedBy,
    /// The school's photo of the student, held in the kiosk's vault; `None` where the kiosk has none.
    pub admission_photo: Option<FrameId>,
}

/// How it became known who stands in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifiedBy {
    /// A code that names its student.
    Code,
    /// A code that was bound by its first use.
    BoundCode,
    /// A typed number.
    Number,
    /// A member of staff.
    Staff,
    /// What they typed about themselves; they are on no roster.
    ManualEntry,
}

/// What a student came for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To be photographed.
    #[default]
    Portrait,
    /// To see 我的任务.
    MyTasks,
    /// To say where prints are sent, on the way to the camera.
    Address,
}

/// One enrolment at one task: what an entry of the journal is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentRef {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// At which task.
    pub task: TaskId,
}

impl Subject {
    /// The enrolment in hand.
    #[must_use]
    pub fn key(&self) -> EnrolmentRef {
        EnrolmentRef { enrolment: self.entry.enrolment, task: self.task.id.clone() }
    }

    /// Whether there is an admission photo to compare with.
    #[must_use]
    pub fn can_compare(&self) -> bool {
        self.entry.admission_photo.is_some()
    }

    /// Whether a portrait that was made before waits to be submitted.
    pub(crate) fn has_draft(&self) -> bool {
        self.enrolment.draft.is_some()
    }

    /// The registry's telephone.
    pub(crate) fn phone(&self) -> String {
        self.task.registry_phone.clone()
    }
}

/// Of the preset only its name: it is the school's, long, and nothing of a student.
impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Subject { task, preset, entry, enrolment, identified_by, admission_photo } = self;
        f.debug_struct("Subject")
            .field("task", task)
            .field("preset", &preset.name)
            .field("entry", entry)
            .field("enrolment", enrolment)
            .field("identified_by", identified_by)
            .field("admission_photo", admission_photo)
            .finish()
    }
}
