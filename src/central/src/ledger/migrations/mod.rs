//! Makes and updates the schema from frozen text (`migrations/sqlite/*.sql`), one transaction a version.
//!
//! Nothing here uses the entities in `tables`: they describe the newest schema, a migration the one of its time. Another engine
//! gets a folder of its own text; the data steps use statements that SQLite and Postgres share.

mod data;
#[cfg(test)]
mod tests;

use super::error::LedgerError;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};

/// The table that holds the version; applied at every start.
const META: &str = include_str!("../../../migrations/sqlite/0000_meta.sql");

/// Every version, oldest first.
const MIGRATIONS: [Migration; 2] = [
    Migration {
        version: 1,
        schema: include_str!("../../../migrations/sqlite/0001_ledger.sql"),
        data: DataStep::DrawEpoch,
    },
    Migration {
        version: 2,
        schema: include_str!("../../../migrations/sqlite/0002_versions_and_claims.sql"),
        data: DataStep::FillVersionsAndClaims,
    },
];

/// One version of the schema.
struct Migration {
    version: i64,
    /// Statements in SQL.
    schema: &'static str,
    data: DataStep,
}

/// What a migration does to data, after its statements.
#[derive(Clone, Copy)]
enum DataStep {
    /// Draws the epoch of the change feed.
    DrawEpoch,
    /// Copies the tasks' settings into `task_version` and the journal's codes and vouchers into `claim`.
    FillVersionsAndClaims,
}

/// Brings the database to the newest version and gives its epoch.
pub(super) async fn apply(db: &DatabaseConnection) -> Result<String, LedgerError> {
    db.execute_unprepared(META).await?;
    let found = meta(db, "version").await?.and_then(|v| v.parse().ok()).unwrap_or(0_i64);
    let known = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0);
    if found > known {
        return Err(LedgerError::Newer { found, known });
    }
    for migration in MIGRATIONS.iter().filter(|m| m.version > found) {
        step(db, migration).await?;
    }
    meta(db, "epoch").await?.ok_or_else(|| LedgerError::row("meta", &"the epoch is missing"))
}

async fn step(db: &DatabaseConnection, migration: &Migration) -> Result<(), LedgerError> {
    let tx = db.begin().await?;
    tx.execute_unprepared(migration.schema).await?;
    match migration.data {
        DataStep::DrawEpoch => set_meta(&tx, "epoch", hex::encode(rand::random::<[u8; 16]>())).await?,
        DataStep::FillVersionsAndClaims => {
            data::fill_task_versions(&tx).await?;
            data::fill_claims(&tx).await?;
        }
    }
    set_meta(&tx, "version", migration.version.to_string()).await?;
    tx.commit().await?;
    Ok(())
}

async fn meta<C: ConnectionTrait>(db: &C, name: &str) -> Result<Option<String>, LedgerError> {
    let sql = r#"SELECT "value" FROM "meta" WHERE "name" = $1"#;
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [name.into()]);
    let row = db.query_one_raw(query).await?;
    Ok(row.map(|row| row.try_get("", "value")).transpose()?)
}

async fn set_meta<C: ConnectionTrait>(db: &C, name: &str, value: String) -> Result<(), LedgerError> {
    let sql = r#"INSERT INTO "meta" ("name", "value") VALUES ($1, $2)
                 ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value""#;
    let values = [name.into(), value.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
