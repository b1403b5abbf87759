//! Uploads: which attachments a device may send, and what happens when one is complete.

use super::database::Ledger;
use super::error::LedgerError;
use super::tables::{entry_picture, picture};
use super::{attachments, durability};
use collection::PictureHash;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

impl Ledger {
    /// Whether an entry of this device refers to the attachment.
    pub async fn is_expected_of(&self, device: &str, hash: PictureHash) -> Result<bool, LedgerError> {
        let row = entry_picture::Entity::find()
            .filter(entry_picture::Column::Picture.eq(hash.to_string()))
            .filter(entry_picture::Column::Device.eq(device))
            .one(&self.db)
            .await?;
        Ok(row.is_some())
    }

    /// Whether the attachment is stored completely.
    pub async fn is_stored(&self, hash: PictureHash) -> Result<bool, LedgerError> {
        Ok(attachments::stored_bytes(&self.db, &hash.to_string()).await?.is_some())
    }

    /// Notes that an attachment of so many bytes is complete and synced, and releases what waited for it.
    pub async fn upload_completed(&self, hash: PictureHash, bytes: i64, now: i64) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let hash = hash.to_string();
                let row = picture::ActiveModel {
                    hash: Set(hash.clone()),
                    bytes: Set(bytes),
                    stored_millis: Set(now),
                };
                picture::Entity::insert(row).on_conflict_do_nothing().exec(tx).await?;
                durability::release(tx, &hash).await
            })
        })
        .await
    }
}
