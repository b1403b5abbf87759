//! What reading a code asks of the kiosk around it, and what comes of it.

use super::fault::CodeFault;
use crate::{EnrolmentId, RosterEntry, Task, TaskId, TokenHash, UniqueNumber};

/// The student whom a code names.
#[derive(Clone, Debug)]
pub struct Match {
    /// The task.
    pub task: Task,
    /// The student on its roster.
    pub entry: RosterEntry,
    /// Nothing in the code names the student; the student used it first. A person who says "not me" may claim it.
    pub bound: bool,
}

/// Why a collector's command gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It did not answer in time.
    TimedOut,
    /// It is not configured, could not be shut off from the network, broke off, or its reply is no reply.
    Failed,
}

/// What reading a code asks of the kiosk around it: the collector's commands and the records.
pub trait RosterLookup {
    /// Why the kiosk cannot answer; ends the reading.
    type Error;

    /// Runs the command configured under this name on the payload; its reply, at most [`MAX_REPLY_BYTES`].
    ///
    /// # Errors
    /// [`Failure`], which only passes the code on.
    fn decode(&mut self, decoder: &str, payload: &[u8]) -> Result<Vec<u8>, Failure>;

    /// The student with this unique number on the task's roster.
    ///
    /// # Errors
    /// When the roster cannot be read.
    fn student(&mut self, task: &TaskId, number: &UniqueNumber) -> Result<Option<RosterEntry>, Self::Error>;

    /// The enrolments to which this code was bound.
    ///
    /// # Errors
    /// When they cannot be read.
    fn holders(&mut self, task: &TaskId, token: &TokenHash) -> Result<Vec<EnrolmentId>, Self::Error>;

    /// The roster's entry of an enrolment.
    ///
    /// # Errors
    /// When the roster cannot be read.
    fn enrolled(&mut self, enrolment: EnrolmentId) -> Result<Option<RosterEntry>, Self::Error>;

    /// Whether a portrait of this enrolment was submitted; its student may see it after the task closed.
    ///
    /// # Errors
    /// When it cannot be read.
    fn has_submitted(&mut self, enrolment: EnrolmentId) -> Result<bool, Self::Error>;
}

/// What one decoder made of a code.
pub(super) enum Outcome<'t> {
    /// It names this student at this task.
    Student(&'t Task, Box<RosterEntry>),
    /// The decoder knows the code and rejects it.
    Fault(CodeFault),
    /// Not its code; the fault to report if no other decoder knows it either.
    NotMine(Option<CodeFault>),
}
