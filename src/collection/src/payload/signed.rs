//! The project's own code: a JWS in compact form (RFC 7515), EdDSA only, with key id, school, task, unique number and expiry.

use super::fault::CodeFault;
use super::kind::compact_jws;
use super::lookup::{Outcome, RosterLookup};
use crate::signature::{KeyError, PublicKey, Signer};
use crate::{Decoder, Task, TaskId, UniqueNumber};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

/// The claims of a code, named as in RFC 7519 where it has a name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    /// The school's five-digit code.
    school: String,
    /// The task.
    task: TaskId,
    /// The student: CHSI's unique number.
    sub: UniqueNumber,
    /// Seconds since 1970 after which the code is expired.
    exp: i64,
}

/// A code that could not be issued.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The signing key was refused.
    #[error("the code's signing key was refused")]
    Key(#[from] KeyError),
    /// The library could not write it.
    #[error("the code could not be written: {0}")]
    Write(#[from] jsonwebtoken::errors::Error),
}

/// Issues a code for one student at one task, good until `expires`. Its text is what a QR code of it holds.
///
/// The task's `decoders` must list `key_id` with the signer's public key, or no kiosk accepts the code.
///
/// # Errors
/// When the key is refused.
pub fn sign_code(
    signer: &Signer,
    key_id: &str,
    task: &Task,
    unique_number: &UniqueNumber,
    expires: Timestamp,
) -> Result<String, CodeError> {
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some(key_id.to_owned());
    let claims = Claims {
        school: task.school_code.clone(),
        task: task.id.clone(),
        sub: unique_number.clone(),
        exp: expires.as_second(),
    };
    Ok(encode(&header, &claims, &EncodingKey::from_ed_der(&signer.to_pkcs8()?))?)
}

/// Reads a code: known key, good signature, this school, a known task, not expired, on the roster, in this order. A code with an
/// unknown key may be another decoder's.
pub(super) fn turn<'t, O: RosterLookup>(
    bytes: &[u8],
    tasks: &'t [Task],
    now: Timestamp,
    lookup: &mut O,
) -> Result<Outcome<'t>, O::Error> {
    let Some(text) = compact_jws(bytes) else { return Ok(Outcome::NotMine(None)) };
    let Ok(header) = decode_header(text) else { return Ok(Outcome::NotMine(Some(CodeFault::Damaged))) };
    let Some((key_id, key)) = header.kid.and_then(|id| Some((id.clone(), key_of(&id, tasks)?))) else {
        return Ok(Outcome::NotMine(Some(unknown_key(text, tasks))));
    };
    let (task, number) = match verified(text, header.alg, &key_id, key, tasks, now) {
        Ok(verified) => verified,
        Err(fault) => return Ok(Outcome::Fault(fault)),
    };
    Ok(match lookup.student(&task.id, &number)? {
        Some(entry) => Outcome::Student(task, Box::new(entry)),
        None => Outcome::Fault(CodeFault::not_on_roster(task)),
    })
}

fn verified<'t>(
    text: &str,
    algorithm: Algorithm,
    key_id: &str,
    key: PublicKey,
    tasks: &'t [Task],
    now: Timestamp,
) -> Result<(&'t Task, UniqueNumber), CodeFault> {
    if algorithm != Algorithm::EdDSA {
        return Err(CodeFault::Forged);
    }
    let claims = decode::<Claims>(text, &DecodingKey::from_ed_der(key.as_bytes()), &validation())
        .map_err(|_| CodeFault::Forged)?
        .claims;
    if !tasks.iter().any(|t| t.school_code == claims.school) {
        return Err(CodeFault::OtherSchool);
    }
    let task = tasks
        .iter()
        .find(|t| t.id == claims.task && t.school_code == claims.school)
        .ok_or(CodeFault::OtherTask)?;
    // A key vouches only for the tasks that list it.
    let Some((_, until)) = listed(key_id, task).filter(|(listed, _)| *listed == key) else {
        return Err(CodeFault::UnknownKey);
    };
    // Codes of a retired key expire with it, whatever expiry they carry.
    if claims.exp <= now.as_second() || until.is_some_and(|until| until <= now) {
        // That the task is not open is the more helpful reason.
        return Err(CodeFault::of_day(task, task.day(now)).unwrap_or(CodeFault::Expired));
    }
    Ok((task, claims.sub))
}

/// EdDSA and nothing else. `exp` is compared with trusted time by the caller, because the library would use the wall clock.
fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    validation
}

fn key_of(key_id: &str, tasks: &[Task]) -> Option<PublicKey> {
    tasks.iter().find_map(|t| listed(key_id, t)).map(|(key, _)| key)
}

/// The key under this id, with the moment from which it is retired.
fn listed(wanted: &str, task: &Task) -> Option<(PublicKey, Option<Timestamp>)> {
    task.decoders.iter().find_map(|decoder| match decoder {
        Decoder::Signed { key_id, public_key, until } if key_id == wanted => {
            Some((PublicKey::parse(public_key).ok()?, *until))
        }
        Decoder::Signed { .. } | Decoder::Masked(_) | Decoder::External { .. } | Decoder::Token => None,
    })
}

/// The fault of a code whose key is unknown. What it claims is not believed: it is rejected either way, and only the reason
/// differs.
fn unknown_key(text: &str, tasks: &[Task]) -> CodeFault {
    let claims = text.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    match claims.and_then(|json| serde_json::from_slice::<Claims>(&json).ok()) {
        Some(c) if !tasks.iter().any(|t| t.school_code == c.school) => CodeFault::OtherSchool,
        Some(_) => CodeFault::UnknownKey,
        None => CodeFault::Damaged,
    }
}
