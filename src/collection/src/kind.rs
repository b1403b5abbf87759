//! The kinds of journal entries: the events of an enrolment, and those of a kiosk.
//!
//! [`authority`](crate::authority()) defines who may write which; the fold defines what they mean.

use crate::{
    CaseKind, ComparisonBand, CtidOutcome, Disowned, EntryId, OrderId, PictureHash, RecordHash, Resolution,
    ReviewOutcome, StaffId, TokenHash, VoucherHash,
};
use serde::{Deserialize, Serialize};

/// The event that an entry records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Kind {
    /// The student consented, to each purpose separately.
    Consented {
        /// Version of the notice that was shown.
        notice_version: u32,
        /// Agreed to the service.
        service: bool,
        /// Agreed to the comparison on the device.
        comparison: bool,
        /// Agreed to CTID verification.
        ctid: bool,
    },
    /// A finished portrait was shown to the student; counts against the day's quota.
    Produced {
        /// The school's calendar day, `YYYY-MM-DD`.
        day: jiff::civil::Date,
        /// Where the comparison fell.
        comparison: ComparisonBand,
    },
    /// The portrait was submitted. `about` is the `Produced` entry.
    Submitted {
        /// The standard portrait.
        portrait: PictureHash,
        /// The camera's own picture.
        original: PictureHash,
        /// SHA-256 of the preset it was made by, hex.
        preset: String,
        /// Where the comparison fell.
        comparison: ComparisonBand,
        /// Score of the comparison, tenths, 0..=1000.
        score_tenths: Option<u16>,
        /// The candidate that the kiosk knew of and that this one replaces; absent in a first submission.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<EntryId>,
    },
    /// Staff let capture checks pass. `about` is absent; the override holds for the visit's next submission.
    Overridden {
        /// The member of staff.
        staff: StaffId,
        /// Sentence code of the reason (`override.reason.religious_covering`).
        reason: String,
        /// Names of the checks that were overridden.
        checks: Vec<String>,
    },
    /// Somebody tried the second factor.
    SecondFactorTried {
        /// Whether it was right.
        right: bool,
    },
    /// A comparison with the admission photo fell below the band; nothing was produced.
    ComparisonFailed {
        /// Score of the comparison, tenths, 0..=1000.
        score_tenths: u16,
    },
    /// An unknown collection code was bound to this enrolment by its first use.
    TokenBound {
        /// HMAC of the code's payload under the task's key.
        token: TokenHash,
    },
    /// Staff granted one more production on a day; failed comparisons are counted from zero again.
    ProductionGranted {
        /// The member of staff.
        staff: StaffId,
        /// The school's calendar day it holds for.
        day: jiff::civil::Date,
    },
    /// The student withdrew consent for these purposes. `about` is the `Consented` entry. The earlier entry stays.
    ConsentWithdrawn {
        /// For the service: no more portraits, nothing is reviewed.
        service: bool,
        /// For the comparison on the device.
        comparison: bool,
        /// For CTID verification.
        ctid: bool,
    },
    /// Staff verified the identity of a student without consent to face processing.
    StaffVerified {
        /// The member of staff.
        staff: StaffId,
    },
    /// Staff unlocked the second factor after too many wrong tries. `about` is the newest try.
    SecondFactorUnlocked {
        /// The member of staff.
        staff: StaffId,
    },
    /// 解绑: the code, the address and the phone link end; nothing is refunded, nothing withdrawn. `about` is the right
    /// `SecondFactorTried` of the same device, unless staff did it.
    Unbound {
        /// The member of staff, when staff did it.
        staff: Option<StaffId>,
        /// The entries that are ended ([`Enrolment::bindings`](crate::Enrolment::bindings)), so that no wrong clock keeps one.
        #[serde(default)]
        ends: Vec<EntryId>,
    },
    /// A phone was linked for notices. The contact is a record apart from the journal.
    PhoneLinked {
        /// Which contact.
        contact: RecordHash,
    },
    /// A student on no roster was entered manually (人工录入), where the task allows it. The data are a record apart from the journal.
    ManualEntry {
        /// Which data.
        record: RecordHash,
    },
    /// The student reports that a picture shows somebody else. `about` is the `Produced` entry for a portrait.
    NotMe {
        /// Which picture.
        picture: Disowned,
    },
    /// A picture was taken from a stick; staff unlocked it. The production that is made of it is `about` this entry.
    Imported {
        /// The member of staff.
        staff: StaffId,
        /// The picture.
        picture: PictureHash,
    },
    /// A voucher was used at this kiosk.
    VoucherRedeemed {
        /// HMAC of the voucher's code under the task's key.
        voucher: VoucherHash,
    },
    /// An order was opened at WeChat Pay (`NOTPAY`).
    PaymentOpened {
        /// The school's number of it (`out_trade_no`).
        order: OrderId,
        /// Amount, fen.
        fen: u32,
    },
    /// The network failed while an order was open: it is unknown whether it was paid. The visit continues, the portrait is held.
    /// `about` is the `PaymentOpened` entry.
    PaymentHeld,
    /// The student pays later; the server holds the portrait.
    PayLater,
    /// Where prints are sent. The address is a record apart from the journal; a later one replaces it until mailing.
    AddressGiven {
        /// Which address.
        address: RecordHash,
    },
    /// The student requested erasure of all personal data; by the second factor or by staff, as [`Kind::Unbound`].
    ErasureRequested {
        /// The member of staff, when staff did it.
        staff: Option<StaffId>,
    },
    /// Staff opened a case for the registry. `about` is the entry that it concerns, if any.
    CaseOpened {
        /// What it is about.
        case: CaseKind,
        /// The member of staff.
        staff: StaffId,
    },
    /// Staff confirmed that the kiosk's clock is right. Belongs to no student: [`EnrolmentId::DEVICE`].
    TimeConfirmed {
        /// The member of staff.
        staff: StaffId,
        /// Milliseconds since 1970-01-01T00:00Z that were confirmed.
        millis: u64,
    },
    /// Staff paused the kiosk with a notice. Belongs to no student.
    Paused {
        /// The member of staff.
        staff: StaffId,
        /// Sentence code of the notice.
        reason: String,
    },
    /// Staff resumed service. Belongs to no student.
    Resumed {
        /// The member of staff.
        staff: StaffId,
    },
    /// Server only: a reviewer opened the submission; it can no longer be replaced. `about` is the `Submitted` entry.
    ReviewBegan,
    /// Server only: handed to CHSI for linking and checking (检测中). `about` is the `Submitted` entry.
    HandedOver,
    /// Server only: a reviewer decided. `about` is the `Submitted` entry.
    Reviewed(ReviewOutcome),
    /// Server only: the portrait is at CHSI (已上网). `about` is the `Submitted` entry.
    Published,
    /// Server only: the portrait in `about` shows another face than the one in `other`.
    FacesDiffer {
        /// The other `Submitted` entry.
        other: EntryId,
    },
    /// Server only: the reply of CTID. `about` is the `Submitted` entry.
    CtidChecked(CtidOutcome),
    /// Server only: WeChat Pay says `SUCCESS`. `about` is the `PaymentOpened` entry.
    Paid {
        /// WeChat Pay's own number (`transaction_id`).
        transaction: OrderId,
        /// Amount, fen.
        fen: u32,
    },
    /// Server only: WeChat Pay says `CLOSED` or `REVOKED`; this order can never be paid. `about` is the `PaymentOpened` entry.
    PaymentClosed,
    /// Server only: a refund was asked for (`PROCESSING`). `about` is the `Paid` entry.
    RefundOpened,
    /// Server only: WeChat Pay refunded (`SUCCESS`). `about` is the `Paid` entry.
    Refunded,
    /// Server only: WeChat Pay could not refund (`ABNORMAL` or `CLOSED`). `about` is the `Paid` entry.
    RefundFailed,
    /// Server only: another enrolment redeemed this voucher first. `about` is the `VoucherRedeemed` entry.
    VoucherRefused,
    /// Server only: this code is bound to another enrolment, too. `about` is the `TokenBound` entry.
    TokenContested,
    /// Server only: the student was put on the roster after the task had opened.
    RosterAdded,
    /// Server only: prints are being made. `about` is the `Submitted` entry.
    Printed,
    /// Server only: prints are in the post. `about` is the `AddressGiven` entry.
    Mailed,
    /// Server only: prints have arrived or were handed out. `about` is the `Mailed` or the `Printed` entry.
    Delivered,
    /// Server only: the device's clock was wrong; the entry in `about` (`Produced`, `ProductionGranted`) counts on this day.
    TimeCorrected {
        /// The school's calendar day.
        day: jiff::civil::Date,
    },
    /// Server only: the registry decided a case. `about` is one of the entries that made it.
    CaseResolved {
        /// Which case.
        case: CaseKind,
        /// The member of staff.
        staff: StaffId,
        /// What was decided.
        #[serde(flatten)]
        resolution: Resolution,
    },
    /// Server only: pictures, roster entry, address and contact are gone. `about` is the `ErasureRequested` entry.
    Erased,
    /// A kind of a later version of the program; kept, without effect.
    #[serde(untagged)]
    Unknown(serde_json::Value),
}

