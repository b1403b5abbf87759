//! What entries are judged by: the settings of the task's versions, and the school's staff and kiosks.

use crate::{CENTRAL, DeviceId, Entry, Settings, StaffId, Task, TaskId};
use std::collections::{BTreeMap, BTreeSet};

/// What entries are judged by: the settings of a task by version (a decision is judged by the version that its entry
/// carries), and the school's staff and kiosks.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    settings: BTreeMap<u32, Settings>,
    staff: Option<BTreeSet<StaffId>>,
    devices: Option<BTreeSet<DeviceId>>,
    task: Option<TaskId>,
}

impl Versions {
    /// The settings of every version that is known here.
    pub fn new(versions: impl IntoIterator<Item = (u32, Settings)>) -> Self {
        Versions { settings: versions.into_iter().collect(), ..Versions::default() }
    }

    /// With every member of the school's staff that the server ever named. The set only grows, so entries stay valid when a
    /// member leaves, and an entry that names a later member counts from the day on which that member is known here. A kiosk's
    /// entry that names anybody else is ignored. Without a list every name is accepted.
    #[must_use]
    pub fn with_staff(self, staff: impl IntoIterator<Item = StaffId>) -> Self {
        Versions { staff: Some(staff.into_iter().collect()), ..self }
    }

    /// With every kiosk that the school ever enrolled, those that are revoked included. An entry counts for an enrolment of its
    /// kiosk's own school only, so an entry of any other kiosk is ignored; the server's own entries are accepted. Without a list
    /// every kiosk is accepted: a kiosk gets only its own school's entries.
    #[must_use]
    pub fn with_devices(self, kiosks: impl IntoIterator<Item = DeviceId>) -> Self {
        Versions { devices: Some(kiosks.into_iter().collect()), ..self }
    }

    /// At this task: an entry of another task is misplaced, because an enrolment is one student at one task.
    #[must_use]
    pub fn at_task(self, task: TaskId) -> Self {
        Versions { task: Some(task), ..self }
    }

    /// Whether an entry is of this task, as far as the task is known.
    pub(super) fn is_at(&self, entry: &Entry) -> bool {
        self.task.as_ref().is_none_or(|task| *task == entry.task)
    }

    /// Whether an entry is the server's or a kiosk's of the school, as far as the school's kiosks are known.
    pub(super) fn is_of_school(&self, entry: &Entry) -> bool {
        let kiosk = Some(&entry.device).filter(|device| device.as_str() != CENTRAL);
        kiosk.is_none_or(|kiosk| self.devices.as_ref().is_none_or(|all| all.contains(kiosk)))
    }

    /// Whether an entry names no member of staff, or a known one. The server's own entries are accepted.
    pub(super) fn knows(&self, entry: &Entry) -> bool {
        let named = entry.kind.staff().filter(|_| entry.device.as_str() != CENTRAL);
        named.is_none_or(|name| self.staff.as_ref().is_none_or(|all| all.contains(name)))
    }

    /// The one version of this task.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Versions::new([(task.version, task.settings.clone())]).at_task(task.id.clone())
    }

    /// The settings of this version; for an unknown version those of the nearest lower, else higher one, else the defaults.
    #[must_use]
    pub fn at(&self, version: u32) -> Settings {
        let below = self.settings.range(..=version).next_back();
        let nearest = below.or_else(|| self.settings.range(version..).next());
        nearest.map(|(_, s)| s.clone()).unwrap_or_default()
    }
}
