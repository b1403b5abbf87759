//! A reviewer opens a submission. From here on the student cannot replace it, on any kiosk.

use crate::ledger::LedgerError;
use crate::ledger::database::Ledger;
use crate::ledger::server_entries::{EntryContext, append_server_entry};
use crate::ledger::tables::columns::SubmissionState;
use crate::ledger::tables::submission;
use collection::{EntryId, Kind, Signer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;

impl Ledger {
    /// Writes, once, that the review of this submission began.
    pub async fn begin_review(&self, signer: Arc<Signer>, id: EntryId, now: i64) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = submission::Entity::find_by_id(id.to_string()).one(tx).await?;
                let is_open =
                    |r: &submission::Model| r.state == SubmissionState::Pending && r.complete && !r.began;
                let Some(row) = row.filter(is_open) else { return Ok(()) };
                let context = EntryContext::of_submission(&row)?;
                append_server_entry(tx, &signer, context, Kind::ReviewBegan, now).await?;
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
