//! One budget of the table, and what it is measured with.

use std::path::Path;

use crate::sets::Sets;

/// Why a row has no figure.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotMeasured(pub String);

/// What measurements run on.
pub struct Bench<'a> {
    /// The named sets.
    pub sets: &'a Sets,
    /// A Python interpreter with the peers.
    pub peers: Option<&'a Path>,
}

impl Bench<'_> {
    /// The interpreter.
    ///
    /// # Errors
    /// [`NotMeasured`] without one.
    pub fn peers(&self) -> Result<&Path, NotMeasured> {
        self.peers
            .ok_or_else(|| NotMeasured("no Python interpreter with the peers is named (`make bench`)".into()))
    }
}

/// A budget and how it is measured.
pub struct Row {
    /// What is promised.
    pub what: &'static str,
    /// The limit.
    pub budget: &'static str,
    /// The command that repeats the measurement.
    pub command: &'static str,
    /// Measures it and returns the figures as text.
    pub measure: fn(&Bench<'_>) -> anyhow::Result<String>,
}
