//! How a kiosk becomes a device: one-time codes, and the request that uses one.

use super::database::Ledger;
use super::devices;
use super::error::LedgerError;
use super::tables::{device, enrol_code};
use collection::{DeviceId, PublicKey};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

/// A code as it is stored: by its hash.
#[derive(Clone, Debug)]
pub(crate) struct IssuedCode {
    pub hash: String,
    pub device_name: String,
    pub school_code: String,
    pub issued_by: String,
    pub issued_millis: i64,
    pub expires_millis: i64,
}

/// What a kiosk asks for, and the certificate it would get.
#[derive(Clone, Debug)]
pub(crate) struct Enrolled {
    pub code_hash: String,
    /// SHA-256 over everything it sent.
    pub request_hash: String,
    pub id: DeviceId,
    pub journal_key: PublicKey,
    pub fingerprint: String,
    pub certificate_pem: String,
}

/// Why a kiosk was not enrolled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnrolmentError {
    /// No such code, or it is expired or used by another kiosk: one error for all three, so that a guesser learns nothing.
    #[error("the enrolment code is unknown, expired or used")]
    Code,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Stores a new one-time code.
    pub async fn issue_code(&self, code: IssuedCode) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = enrol_code::ActiveModel {
                    hash: Set(code.hash),
                    device_name: Set(code.device_name),
                    school_code: Set(code.school_code),
                    issued_by: Set(code.issued_by),
                    issued_millis: Set(code.issued_millis),
                    expires_millis: Set(code.expires_millis),
                    used_by: Set(None),
                };
                enrol_code::Entity::insert(row).exec(tx).await?;
                Ok(())
            })
        })
        .await
    }

    /// Turns a code into a device. Gives the device's id and certificate: those of the first time when the very same request is
    /// repeated, because its reply may have been lost.
    pub async fn enrol(&self, new: Enrolled, now: i64) -> Result<(DeviceId, String), EnrolmentError> {
        self.write(move |tx| Box::pin(async move { enrol(tx, new, now).await })).await
    }
}

async fn enrol(
    tx: &DatabaseTransaction,
    new: Enrolled,
    now: i64,
) -> Result<(DeviceId, String), EnrolmentError> {
    let code =
        enrol_code::Entity::find_by_id(new.code_hash.clone()).one(tx).await.map_err(LedgerError::from)?;
    let code = code.filter(|c| c.expires_millis > now).ok_or(EnrolmentError::Code)?;
    if let Some(user) = code.used_by {
        return repeat(tx, user, &new.request_hash).await;
    }
    let row = device::ActiveModel {
        id: Set(new.id.as_str().to_owned()),
        name: Set(code.device_name),
        school_code: Set(code.school_code),
        journal_key: Set(new.journal_key.to_string()),
        fingerprint: Set(new.fingerprint),
        certificate_pem: Set(new.certificate_pem.clone()),
        request_hash: Set(new.request_hash),
        enrolled_millis: Set(now),
        seen_millis: Set(None),
        revoked_millis: Set(None),
        durable_sequence: Set(0),
    };
    device::Entity::insert(row).exec(tx).await.map_err(LedgerError::from)?;
    enrol_code::Entity::update_many()
        .col_expr(enrol_code::Column::UsedBy, Expr::value(new.id.as_str().to_owned()))
        .filter(enrol_code::Column::Hash.eq(new.code_hash))
        .exec(tx)
        .await
        .map_err(LedgerError::from)?;
    Ok((new.id, new.certificate_pem))
}

/// The answer to a request that used its code before: the same again, if it is the very same request.
async fn repeat(
    tx: &DatabaseTransaction,
    user: String,
    request: &str,
) -> Result<(DeviceId, String), EnrolmentError> {
    let row = device::Entity::find_by_id(user).one(tx).await.map_err(LedgerError::from)?;
    let row = row.filter(|d| d.request_hash == request).ok_or(EnrolmentError::Code)?;
    let pem = row.certificate_pem.clone();
    Ok((devices::read(row)?.id, pem))
}