impl Kind {
    /// The member of staff whom the entry names.
    #[must_use]
    pub const fn staff(&self) -> Option<&StaffId> {
        match self {
            Kind::Overridden { staff, .. }
            | Kind::ProductionGranted { staff, .. }
            | Kind::StaffVerified { staff }
            | Kind::SecondFactorUnlocked { staff }
            | Kind::Imported { staff, .. }
            | Kind::CaseOpened { staff, .. }
            | Kind::TimeConfirmed { staff, .. }
            | Kind::Paused { staff, .. }
            | Kind::Resumed { staff }
            | Kind::CaseResolved { staff, .. } => Some(staff),
            Kind::Unbound { staff, .. } | Kind::ErasureRequested { staff } => staff.as_ref(),
            Kind::Consented { .. }
            | Kind::Produced { .. }
            | Kind::Submitted { .. }
            | Kind::SecondFactorTried { .. }
            | Kind::ComparisonFailed { .. }
            | Kind::TokenBound { .. }
            | Kind::ConsentWithdrawn { .. }
            | Kind::PhoneLinked { .. }
            | Kind::ManualEntry { .. }
            | Kind::NotMe { .. }
            | Kind::VoucherRedeemed { .. }
            | Kind::PaymentOpened { .. }
            | Kind::PaymentHeld
            | Kind::PayLater
            | Kind::AddressGiven { .. }
            | Kind::ReviewBegan
            | Kind::HandedOver
            | Kind::Reviewed(_)
            | Kind::Published
            | Kind::FacesDiffer { .. }
            | Kind::CtidChecked(_)
            | Kind::Paid { .. }
            | Kind::PaymentClosed
            | Kind::RefundOpened
            | Kind::Refunded
            | Kind::RefundFailed
            | Kind::VoucherRefused
            | Kind::TokenContested
            | Kind::RosterAdded
            | Kind::Printed
            | Kind::Mailed
            | Kind::Delivered
            | Kind::TimeCorrected { .. }
            | Kind::Erased
            | Kind::Unknown(_) => None,
        }
    }

