//! What the loop does itself, on the UI thread, without a worker.

use crate::photo::FrameId;
use crate::sentence::Sentence;
use collection::EnrolmentId;

/// Something for the loop itself. Nothing of this is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum UiRequest {
    /// Overwrite these pictures now.
    Forget(Vec<FrameId>),
    /// The visit is over: everything that anybody remembers of its student is overwritten.
    Wipe,
    /// Try the camera at once.
    RetryCamera,
    /// Staff vouches for this student: their visit begins, with [`crate::Input::Assisted`].
    BeginVisit(EnrolmentId),
    /// Stop the kiosk with this notice, or let it go on, with [`crate::Input::Pause`].
    Pause(Option<Sentence>),
    /// The staff panel closed: what its screens show of students and staff goes.
    LeavePanel,
    /// Send what waits for the server now.
    SyncNow,
}
