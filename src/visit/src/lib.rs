//! The student's visit as a state machine.
//!
//! Touches, frame verdicts, timers and replies come in as [`Input`]; [`Visit::step`] answers with [`Effect`]s that somebody
//! else carries out. The room has no window, no camera, no clock and no disk, so a whole visit can be played in a test.
//!
//! Every effect that expects a reply carries a [`Ticket`]: the number of the visit and the generation of its stage. A reply
//! whose ticket is not the current one is dropped. That is what keeps the last student's data away from the next one.

mod capture;
mod effect;
mod identity;
mod idle;
mod input;
mod machine;
mod pick;
mod result;
mod scanning;
mod staff;
mod stage;
mod tasks;

pub use effect::{CueSound, Effect, Watch};
pub use input::{
    Assessed, CameraNews, CodeOutcome, Compared, Consent, FrameId, Input, Instruction, Live, Made,
    MakeOutcome, Moment, PinOutcome, Receipt, Reply, StoreOutcome, Ticket, Ticks, Touch,
};
pub use machine::{Presentation, Timings, Visit};
pub use stage::{
    Agreed, BirthStage, CaptureStage, Cover, Override, PickPhase, PickStage, Purpose, ReceiptStage,
    ResultStage, ScanStage, Sentence, SentenceStage, Sight, StaffStage, StaffStep, Stage, Subject, TaskCard,
    TasksStage, Way,
};

#[cfg(test)]
mod story;