    /// The files that this entry refers to: pictures, and personal records, which are stored and sent as pictures are.
    #[must_use]
    pub fn attachments(&self) -> Vec<PictureHash> {
        match self {
            Kind::Submitted { portrait, original, .. } => vec![*portrait, *original],
            Kind::ManualEntry { record }
            | Kind::AddressGiven { address: record }
            | Kind::PhoneLinked { contact: record } => vec![(*record).into()],
            Kind::Consented { .. }
            | Kind::Produced { .. }
            | Kind::Overridden { .. }
            | Kind::SecondFactorTried { .. }
            | Kind::ComparisonFailed { .. }
            | Kind::TokenBound { .. }
            | Kind::ProductionGranted { .. }
            | Kind::ConsentWithdrawn { .. }
            | Kind::StaffVerified { .. }
            | Kind::SecondFactorUnlocked { .. }
            | Kind::Unbound { .. }
            | Kind::NotMe { .. }
            | Kind::Imported { .. }
            | Kind::VoucherRedeemed { .. }
            | Kind::PaymentOpened { .. }
            | Kind::PaymentHeld
            | Kind::PayLater
            | Kind::ErasureRequested { .. }
            | Kind::CaseOpened { .. }
            | Kind::TimeConfirmed { .. }
            | Kind::Paused { .. }
            | Kind::Resumed { .. }
            | Kind::ReviewBegan
            | Kind::HandedOver
            | Kind::Reviewed(_)
            | Kind::Published
            | Kind::FacesDiffer { .. }
            | Kind::CtidChecked(_)
            | Kind::Paid { .. }
            | Kind::PaymentClosed
            | Kind::RefundOpened
            | Kind::Refunded
            | Kind::RefundFailed
            | Kind::VoucherRefused
            | Kind::TokenContested
            | Kind::RosterAdded
            | Kind::Printed
            | Kind::Mailed
            | Kind::Delivered
            | Kind::TimeCorrected { .. }
            | Kind::CaseResolved { .. }
            | Kind::Erased
            | Kind::Unknown(_) => Vec::new(),
        }
    }
}
