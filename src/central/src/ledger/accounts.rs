//! People who may sign in: reviewers at the console, staff at the kiosks; and how often somebody failed to.

use super::feed::{self, Announcement};
use super::table::{attempt, reviewer, session, staff};
use super::{Ledger, LedgerError, review};
use protocol::{Change, StaffMember};
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

/// A member of staff and the school whose kiosks know them.
#[derive(Clone, Debug)]
pub(crate) struct StaffRow {
    pub member: StaffMember,
    pub school_code: String,
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

    /// Adds a reviewer or replaces the one of that login; whoever is signed in under the login has to do so again, with the new
    /// password.
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

    /// Adds a member of staff and tells the school's kiosks.
    pub async fn put_staff(&self, new: StaffRow) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let school = new.school_code.clone();
                let row = staff::ActiveModel {
                    id: Set(new.member.id.as_str().to_owned()),
                    display_name: Set(new.member.display_name.clone()),
                    school_code: Set(new.school_code.clone()),
                    pin_phc: Set(new.member.pin_phc.clone()),
                };
                let update = OnConflict::column(staff::Column::Id)
                    .update_columns([staff::Column::DisplayName, staff::Column::PinPhc])
                    .to_owned();
                staff::Entity::insert(row).on_conflict(update).exec(tx).await?;
                let told = Announcement {
                    subject: format!("staff:{}", new.member.id.as_str()),
                    school_code: Some(new.school_code),
                    change: Change::Staff(new.member),
                };
                feed::announce(tx, vec![told]).await?;
                // What names them may have come before them.
                review::settle_school(tx, &school).await
            })
        })
        .await
    }

    /// Failures so far and the time until which no attempt is looked at, Unix milliseconds.
    pub async fn attempts(&self, subject: &str) -> Result<(u32, i64), LedgerError> {
        let row = attempt::Entity::find_by_id(subject.to_owned()).one(&self.db).await?;
        Ok(row.map_or((0, 0), |r| (u32::try_from(r.failures).unwrap_or(0), r.until_millis)))
    }

    /// Notes the outcome of an attempt: `None` forgets the failures.
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
