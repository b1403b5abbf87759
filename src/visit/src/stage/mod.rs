//! Where a visit stands: one file a stage, with its state, what it answers and where it goes on. A stage is registered by one
//! row of the table below; which stage follows which, [`crate::flow`] says.

pub(crate) mod address;
pub(crate) mod birth;
pub(crate) mod capture;
pub(crate) mod entry;
pub(crate) mod help;
pub(crate) mod identity;
pub(crate) mod loading;
pub(crate) mod manual;
pub(crate) mod paused;
pub(crate) mod payment;
pub(crate) mod pick;
pub(crate) mod receipt;
pub(crate) mod result;
pub(crate) mod scan;
pub(crate) mod school;
pub(crate) mod sentence;
pub(crate) mod staff;
pub(crate) mod tasks;
pub(crate) mod who;

pub use address::{AddressStage, AddressStep};
pub use birth::BirthStage;
pub use capture::CaptureStage;
pub use entry::EntryStage;
pub use help::HelpStage;
pub use identity::IdentityStage;
pub use loading::LoadingStage;
pub use manual::{ManualField, ManualStage};
pub use paused::PausedStage;
pub use payment::PaymentStage;
pub use pick::{PickPhase, PickStage};
pub use receipt::ReceiptStage;
pub use result::ResultStage;
pub use scan::{ScanHint, ScanStage};
pub use school::{CATEGORIES, SchoolStage};
pub use sentence::SentenceStage;
pub use staff::{StaffStage, StaffStep, StaffTask};
pub use tasks::TasksStage;
pub use who::WhoStage;

use crate::behaviour::{Resting, Role, Seen};
use crate::context::Context;
use crate::next::Next;
use crate::reply::Reply;
use crate::touch::Touch;

macro_rules! stages {
    ($($(#[$doc:meta])* $role:ident $name:ident($state:ty)),+ $(,)?) => {
        /// Where a visit stands. The screen is a function of this.
        #[derive(Clone, Debug)]
        pub enum Stage {
            $($(#[$doc])* $name($state)),+
        }

        impl Stage {
            /// What holds of it while nothing happens.
            pub(crate) fn resting(&self) -> &dyn Resting {
                match self {
                    $(Stage::$name(stage) => stage),+
                }
            }

            fn role(&mut self) -> Role<'_> {
                match self {
                    $(Stage::$name(stage) => Role::$role(stage)),+
                }
            }
        }
    };
}

stages! {
    /// The attract screen, which is the scanner.
    Open Scan(ScanStage),
    /// How to get a code.
    Open Help(HelpStage),
    /// In place of the scanner while the kiosk is stopped.
    Open Paused(PausedStage),
    /// Which school, which task?
    Open School(SchoolStage),
    /// Typed entry.
    Open Entry(EntryStage),
    /// Manual entry of somebody who is on no roster.
    Open Manual(ManualStage),
    /// Something is being fetched; what was on the screen stays there.
    Open Loading(LoadingStage),
    /// One sentence.
    Open Sentence(SentenceStage),
    /// One masked name: is it you?
    Known Who(WhoStage),
    /// Second factor.
    Known Birth(BirthStage),
    /// Identity and consent.
    Known Identity(IdentityStage),
    /// How to pay.
    Known Payment(PaymentStage),
    /// Where prints are sent.
    Known Address(AddressStage),
    /// Before the camera.
    Known Capture(CaptureStage),
    /// Choose and confirm.
    Known Pick(PickStage),
    /// Staff at the student's side.
    Known Staff(StaffStage),
    /// The finished portrait.
    Known Result(ResultStage),
    /// The receipt.
    Known Receipt(ReceiptStage),
    /// 我的任务
    Known Tasks(TasksStage),
}

impl Stage {
    pub(crate) fn begin(&mut self, cx: &mut Context<'_>) {
        match self.role() {
            Role::Open(stage) => stage.begin(cx),
            Role::Known(stage) => {
                cx.with_subject(|cx, subject| {
                    stage.begin(cx, subject);
                    Next::Stay
                });
            }
        }
    }

    pub(crate) fn touch(&mut self, cx: &mut Context<'_>, touch: Touch) -> Next {
        match self.role() {
            Role::Open(stage) => stage.touch(cx, touch),
            Role::Known(stage) => cx.with_subject(|cx, subject| stage.touch(cx, subject, touch)),
        }
    }

    pub(crate) fn reply(&mut self, cx: &mut Context<'_>, reply: Reply) -> Next {
        match self.role() {
            Role::Open(stage) => stage.reply(cx, reply),
            Role::Known(stage) => cx.with_subject(|cx, subject| stage.reply(cx, subject, reply)),
        }
    }

    pub(crate) fn see(&mut self, cx: &mut Context<'_>, seen: Seen) -> Next {
        match self.role() {
            Role::Open(stage) => stage.see(cx, seen),
            Role::Known(stage) => cx.with_subject(|cx, subject| stage.see(cx, subject, seen)),
        }
    }

    pub(crate) fn tick(&mut self, cx: &mut Context<'_>) -> Next {
        match self.role() {
            Role::Open(stage) => stage.tick(cx),
            Role::Known(stage) => cx.with_subject(|cx, subject| stage.tick(cx, subject)),
        }
    }
}
