//! The change feed: what kiosks have to know, in the order in which it came about.

use super::counters;
use super::database::Ledger;
use super::error::LedgerError;
use super::tables::change;
use protocol::{Change, ChangePage};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Most changes in one page.
const PAGE: usize = 500;
/// A page ends after this many bytes of changes, whatever their number.
const PAGE_BYTES: usize = 4 << 20;
/// Rows written by one statement: engines bound the values in a statement.
const INSERT_ROWS: usize = 200;

/// A change to put into the feed.
pub(super) struct Announcement {
    /// What it is about; a newer change about the same replaces it.
    pub subject: String,
    /// Whose kiosks see it; `None`: all.
    pub school_code: Option<String>,
    /// The change.
    pub change: Change,
}

/// Puts changes into the feed, inside the transaction that made them true.
pub(super) async fn announce(tx: &DatabaseTransaction, all: Vec<Announcement>) -> Result<(), LedgerError> {
    if all.is_empty() {
        return Ok(());
    }
    let first = counters::take(tx, counters::CHANGE, i64::try_from(all.len()).unwrap_or(i64::MAX)).await?;
    let mut rows = Vec::with_capacity(all.len());
    for (cursor, one) in (first..).zip(all) {
        let body = serde_json::to_string(&one.change).map_err(|e| LedgerError::row("change", &e))?;
        rows.push((
            one.subject.clone(),
            change::ActiveModel {
                cursor: Set(cursor),
                subject: Set(one.subject),
                school_code: Set(one.school_code),
                body: Set(body),
            },
        ));
    }
    for some in rows.chunks(INSERT_ROWS) {
        let subjects = some.iter().map(|(subject, _)| subject.clone());
        change::Entity::delete_many().filter(change::Column::Subject.is_in(subjects)).exec(tx).await?;
        change::Entity::insert_many(some.iter().map(|(_, row)| row.clone())).exec(tx).await?;
    }
    Ok(())
}

/// Whether the newest change about the subject says the same already.
pub(super) async fn is_known(tx: &DatabaseTransaction, one: &Announcement) -> Result<bool, LedgerError> {
    let row = change::Entity::find().filter(change::Column::Subject.eq(&one.subject)).one(tx).await?;
    let known: Option<Change> = row.and_then(|r| serde_json::from_str(&r.body).ok());
    Ok(known.as_ref() == Some(&one.change))
}

impl Ledger {
    /// The page after `cursor` for a kiosk of this school; from the start when the kiosk knows another epoch.
    pub async fn changes(&self, school: &str, cursor: u64, epoch: &str) -> Result<ChangePage, LedgerError> {
        let from = if epoch.is_empty() || epoch == self.epoch() { cursor } else { 0 };
        let seen = Condition::any()
            .add(change::Column::SchoolCode.eq(school))
            .add(change::Column::SchoolCode.is_null());
        let rows = change::Entity::find()
            .filter(change::Column::Cursor.gt(i64::try_from(from).unwrap_or(i64::MAX)))
            .filter(seen)
            .order_by_asc(change::Column::Cursor)
            .limit(PAGE as u64 + 1)
            .all(&self.db)
            .await?;
        let (mut page, mut bytes) = (Vec::new(), 0);
        let (total, mut last) = (rows.len(), from);
        for row in rows.into_iter().take(PAGE) {
            bytes += row.body.len();
            if bytes > PAGE_BYTES && !page.is_empty() {
                break;
            }
            let change = serde_json::from_str(&row.body).map_err(|e| LedgerError::row("change", &e))?;
            page.push(change);
            last = u64::try_from(row.cursor).unwrap_or(from);
        }
        let more = page.len() < total;
        Ok(ChangePage { epoch: self.epoch().to_owned(), changes: page, cursor: last, more })
    }
}
