//! What the production worker is asked for.

use crate::photo::FrameId;
use collection::Comparing;
use standard::{BackgroundName, Preset};
use std::sync::Arc;

/// A question to the production worker.
#[derive(Clone, Debug, PartialEq)]
pub enum ProductionRequest {
    /// Take three frames and assess them; answered with [`crate::Reply::Burst`].
    Burst {
        /// By which standard.
        preset: Arc<Preset>,
        /// For which background.
        background: BackgroundName,
    },
    /// Compare a frame with the admission photo; answered with [`crate::Reply::Compared`].
    Compare {
        /// The frame.
        frame: FrameId,
        /// The admission photo; `None` where the roster promises one that this kiosk does not have.
        admission: Option<FrameId>,
        /// The task's bands.
        comparing: Comparing,
    },
    /// Make the portrait; answered with [`crate::Reply::Make`].
    Make {
        /// From which frame.
        frame: FrameId,
        /// By which standard.
        preset: Arc<Preset>,
        /// Before which background.
        background: BackgroundName,
        /// Refuse on blocking capture checks: unless staff overrode them.
        strict: bool,
    },
}
