//! What a student is told before the camera, one thing at a time: the words that the live check coaches with.

use serde::Serialize;

/// One thing for the student to do. Left and right are the student's own: `Left` means move to your own left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Instruction {
    /// Nobody is there.
    NoFace,
    /// Somebody else is in the picture.
    SeveralFaces,
    /// Come closer.
    Closer,
    /// Step back.
    Farther,
    /// Move to your left.
    Left,
    /// Move to your right.
    Right,
    /// Move up: sit or stand taller.
    Up,
    /// Move down.
    Down,
    /// Hold the head straight.
    Straighten,
    /// Look into the lens.
    LookHere,
    /// There is too little light.
    MoreLight,
    /// The light comes from one side.
    EvenLight,
    /// The frame is shaken.
    HoldStill,
}
