//! The student's visit and the staff panel as state machines.
//!
//! Touches, frame verdicts, timers and replies come in as [`Input`]; [`Visit::step`] answers with [`Request`]s that somebody
//! else carries out. This crate has no window, no camera, no clock and no disk, so a whole visit can be played in a test.
//!
//! A visit is what belongs to the kiosk and, from the first sign of a person on, a session: the stage and everything that is
//! known of the student. Ending the visit drops the session. Each stage answers for itself in a file of `stage/` and names what
//! comes next; `flow` begins it.
//!
//! [`StaffPanel`] is the staff's side of the same kiosk, with the same inputs and requests; its tickets are never a visit's.
//!
//! Every question carries a [`Ticket`]: the number of the visit and the generation of its stage. A reply whose ticket is not
//! the current one is dropped. That is what keeps the last student's data away from the next one.

#![deny(clippy::wildcard_enum_match_arm)]

mod arrival;
mod behaviour;
mod clock;
mod consent;
mod context;
mod cover;
mod flow;
mod input;
mod next;
mod override_reasons;
mod panel;
mod panel_facts;
mod personal;
mod photo;
mod pin;
mod records_data;
mod reply;
mod request;
mod sentence;
mod stage;
mod subject;
mod subset;
mod throttle;
mod ticket;
mod timings;
mod touch;
mod typing;
mod visit;

pub use clock::Moment;
pub use consent::{Agreed, Consent};
pub use context::Presentation;
pub use cover::Cover;
pub use input::{CameraNews, Input, Live, Ticks};
pub use next::{After, Help, NextAction, Override};
pub use panel::{
    ClockStage, ListStage, PAUSE_NOTICES, PanelStage, PinStage, SearchStage, StaffPanel, StudentStage,
};
pub use panel_facts::{Board, Clock, Counts, DayEnd, Dossier, ListRow, Waiting};
pub use personal::{Payload, Personal, Typed};
pub use photo::{Assessed, Compared, Draft, FrameId, Made};
pub use records_data::{PostalAddress, Region, TaskCard, TaskRow, TypedPerson};
pub use reply::{
    BindOutcome, CodeOutcome, EnteredOutcome, FoundOutcome, KeptOutcome, MakeOutcome, PayOutcome, PinOutcome,
    Receipt, Reply, StoreOutcome,
};
pub use request::{
    Answered, Asked, JournalEvent, JournalRequest, List, Production, ProductionRequest, RecordsRequest,
    Request, StaffRequest, Submission, UiRequest, Watch,
};
pub use sentence::Sentence;
pub use stage::{
    AddressStage, AddressStep, BirthStage, CATEGORIES, CaptureStage, EntryStage, HelpStage, IdentityStage,
    LoadingStage, ManualField, ManualStage, PausedStage, PaymentStage, PickPhase, PickStage, ReceiptStage,
    ResultStage, ScanHint, ScanStage, SchoolStage, SentenceStage, StaffStage, StaffStep, StaffTask, Stage,
    TasksStage, WhoStage,
};
pub use subject::{EnrolmentRef, IdentifiedBy, Purpose, Subject};
pub use ticket::Ticket;
pub use timings::Timings;
pub use touch::{PanelPage, Touch};
pub use typing::Keystroke;
pub use visit::Visit;

#[cfg(test)]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a scenario looks at what it is about, and at nothing else"
)]
mod tests;
