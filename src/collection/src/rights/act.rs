//! Who wants what: the actors, the acts, and which of them somebody must at least be.

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Whoever stands in front with a collection code: the code alone is no password.
    Student,
    /// A student who also knew month and day of birth.
    Verified,
    /// A member of staff who gave a PIN, or the registry's console.
    Staff,
    /// The server.
    Server,
}

/// Something that somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Have a portrait made (裁剪换背景).
    Produce,
    /// Hand in the first portrait.
    Submit,
    /// Hand in another before review begins (更换).
    Replace,
    /// Hand in another after 审核未通过, or because the registry allowed it.
    Resubmit,
    /// Try the second factor.
    SecondFactor,
    /// See 我的任务.
    SeeTasks,
    /// Go on with a portrait that was made and not submitted.
    ResumeDraft,
    /// Give or change the address.
    GiveAddress,
    /// Link a phone for notices.
    LinkPhone,
    /// 解绑
    Unbind,
    /// Take consent back.
    Withdraw,
    /// Ask for erasure.
    RequestErasure,
    /// Open an order at WeChat Pay.
    Pay,
    /// Use a voucher.
    RedeemVoucher,
    /// Pay later.
    PayLater,
    /// Be entered manually though on no roster (人工录入).
    EnterManually,
    /// Let capture checks pass.
    Override,
    /// Add one production.
    GrantProduction,
    /// Open the second factor again.
    UnlockSecondFactor,
    /// Say who a student without consent to face processing is.
    VerifyByStaff,
    /// Take a picture from a stick.
    Import,
    /// Open a submission for review.
    BeginReview,
    /// Decide a review.
    Decide,
    /// Hand an approved portrait to CHSI.
    HandOver,
    /// Say that it is online.
    Publish,
    /// Make prints.
    Print,
    /// Put prints into the post.
    Mail,
    /// Refund what was paid.
    Refund,
    /// Decide a case.
    ResolveCase,
    /// Erase what is personal.
    Erase,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 30] = [
        Act::Produce,
        Act::Submit,
        Act::Replace,
        Act::Resubmit,
        Act::SecondFactor,
        Act::SeeTasks,
        Act::ResumeDraft,
        Act::GiveAddress,
        Act::LinkPhone,
        Act::Unbind,
        Act::Withdraw,
        Act::RequestErasure,
        Act::Pay,
        Act::RedeemVoucher,
        Act::PayLater,
        Act::EnterManually,
        Act::Override,
        Act::GrantProduction,
        Act::UnlockSecondFactor,
        Act::VerifyByStaff,
        Act::Import,
        Act::BeginReview,
        Act::Decide,
        Act::HandOver,
        Act::Publish,
        Act::Print,
        Act::Mail,
        Act::Refund,
        Act::ResolveCase,
        Act::Erase,
    ];

    /// Whether the act is possible only while the task collects.
    #[must_use]
    pub const fn needs_open_task(self) -> bool {
        match self {
            Act::Produce
            | Act::Submit
            | Act::Replace
            | Act::Resubmit
            | Act::ResumeDraft
            | Act::Pay
            | Act::RedeemVoucher
            | Act::PayLater
            | Act::EnterManually
            | Act::Import
            | Act::GrantProduction => true,
            Act::SecondFactor
            | Act::SeeTasks
            | Act::GiveAddress
            | Act::LinkPhone
            | Act::Unbind
            | Act::Withdraw
            | Act::RequestErasure
            | Act::Override
            | Act::UnlockSecondFactor
            | Act::VerifyByStaff
            | Act::BeginReview
            | Act::Decide
            | Act::HandOver
            | Act::Publish
            | Act::Print
            | Act::Mail
            | Act::Refund
            | Act::ResolveCase
            | Act::Erase => false,
        }
    }

    /// Who may do it at least. A first portrait needs only the code; a later one could be another person's doing.
    #[must_use]
    pub const fn least(self) -> Actor {
        match self {
            Act::Produce
            | Act::Submit
            | Act::SecondFactor
            | Act::Pay
            | Act::RedeemVoucher
            | Act::PayLater
            | Act::EnterManually => Actor::Student,
            Act::Replace
            | Act::Resubmit
            | Act::SeeTasks
            | Act::ResumeDraft
            | Act::GiveAddress
            | Act::LinkPhone
            | Act::Unbind
            | Act::Withdraw
            | Act::RequestErasure => Actor::Verified,
            Act::Override
            | Act::GrantProduction
            | Act::UnlockSecondFactor
            | Act::VerifyByStaff
            | Act::Import => Actor::Staff,
            Act::BeginReview
            | Act::Decide
            | Act::HandOver
            | Act::Publish
            | Act::Print
            | Act::Mail
            | Act::Refund
            | Act::ResolveCase
            | Act::Erase => Actor::Server,
        }
    }
}

impl Actor {
    /// Whether this one may do what takes at least `least`. Staff may do all that a student may; the server only its own.
    #[must_use]
    pub const fn is_enough_for(self, least: Actor) -> bool {
        match self {
            Actor::Student => matches!(least, Actor::Student),
            Actor::Verified => matches!(least, Actor::Student | Actor::Verified),
            Actor::Staff => !matches!(least, Actor::Server),
            Actor::Server => matches!(least, Actor::Server),
        }
    }
}
