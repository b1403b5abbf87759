//! A reviewer opens a submission. From here on the student cannot replace it, on any kiosk.

use super::super::table::submission;
use super::super::{Ledger, LedgerError};
use super::{PENDING, word};
use collection::{EntryId, Kind, Signer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;

impl Ledger {
    /// Notes, once, that the review of this submission began.
    pub async fn begin_review(&self, signer: Arc<Signer>, id: EntryId, now: i64) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = submission::Entity::find_by_id(id.to_string()).one(tx).await?;
                let Some(row) = row.filter(|r| r.state == PENDING && r.whole && !r.began) else {
                    return Ok(());
                };
                word::say(tx, &signer, &row, Kind::ReviewBegan, now).await?;
                submission::Entity::update_many()
                    .col_expr(submission::Column::Began, Expr::value(true))
                    .filter(submission::Column::Entry.eq(row.entry))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }
}
