//! Which entries are durable with everything they refer to. A kiosk deletes its own copy by this answer, so it errs on the
//! side of "not yet".

use super::table::{device, entry, entry_picture, picture, submission};
use super::{Ledger, LedgerError};
use collection::PictureHash;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

/// Entries looked at in one step.
const STEP: u64 = 500;

/// Moves a device's durable point forward as far as entries are contiguous and their pictures whole, and gives it.
pub(super) async fn advance(tx: &DatabaseTransaction, id: &str) -> Result<u64, LedgerError> {
    let Some(row) = device::Entity::find_by_id(id.to_owned()).one(tx).await? else {
        return Ok(0);
    };
    let mut durable = row.durable_sequence;
    'steps: loop {
        let next = entry::Entity::find()
            .filter(entry::Column::Device.eq(id))
            .filter(entry::Column::Sequence.gt(durable))
            .order_by_asc(entry::Column::Sequence)
            .limit(STEP)
            .all(tx)
            .await?;
        if next.is_empty() {
            break;
        }
        for one in next {
            if one.sequence != durable + 1 || owes(tx, &one.id).await? {
                break 'steps;
            }
            durable = one.sequence;
        }
    }
    if durable != row.durable_sequence {
        device::Entity::update_many()
            .col_expr(device::Column::DurableSequence, Expr::value(durable))
            .filter(device::Column::Id.eq(id))
            .exec(tx)
            .await?;
    }
    Ok(u64::try_from(durable).unwrap_or(0))
}

async fn owes(tx: &DatabaseTransaction, entry: &str) -> Result<bool, LedgerError> {
    let wanted = entry_picture::Entity::find().filter(entry_picture::Column::Entry.eq(entry)).all(tx).await?;
    for one in wanted {
        if !is_whole(tx, &one.picture).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn is_whole<C: ConnectionTrait>(db: &C, hash: &str) -> Result<bool, LedgerError> {
    Ok(picture::Entity::find_by_id(hash.to_owned()).one(db).await?.is_some())
}

impl Ledger {
    /// Whether an entry of this device refers to the picture.
    pub async fn expects(&self, device: &str, hash: PictureHash) -> Result<bool, LedgerError> {
        let row = entry_picture::Entity::find()
            .filter(entry_picture::Column::Picture.eq(hash.to_string()))
            .filter(entry_picture::Column::Device.eq(device))
            .one(&self.db)
            .await?;
        Ok(row.is_some())
    }

    /// Whether the picture is here whole, and with how many bytes.
    pub async fn picture(&self, hash: PictureHash) -> Result<Option<i64>, LedgerError> {
        Ok(picture::Entity::find_by_id(hash.to_string()).one(&self.db).await?.map(|row| row.bytes))
    }

    /// Notes that a picture is whole and synced, and moves what waited for it.
    pub async fn picture_whole(&self, hash: PictureHash, bytes: i64, now: i64) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let hash = hash.to_string();
                let row = picture::ActiveModel {
                    hash: Set(hash.clone()),
                    bytes: Set(bytes),
                    stored_millis: Set(now),
                };
                picture::Entity::insert(row).on_conflict_do_nothing().exec(tx).await?;
                release(tx, &hash).await
            })
        })
        .await
    }
}

async fn release(tx: &DatabaseTransaction, hash: &str) -> Result<(), LedgerError> {
    let waiting =
        entry_picture::Entity::find().filter(entry_picture::Column::Picture.eq(hash)).all(tx).await?;
    for one in waiting {
        advance(tx, &one.device).await?;
        if !owes(tx, &one.entry).await? {
            submission::Entity::update_many()
                .col_expr(submission::Column::Whole, Expr::value(true))
                .filter(submission::Column::Entry.eq(one.entry))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}
