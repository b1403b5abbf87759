//! Which of a device's entries are durable with everything they refer to. A kiosk deletes its own copy by this answer, so it
//! errs on the side of "not yet".

use super::error::LedgerError;
use super::tables::{device, submission};
use super::{attachments, entry_rows};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

/// Entries looked at in one step.
const STEP: u64 = 500;

/// Moves a device's durable point forward as far as entries are contiguous and their attachments stored, and gives it.
pub(super) async fn advance(tx: &DatabaseTransaction, id: &str) -> Result<u64, LedgerError> {
    let Some(row) = device::Entity::find_by_id(id.to_owned()).one(tx).await? else {
        return Ok(0);
    };
    let mut durable = row.durable_sequence;
    'steps: loop {
        let next = entry_rows::sequences_after(tx, id, durable, STEP).await?;
        if next.is_empty() {
            break;
        }
        for (sequence, entry) in next {
            if sequence != durable + 1 || attachments::are_missing(tx, &entry).await? {
                break 'steps;
            }
            durable = sequence;
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

/// Moves forward what waited for an attachment that is stored now: the durable points of devices and the submissions that can
/// be reviewed.
pub(super) async fn release(tx: &DatabaseTransaction, attachment: &str) -> Result<(), LedgerError> {
    for waiting in attachments::expecting(tx, attachment).await? {
        advance(tx, &waiting.device).await?;
        if !attachments::are_missing(tx, &waiting.entry).await? {
            submission::Entity::update_many()
                .col_expr(submission::Column::Complete, Expr::value(true))
                .filter(submission::Column::Entry.eq(waiting.entry))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}
