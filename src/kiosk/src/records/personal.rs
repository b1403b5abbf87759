//! What students type about themselves: who somebody on no roster is, and where prints are sent. It lies beside the journal.

use super::Clerk;
use collection::{EnrolmentId, Task, TaskId};
use visit::{ByHand, EnteredOutcome, KeptOutcome, PostalAddress, TaskRow};

impl Clerk {
    /// The tasks that can be searched for here.
    pub(super) fn schools(&self) -> Vec<TaskRow> {
        let tasks =
            self.store.tasks().inspect_err(|error| tracing::error!(%error, "the tasks could not be read"));
        tasks.unwrap_or_default().iter().map(TaskRow::of).collect()
    }

    pub(super) fn whole_task(&self, task: &TaskId) -> Option<Box<Task>> {
        let found =
            self.store.task(task).inspect_err(|error| tracing::error!(%error, "a task could not be read"));
        found.ok().flatten().map(Box::new)
    }

    pub(super) fn enter_by_hand(&self, _visit: u64, _task: &TaskId, _person: &ByHand) -> EnteredOutcome {
        EnteredOutcome::Failed { code: "store.failed".to_owned() }
    }

    pub(super) fn keep_address(
        &self,
        _whose: EnrolmentId,
        _task: &TaskId,
        _to: &PostalAddress,
    ) -> KeptOutcome {
        KeptOutcome::NotConnected
    }
}
