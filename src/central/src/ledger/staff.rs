//! Members of staff, whom the kiosks of their school know by PIN.

use super::database::Ledger;
use super::error::LedgerError;
use super::feed::{self, Announcement};
use super::review_queue;
use super::tables::staff;
use protocol::{Change, StaffMember};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

/// A member of staff and the school whose kiosks know them.
#[derive(Clone, Debug)]
pub(crate) struct StaffRow {
    pub member: StaffMember,
    pub school_code: String,
}

impl Ledger {
    /// Adds a member of staff and announces them to the school's kiosks.
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
                let announcement = Announcement {
                    subject: format!("staff:{}", new.member.id.as_str()),
                    school_code: Some(new.school_code),
                    change: Change::Staff(new.member),
                };
                feed::announce(tx, vec![announcement]).await?;
                // Entries that name them may have come before them.
                review_queue::reproject_school(tx, &school).await
            })
        })
        .await
    }
}
