//! Devices: kiosks that were enrolled.

use super::database::Ledger;
use super::entry_rows;
use super::error::LedgerError;
use super::tables::device;
use collection::{DeviceId, PublicKey};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

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

impl Ledger {
    /// The device with this certificate.
    pub async fn device_by_fingerprint(&self, fingerprint: &str) -> Result<Option<Device>, LedgerError> {
        let row =
            device::Entity::find().filter(device::Column::Fingerprint.eq(fingerprint)).one(&self.db).await?;
        row.map(read).transpose()
    }

    /// Notes that a device made a request.
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

    /// Refuses a device from now on. `false` when there is none of that id that is not refused already.
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
            let received_sequence = entry_rows::highest_sequence(&self.db, &row.id).await?;
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
}

/// The device of a row.
pub(super) fn read(row: device::Model) -> Result<Device, LedgerError> {
    let wrong = |e: &dyn std::fmt::Display| LedgerError::row("device", e);
    Ok(Device {
        id: DeviceId::new(row.id).map_err(|e| wrong(&e))?,
        school_code: row.school_code,
        journal_key: PublicKey::parse(&row.journal_key).map_err(|e| wrong(&e))?,
        revoked: row.revoked_millis.is_some(),
    })
}
