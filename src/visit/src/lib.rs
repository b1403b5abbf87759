//! The student's visit and the staff's desk as state machines.
//!
//! Touches, frame verdicts, timers and replies come in as [`Input`]; [`Visit::step`] answers with [`Effect`]s that somebody
//! else carries out. The room has no window, no camera, no clock and no disk, so a whole visit can be played in a test.
//!
//! [`StaffPanel`] is the staff's side of the same kiosk, with the same inputs and effects; its tickets are never a visit's.
//!
//! Every effect that expects a reply carries a [`Ticket`]: the number of the visit and the generation of its stage. A reply
//! whose ticket is not the current one is dropped. That is what keeps the last student's data away from the next one.

mod address;
mod capture;
mod effect;
mod entry;
mod identity;
mod idle;
mod input;
mod machine;
mod manual;
mod panel;
mod payment;
mod pick;
mod result;
mod road;
mod scanning;
mod school;
mod staff;
mod stage;
mod tasks;
mod typing;

pub use address::{AddressStage, AddressStep, After, PostalAddress, Region};
pub use effect::{Effect, List, Watch};
pub use input::{
    Assessed, BindOutcome, CameraNews, CodeOutcome, Compared, Consent, Draft, FoundOutcome, FrameId, Input,
    KeptOutcome, Live, Made, MakeOutcome, Moment, PanelPage, PayOutcome, PinOutcome, Receipt, Reply,
    StoreOutcome, Ticket, Ticks, Touch,
};
pub use machine::{Presentation, Timings, Visit};
pub use manual::{EnteredOutcome, ManualField, ManualStage, TypedPerson};
pub use panel::{
    Board, Clock, Counts, DayEnd, Dossier, ListRow, ListStage, PAUSE_NOTICES, PanelStage, PinStage,
    SearchStage, StaffPanel, StudentStage, Waiting,
};
pub use school::{CATEGORIES, SchoolStage, TaskRow};
pub use stage::{
    Agreed, BirthStage, CaptureStage, Cover, EntryStage, Help, IdentifiedBy, NextAction, Override,
    PaymentStage, PickPhase, PickStage, Purpose, ReceiptStage, ResultStage, ScanHint, ScanStage, Sentence,
    SentenceStage, StaffStage, StaffStep, StaffTask, Stage, Subject, TaskCard, TasksStage,
};

#[cfg(test)]
mod tests;
