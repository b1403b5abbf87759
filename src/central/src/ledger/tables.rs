//! Makes the tables. A later version appends its steps; it never edits an old one.

use super::table::{
    attempt, change, claim, counter, decision, device, enrol_code, entry, entry_picture, meta, picture,
    reviewer, session, staff, student, submission, task, task_version,
};
use super::{LedgerError, across, versions};
use collection::SignedEntry;
use rand::RngCore;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseConnection, EntityTrait, Schema, TransactionTrait};

/// Version of the tables below.
const VERSION: i64 = 2;

/// Creates what is missing and gives the database's epoch.
pub(super) async fn prepare(db: &DatabaseConnection) -> Result<String, LedgerError> {
    create(db, meta::Entity).await?;
    let found = read(db, "version").await?.and_then(|v| v.parse().ok()).unwrap_or(0_i64);
    if found > VERSION {
        return Err(LedgerError::Newer { found, known: VERSION });
    }
    if found < 1 {
        first(db).await?;
    }
    if found < 2 {
        second(db).await?;
    }
    match read(db, "epoch").await? {
        Some(epoch) => Ok(epoch),
        None => Err(LedgerError::Row { table: "meta", reason: "the epoch is missing".into() }),
    }
}

async fn first(db: &DatabaseConnection) -> Result<(), LedgerError> {
    let tx = db.begin().await?;
    create(&tx, counter::Entity).await?;
    create(&tx, device::Entity).await?;
    create(&tx, enrol_code::Entity).await?;
    create(&tx, entry::Entity).await?;
    create(&tx, entry_picture::Entity).await?;
    create(&tx, picture::Entity).await?;
    create(&tx, change::Entity).await?;
    create(&tx, task::Entity).await?;
    create(&tx, student::Entity).await?;
    create(&tx, staff::Entity).await?;
    create(&tx, reviewer::Entity).await?;
    create(&tx, attempt::Entity).await?;
    create(&tx, session::Entity).await?;
    create(&tx, submission::Entity).await?;
    create(&tx, decision::Entity).await?;
    for name in ["change", "sequence"] {
        let row = counter::ActiveModel { name: Set(name.to_owned()), value: Set(0) };
        counter::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await?;
    }
    let mut epoch = [0_u8; 16];
    rand::rng().fill_bytes(&mut epoch);
    keep(&tx, "epoch", hex::encode(epoch)).await?;
    keep(&tx, "version", "1".to_owned()).await?;
    tx.commit().await?;
    Ok(())
}

/// Settings by version, and who used which code or voucher.
async fn second(db: &DatabaseConnection) -> Result<(), LedgerError> {
    let tx = db.begin().await?;
    create(&tx, task_version::Entity).await?;
    create(&tx, claim::Entity).await?;
    for row in task::Entity::find().all(&tx).await? {
        let task = serde_json::from_str(&row.body)
            .map_err(|e| LedgerError::Row { table: "task", reason: e.to_string() })?;
        versions::keep(&tx, &task).await?;
    }
    for row in entry::Entity::find().all(&tx).await? {
        if let Ok(entry) = (SignedEntry { bytes: row.bytes, signature: row.signature }).read() {
            across::note(&tx, &entry).await?;
        }
    }
    keep(&tx, "version", "2".to_owned()).await?;
    tx.commit().await?;
    Ok(())
}

async fn create<C: ConnectionTrait, E: EntityTrait>(db: &C, entity: E) -> Result<(), LedgerError> {
    let schema = Schema::new(db.get_database_backend());
    db.execute(schema.create_table_from_entity(entity).if_not_exists()).await?;
    for mut index in schema.create_index_from_entity(entity) {
        db.execute(index.if_not_exists()).await?;
    }
    Ok(())
}

async fn read<C: ConnectionTrait>(db: &C, name: &str) -> Result<Option<String>, LedgerError> {
    Ok(meta::Entity::find_by_id(name.to_owned()).one(db).await?.map(|row| row.value))
}

async fn keep<C: ConnectionTrait>(db: &C, name: &str, value: String) -> Result<(), LedgerError> {
    let row = meta::ActiveModel { name: Set(name.to_owned()), value: Set(value) };
    let update = OnConflict::column(meta::Column::Name).update_column(meta::Column::Value).to_owned();
    meta::Entity::insert(row).on_conflict(update).exec(db).await?;
    Ok(())
}
