//! The ways in which a code is the wrong one.

use crate::{Task, Window};
use jiff::civil::Date;
use sentences::{Code, codes};

/// Why a code does not do. Each has its own sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// A code of another school.
    #[error("the code is of another school")]
    OtherSchool,
    /// A code of this school for a task that this kiosk does not collect for.
    #[error("the code is for another task")]
    OtherTask,
    /// The task has not opened.
    #[error("the task opens on {opens}")]
    NotOpen {
        /// Its first day.
        opens: Date,
        /// The registry's telephone.
        phone: String,
    },
    /// The task is over.
    #[error("the task closed on {closes}")]
    Closed {
        /// Its last day.
        closes: Date,
        /// The registry's telephone.
        phone: String,
    },
    /// The code itself has run out.
    #[error("the code has expired")]
    Expired,
    /// The signature does not hold: the code was changed or is not the school's.
    #[error("the code's signature does not hold")]
    Forged,
    /// Signed by a key that no open task knows.
    #[error("the code's key is not known")]
    UnknownKey,
    /// Its token is bound to another student.
    #[error("the code is bound to another student")]
    UsedByAnother,
    /// A web address.
    #[error("the code is a web link")]
    WebLink,
    /// A WeChat or Alipay code for paying or being paid.
    #[error("the code is a payment code")]
    PaymentCode,
    /// No decoder and no known token says whose it is: the student types the number instead.
    #[error("the code says nothing that is known here")]
    UnknownToken,
    /// Well signed, but the student is not on the roster.
    #[error("the student is not on the roster")]
    NotOnRoster {
        /// The registry's telephone.
        phone: String,
    },
    /// The code names a student, and its name or number is not the roster's.
    #[error("the code's name or number differs from the roster's")]
    Conflict {
        /// The registry's telephone.
        phone: String,
    },
    /// The collector's decoder did not answer in time.
    #[error("the collector's decoder did not answer in time")]
    DecoderTimedOut,
    /// The collector's decoder is missing, broke off, or answered with something that is no answer.
    #[error("the collector's decoder failed")]
    DecoderFailed,
    /// Nothing in it.
    #[error("the code is empty")]
    Empty,
    /// Longer than any collection code.
    #[error("the code is too long")]
    TooLong,
    /// One of our own codes, incomplete.
    #[error("the code is damaged")]
    Damaged,
}

impl CodeFault {
    /// Code of the sentence that says it.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            CodeFault::OtherSchool => codes::CODE_OTHER_SCHOOL,
            CodeFault::OtherTask => codes::CODE_OTHER_TASK,
            CodeFault::NotOpen { .. } => codes::CODE_NOT_OPEN,
            CodeFault::Closed { .. } => codes::CODE_CLOSED,
            CodeFault::Expired => codes::CODE_EXPIRED,
            CodeFault::Forged => codes::CODE_FORGED,
            CodeFault::UnknownKey => codes::CODE_UNKNOWN_KEY,
            CodeFault::UsedByAnother => codes::CODE_USED_BY_ANOTHER,
            CodeFault::WebLink => codes::CODE_WEB_LINK,
            CodeFault::PaymentCode => codes::CODE_PAYMENT_CODE,
            CodeFault::UnknownToken => codes::CODE_UNKNOWN,
            CodeFault::NotOnRoster { .. } => codes::CODE_NOT_ON_ROSTER,
            CodeFault::Conflict { .. } => codes::CODE_CONFLICT,
            CodeFault::DecoderTimedOut => codes::CODE_DECODER_TIMED_OUT,
            CodeFault::DecoderFailed => codes::CODE_DECODER_FAILED,
            CodeFault::Empty => codes::CODE_EMPTY,
            CodeFault::TooLong => codes::CODE_TOO_LONG,
            CodeFault::Damaged => codes::CODE_DAMAGED,
        }
    }

    /// The sentence's placeholders.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            CodeFault::NotOpen { opens, phone } => {
                vec![("opens", opens.to_string()), ("phone", phone.clone())]
            }
            CodeFault::Closed { closes, phone } => {
                vec![("closes", closes.to_string()), ("phone", phone.clone())]
            }
            CodeFault::NotOnRoster { phone } | CodeFault::Conflict { phone } => {
                vec![("phone", phone.clone())]
            }
            CodeFault::OtherSchool
            | CodeFault::OtherTask
            | CodeFault::Expired
            | CodeFault::Forged
            | CodeFault::UnknownKey
            | CodeFault::UsedByAnother
            | CodeFault::WebLink
            | CodeFault::PaymentCode
            | CodeFault::UnknownToken
            | CodeFault::DecoderTimedOut
            | CodeFault::DecoderFailed
            | CodeFault::Empty
            | CodeFault::TooLong
            | CodeFault::Damaged => Vec::new(),
        }
    }

    /// Whether the student should be offered to type instead: the code may be right, only nothing here can read it. A code
    /// that was read and is wrong must be put right first.
    #[must_use]
    pub const fn offers_typing(&self) -> bool {
        matches!(self, CodeFault::UnknownToken | CodeFault::DecoderTimedOut | CodeFault::DecoderFailed)
    }

    /// The fault of a student who is not on the task's roster.
    #[must_use]
    pub fn not_on_roster(task: &Task) -> CodeFault {
        CodeFault::NotOnRoster { phone: task.registry_phone.clone() }
    }

    /// The fault of a task that does not collect on this day.
    pub(super) fn of_day(task: &Task, day: Date) -> Option<CodeFault> {
        let phone = task.registry_phone.clone();
        match task.window(day) {
            Window::NotOpen => Some(CodeFault::NotOpen { opens: task.opens, phone }),
            Window::Open => None,
            Window::Closed => Some(CodeFault::Closed { closes: task.closes, phone }),
        }
    }
}
