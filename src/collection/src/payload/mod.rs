//! What a collection code says: its payload, read by the decoders of the open tasks.
//!
//! A payload is bytes from outside. It is bounded, nothing of it is believed before a signature vouched for it, and every way
//! in which it can be the wrong code has its own [`CodeFault`], because the student in front should hear what to do.

mod fault;
mod kind;
mod signed;

pub use fault::CodeFault;
pub use signed::{CodeError, sign_code};

use crate::{Decoder, EnrolmentId, Task, TaskId, TokenHash, UniqueNumber, enrolment_id};
use jiff::Timestamp;
use kind::Looks;

/// Largest payload that is looked at, bytes. The largest QR code holds 2,953.
pub const MAX_PAYLOAD_BYTES: usize = 4 * 1024;

/// Whose a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A signed code: this student at this task. Whether the roster knows them, the caller looks up.
    Student {
        /// The task.
        task: TaskId,
        /// The enrolment.
        enrolment: EnrolmentId,
        /// The number under which CHSI knows the student. Personal data.
        unique_number: UniqueNumber,
    },
    /// No decoder knows it; it may be a known token of one of these tasks. Unknown to all: [`CodeFault::UnknownToken`].
    Token(Vec<Token>),
}

/// A payload as one task would know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The task.
    pub task: TaskId,
    /// HMAC of the payload under its key.
    pub hash: TokenHash,
}

/// Reads a payload for the tasks that this kiosk collects for, at trusted time `now`.
///
/// # Errors
/// What is wrong with the code, as a sentence's code.
pub fn read(bytes: &[u8], tasks: &[Task], now: Timestamp) -> Result<Claim, CodeFault> {
    if bytes.len() > MAX_PAYLOAD_BYTES {
        return Err(CodeFault::Damaged);
    }
    let bytes = bytes.trim_ascii();
    match kind::looks(bytes) {
        Looks::Empty => Err(CodeFault::Damaged),
        Looks::Payment => Err(CodeFault::PaymentCode),
        Looks::WebLink => Err(CodeFault::WebLink),
        Looks::Signed(text) => student(text, tasks, now),
        Looks::Other => tokens(bytes, tasks),
    }
}

fn student(text: &str, tasks: &[Task], now: Timestamp) -> Result<Claim, CodeFault> {
    let (task, unique_number) = signed::read(text, tasks, now)?;
    let key = task.key().map_err(|_| CodeFault::UnknownKey)?;
    let enrolment = enrolment_id(&key, &unique_number);
    Ok(Claim::Student { task: task.id.clone(), enrolment, unique_number })
}

fn tokens(bytes: &[u8], tasks: &[Task]) -> Result<Claim, CodeFault> {
    let asks = tasks.iter().filter(|t| t.decoders.contains(&Decoder::Token));
    let known: Vec<Token> =
        asks.filter_map(|t| Some(Token { task: t.id.clone(), hash: t.key().ok()?.token(bytes) })).collect();
    if known.is_empty() { Err(CodeFault::UnknownToken) } else { Ok(Claim::Token(known)) }
}

#[cfg(test)]
mod tests;
