//! What a question is answered with when it could not be served: the worker is gone, or it panicked. Nothing happened, and
//! nobody waits for ever.

use super::{ProductionRequest, RecordsRequest, StaffRequest};
use crate::photo::Compared;
use crate::reply::{
    BindOutcome, CodeOutcome, EnteredOutcome, FoundOutcome, KeptOutcome, MakeOutcome, PayOutcome, PinOutcome,
    Reply, StoreOutcome,
};
use crate::sentence::Sentence;
use sentences::codes;

/// A question that somebody waits for.
pub trait Answered {
    /// The reply that says it could not be served; `None` where the question is asked again by itself and a made-up answer
    /// would be worse than none.
    fn failure(&self) -> Option<Reply>;
}

fn store_failed() -> Sentence {
    Sentence::plain(codes::STORE_FAILED)
}

impl Answered for ProductionRequest {
    fn failure(&self) -> Option<Reply> {
        Some(match self {
            ProductionRequest::Burst { .. } => Reply::Burst(Vec::new()),
            ProductionRequest::Compare { .. } => Reply::Compared(Compared::BY_EYE),
            ProductionRequest::Make { .. } => {
                Reply::Make(MakeOutcome::Refused(Sentence::plain(codes::REFUSAL_ENGINE)))
            }
        })
    }
}

impl Answered for RecordsRequest {
    fn failure(&self) -> Option<Reply> {
        use RecordsRequest as R;
        Some(match self {
            R::Match(_) | R::Meet(_) => Reply::Code(CodeOutcome::Refused(store_failed())),
            R::CheckBirth(..) => Reply::Birth(Err(0)),
            R::LoadSchools => Reply::Schools(Vec::new()),
            R::LoadTask(_) => Reply::Task(None),
            R::Find { .. } => Reply::Found(FoundOutcome::Nobody(store_failed())),
            R::KeepManualEntry { .. } => Reply::Entered(EnteredOutcome::Failed(store_failed())),
            R::LoadRegions(within) => Reply::Regions(*within, Vec::new()),
            R::KeepAddress { .. } => Reply::Kept(KeptOutcome::Failed),
            R::BindCode { .. } => Reply::Bound(BindOutcome::Failed),
            R::LoadDraft(_) => Reply::Draft(None),
            R::LoadTasks(_) => Reply::Tasks(Vec::new()),
            R::Unbind(_) => Reply::Unbound(false),
            R::OpenOrder(..) | R::RedeemVoucher(..) => Reply::Paid(PayOutcome::NotConnected),
            R::Submit(_) => Reply::Stored(StoreOutcome::Failed(store_failed())),
        })
    }
}

impl Answered for StaffRequest {
    fn failure(&self) -> Option<Reply> {
        use StaffRequest as S;
        match self {
            S::CheckPin(_) => Some(Reply::Pin(PinOutcome::Wrong)),
            S::GrantProduction { .. } | S::UnlockSecondFactor { .. } | S::ConfirmClock(_) => {
                Some(Reply::Kept(KeptOutcome::Failed))
            }
            S::LoadRows(_) => Some(Reply::Rows(Vec::new())),
            S::LoadStudent(_) | S::FindStudent(_) => Some(Reply::Student(None)),
            S::LoadBoard | S::CheckDay => None,
        }
    }
}
