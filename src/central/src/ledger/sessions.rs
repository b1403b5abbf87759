//! Signed-in browsers.

use super::database::Ledger;
use super::error::LedgerError;
use super::tables::{reviewer, session};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A live session with the reviewer it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub login: String,
    pub display_name: String,
    /// Key of the form tokens, hex.
    pub form_key: String,
}

impl Ledger {
    /// Opens a session and drops those that ended.
    pub async fn open_session(
        &self,
        hash: String,
        login: String,
        form_key: String,
        until: i64,
        now: i64,
    ) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                session::Entity::delete_many()
                    .filter(session::Column::ExpiresMillis.lte(now))
                    .exec(tx)
                    .await?;
                let row = session::ActiveModel {
                    hash: Set(hash),
                    login: Set(login),
                    form_key: Set(form_key),
                    expires_millis: Set(until),
                };
                session::Entity::insert(row).exec(tx).await?;
                Ok(())
            })
        })
        .await
    }

    /// The session of that cookie hash, if it has not ended.
    pub async fn session(&self, hash: &str, now: i64) -> Result<Option<Session>, LedgerError> {
        let row = session::Entity::find_by_id(hash.to_owned())
            .filter(session::Column::ExpiresMillis.gt(now))
            .one(&self.db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let reviewer = reviewer::Entity::find_by_id(row.login.clone()).one(&self.db).await?;
        Ok(reviewer.map(|r| Session {
            login: row.login,
            display_name: r.display_name,
            form_key: row.form_key,
        }))
    }

    /// Ends a session.
    pub async fn close_session(&self, hash: &str) -> Result<(), LedgerError> {
        let hash = hash.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                session::Entity::delete_by_id(hash).exec(tx).await?;
                Ok(())
            })
        })
        .await
    }
}
