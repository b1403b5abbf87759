//! What the staff panel shows: counts, rows, one student's standing, what waits. Names are masked here too; the screen stands in a hall.

use collection::{EnrolmentId, PhotoState, TaskId};

/// The day in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Students on this kiosk's rosters.
    pub roster: u32,
    /// Submitted, of all days.
    pub submitted: u32,
    /// Submitted here today.
    pub submitted_today: u32,
    /// Made here today.
    pub made_today: u32,
    /// Made and not submitted.
    pub drafts: u32,
    /// Nothing submitted.
    pub missing: u32,
    /// Not approved, to be done again.
    pub rejected: u32,
    /// With the registry.
    pub cases: u32,
}

/// What has not reached the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Entries that the server has not taken.
    pub entries: u64,
    /// Pictures that the server does not have whole.
    pub pictures: u64,
    /// Entries that the server refused; the registry has to look.
    pub refused: u64,
    /// Of the entries and pictures that wait, how many lie on an exported stick.
    pub exported: u64,
    /// Whether the server answers.
    pub online: bool,
}

impl Waiting {
    /// How many things are in one place only.
    #[must_use]
    pub const fn unsafe_things(&self) -> u64 {
        (self.entries + self.pictures).saturating_sub(self.exported) + self.refused
    }
}

/// How sure the kiosk is of the time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Date and time as the kiosk shows them, the school's zone.
    pub shown: String,
    /// How far the kiosk was from the server's time when it last heard it, seconds; `None`: never.
    pub off_seconds: Option<i64>,
}

/// The staff panel's first page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// The day in numbers.
    pub counts: Counts,
    /// What waits.
    pub waiting: Waiting,
    /// The clock.
    pub clock: Clock,
    /// Names of the tasks that this kiosk collects for.
    pub tasks: Vec<String>,
}

/// A student in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// Which enrolment.
    pub enrolment: EnrolmentId,
    /// Masked name.
    pub name: String,
    /// Class.
    pub class: String,
    /// Where the photo stands.
    pub state: PhotoState,
}

/// One student, for staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Which enrolment.
    pub enrolment: EnrolmentId,
    /// Which task.
    pub task: TaskId,
    /// Name of the task.
    pub task_name: String,
    /// Masked name.
    pub name: String,
    /// Masked number.
    pub number: String,
    /// Class.
    pub class: String,
    /// Where the photo stands.
    pub state: PhotoState,
    /// Productions left today.
    pub productions_left: u32,
    /// Tries of the second factor left.
    pub tries_left: u32,
    /// Comparisons that may still fail before the registry takes the case.
    pub comparisons_left: u32,
}

/// The evening's question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayEnd {
    /// What waits.
    pub waiting: Waiting,
    /// Portraits that were made and not submitted; they are named, but nothing of them is lost.
    pub drafts: u32,
    /// Submitted here today.
    pub submitted_today: u32,
}

impl DayEnd {
    /// Whether the day is done: everything is at the server or on a stick, and nothing was refused.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.waiting.unsafe_things() == 0
    }
}
