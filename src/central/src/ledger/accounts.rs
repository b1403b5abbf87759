//! Reviewers' accounts, and how often a sign-in failed.

use super::database::Ledger;
use super::error::LedgerError;
use super::tables::{attempt, reviewer, session};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A reviewer's account.
#[derive(Clone, Debug)]
pub(crate) struct Reviewer {
    pub login: String,
    pub display_name: String,
    /// Argon2id PHC string.
    pub password_phc: String,
}

impl Ledger {
    /// The reviewer of that login.
    pub async fn reviewer(&self, login: &str) -> Result<Option<Reviewer>, LedgerError> {
        let row = reviewer::Entity::find_by_id(login.to_owned()).one(&self.db).await?;
        Ok(row.map(|r| Reviewer {
            login: r.login,
            display_name: r.display_name,
            password_phc: r.password_phc,
        }))
    }

    /// Adds a reviewer or replaces the one of that login. Sessions of that login end, so that everybody signed in under it has
    /// to sign in again with the new password.
    pub async fn put_reviewer(&self, new: Reviewer) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                session::Entity::delete_many().filter(session::Column::Login.eq(&new.login)).exec(tx).await?;
                let row = reviewer::ActiveModel {
                    login: Set(new.login),
                    display_name: Set(new.display_name),
                    password_phc: Set(new.password_phc),
                };
                let update = OnConflict::column(reviewer::Column::Login)
                    .update_columns([reviewer::Column::DisplayName, reviewer::Column::PasswordPhc])
                    .to_owned();
                reviewer::Entity::insert(row).on_conflict(update).exec(tx).await?;
                Ok(())
            })
        })
        .await
    }

    /// Failures so far, and the time until which no attempt is checked, Unix milliseconds.
    pub async fn attempts(&self, subject: &str) -> Result<(u32, i64), LedgerError> {
        let row = attempt::Entity::find_by_id(subject.to_owned()).one(&self.db).await?;
        Ok(row.map_or((0, 0), |r| (u32::try_from(r.failures).unwrap_or(0), r.until_millis)))
    }

    /// Notes the outcome of an attempt: failures and the time until which none is checked; `None` forgets the failures.
    pub async fn note_attempt(&self, subject: &str, failed: Option<(u32, i64)>) -> Result<(), LedgerError> {
        let subject = subject.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let Some((failures, until)) = failed else {
                    attempt::Entity::delete_by_id(subject).exec(tx).await?;
                    return Ok(());
                };
                let row = attempt::ActiveModel {
                    subject: Set(subject),
                    failures: Set(i32::try_from(failures).unwrap_or(i32::MAX)),
                    until_millis: Set(until),
                };
                let update = OnConflict::column(attempt::Column::Subject)
                    .update_columns([attempt::Column::Failures, attempt::Column::UntilMillis])
                    .to_owned();
                attempt::Entity::insert(row).on_conflict(update).exec(tx).await?;
                Ok(())
            })
        })
        .await
    }
}
