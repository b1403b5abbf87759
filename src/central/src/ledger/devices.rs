//! Devices and the one-time codes that make them.

use super::table::{device, enrol_code};
use super::{Ledger, LedgerError};
use collection::{DeviceId, PublicKey};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

/// A kiosk as the API knows it after its certificate was recognised.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub id: DeviceId,
    pub school_code: String,
    pub journal_key: PublicKey,
    pub revoked: bool,
}

/// A kiosk as the console lists it.
#[derive(Clone, Debug)]
pub(crate) struct DeviceRow {
    pub id: String,
    pub name: String,
    pub school_code: String,
    pub enrolled_millis: i64,
    pub seen_millis: Option<i64>,
    pub revoked: bool,
    pub durable_sequence: i64,
    /// Highest sequence received.
    pub received_sequence: i64,
}

/// A code as it is kept: everything but the code.
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
    /// No such code, expired or used by another: told alike, so that a guesser learns nothing.
    #[error("the enrolment code is unknown, expired or used")]
    Code,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Ledger {
    /// Keeps a new one-time code.
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

    /// Turns a code into a device. Gives the device's id and certificate: those of the first time when the very same request
    /// comes again, because its answer may have been lost on the way.
    pub async fn enrol(&self, new: Enrolled, now: i64) -> Result<(DeviceId, String), EnrolmentError> {
        self.write(move |tx| Box::pin(async move { enrol(tx, new, now).await })).await
    }

    /// The device with this certificate.
    pub async fn device_by_fingerprint(&self, fingerprint: &str) -> Result<Option<Device>, LedgerError> {
        let row =
            device::Entity::find().filter(device::Column::Fingerprint.eq(fingerprint)).one(&self.db).await?;
        row.map(known).transpose()
    }

    /// Notes that a device was heard of.
    pub async fn seen(&self, id: &str, now: i64) -> Result<(), LedgerError> {
        let id = id.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                device::Entity::update_many()
                    .col_expr(device::Column::SeenMillis, Expr::value(now))
                    .filter(device::Column::Id.eq(id))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// Shuts a device out from now on. Whether there was one to shut out.
    pub async fn revoke(&self, id: &str, now: i64) -> Result<bool, LedgerError> {
        let id = id.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let done = device::Entity::update_many()
                    .col_expr(device::Column::RevokedMillis, Expr::value(now))
                    .filter(device::Column::Id.eq(id))
                    .filter(device::Column::RevokedMillis.is_null())
                    .exec(tx)
                    .await?;
                Ok(done.rows_affected > 0)
            })
        })
        .await
    }

    /// Every device, newest first.
    pub async fn devices(&self) -> Result<Vec<DeviceRow>, LedgerError> {
        let rows = device::Entity::find().order_by_desc(device::Column::EnrolledMillis).all(&self.db).await?;
        let mut list = Vec::with_capacity(rows.len());
        for row in rows {
            let received_sequence = self.received(&row.id).await?;
            list.push(DeviceRow {
                received_sequence,
                id: row.id,
                name: row.name,
                school_code: row.school_code,
                enrolled_millis: row.enrolled_millis,
                seen_millis: row.seen_millis,
                revoked: row.revoked_millis.is_some(),
                durable_sequence: row.durable_sequence,
            });
        }
        Ok(list)
    }

    async fn received(&self, device: &str) -> Result<i64, LedgerError> {
        use super::table::entry;
        let last = entry::Entity::find()
            .filter(entry::Column::Device.eq(device))
            .order_by_desc(entry::Column::Sequence)
            .one(&self.db)
            .await?;
        Ok(last.map_or(0, |row| row.sequence))
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
        return again(tx, user, &new.request_hash).await;
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

async fn again(
    tx: &DatabaseTransaction,
    user: String,
    request: &str,
) -> Result<(DeviceId, String), EnrolmentError> {
    let row = device::Entity::find_by_id(user).one(tx).await.map_err(LedgerError::from)?;
    let row = row.filter(|d| d.request_hash == request).ok_or(EnrolmentError::Code)?;
    let pem = row.certificate_pem.clone();
    Ok((known(row)?.id, pem))
}

fn known(row: device::Model) -> Result<Device, LedgerError> {
    let bad = |reason: String| LedgerError::Row { table: "device", reason };
    Ok(Device {
        id: DeviceId::new(row.id).map_err(|e| bad(e.to_string()))?,
        school_code: row.school_code,
        journal_key: PublicKey::parse(&row.journal_key).map_err(|e| bad(e.to_string()))?,
        revoked: row.revoked_millis.is_some(),
    })
}
