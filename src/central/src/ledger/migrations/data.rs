//! Data steps of migrations, frozen like their text: they read and write the tables as they were at their version.

use crate::ledger::error::LedgerError;
use collection::{Entry, Kind, SignedEntry};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, Value};

/// Version 2: the settings of each task's current version, from the JSON of the task.
pub(super) async fn fill_task_versions(tx: &DatabaseTransaction) -> Result<(), LedgerError> {
    let query =
        Statement::from_string(tx.get_database_backend(), r#"SELECT "id", "version", "body" FROM "task""#);
    for row in tx.query_all_raw(query).await? {
        let body: String = row.try_get("", "body")?;
        let task: serde_json::Value =
            serde_json::from_str(&body).map_err(|e| LedgerError::row("task", &e))?;
        let (id, version): (String, i32) = (row.try_get("", "id")?, row.try_get("", "version")?);
        let sql = r#"INSERT INTO "task_version" ("task", "version", "settings") VALUES ($1, $2, $3)
                     ON CONFLICT ("task", "version") DO UPDATE SET "settings" = excluded."settings""#;
        let values = [id.into(), version.into(), task["settings"].to_string().into()];
        execute(tx, sql, values).await?;
    }
    Ok(())
}

/// Version 2: which entry used which code or voucher.
pub(super) async fn fill_claims(tx: &DatabaseTransaction) -> Result<(), LedgerError> {
    let query =
        Statement::from_string(tx.get_database_backend(), r#"SELECT "bytes", "signature" FROM "entry""#);
    for row in tx.query_all_raw(query).await? {
        let signed =
            SignedEntry { bytes: row.try_get("", "bytes")?, signature: row.try_get("", "signature")? };
        let Ok(entry) = signed.read() else { continue };
        let Some(claimed) = claimed(&entry) else { continue };
        let sql = r#"INSERT INTO "claim" ("entry", "thing", "enrolment") VALUES ($1, $2, $3)"#;
        let values = [entry.id.to_string().into(), claimed.into(), entry.enrolment.to_string().into()];
        execute(tx, sql, values).await?;
    }
    Ok(())
}

fn claimed(entry: &Entry) -> Option<String> {
    if let Kind::TokenBound { token } = &entry.kind {
        return Some(format!("token {} {}", entry.task, token.0));
    }
    if let Kind::VoucherRedeemed { voucher } = &entry.kind {
        return Some(format!("voucher {} {voucher}", entry.task));
    }
    None
}

async fn execute<const N: usize>(
    tx: &DatabaseTransaction,
    sql: &str,
    values: [Value; N],
) -> Result<(), LedgerError> {
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}
