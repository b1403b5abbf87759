//! Gapless counters, raised inside the caller's transaction.

use super::error::LedgerError;
use super::tables::counter;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

/// Position in the change feed.
pub(super) const CHANGE: &str = "change";
/// Sequence of the server's own entries.
pub(super) const SEQUENCE: &str = "sequence";

/// Takes `count` numbers and gives the first. The row stays locked until the transaction ends, so a reader of number
/// `n` can rely on every smaller one being there.
pub(super) async fn take(tx: &DatabaseTransaction, name: &str, count: i64) -> Result<i64, LedgerError> {
    counter::Entity::update_many()
        .col_expr(counter::Column::Value, Expr::col(counter::Column::Value).add(count))
        .filter(counter::Column::Name.eq(name))
        .exec(tx)
        .await?;
    let row = counter::Entity::find_by_id(name.to_owned()).one(tx).await?;
    let last = row.ok_or_else(|| LedgerError::row("counter", &format!("{name} is missing")))?;
    Ok(last.value - count + 1)
}

#[cfg(test)]
impl super::database::Ledger {
    /// Adds to one counter and takes from another; fails in between when `fail` is set.
    pub(crate) async fn transfer(&self, fail: bool) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                take(tx, CHANGE, 1).await?;
                tokio::task::yield_now().await;
                if fail {
                    return Err(LedgerError::row("counter", &"asked to fail"));
                }
                take(tx, SEQUENCE, -1).await?;
                Ok(())
            })
        })
        .await
    }

    /// Both counters.
    pub(crate) async fn totals(&self) -> Result<(i64, i64), LedgerError> {
        let read = async |name: &str| -> Result<i64, LedgerError> {
            let row = counter::Entity::find_by_id(name.to_owned()).one(&self.db).await?;
            Ok(row.map_or(0, |r| r.value))
        };
        Ok((read(CHANGE).await?, read(SEQUENCE).await?))
    }
}
