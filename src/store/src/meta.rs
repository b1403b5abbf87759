//! Single values: identity, cursor, clock, wrong PINs.

use crate::error::{Named, StoreError, row};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value under this key, if there is one.
pub(crate) fn get<T: FromSql>(db: &Connection, key: &str) -> Result<Option<T>, StoreError> {
    db.prepare_cached("SELECT value FROM meta WHERE key = ?1")
        .and_then(|mut s| s.query_row([key], |r| r.get(0)).optional())
        .named(key)
}

/// A number that counts upwards; 0 when it was never written.
pub(crate) fn number(db: &Connection, key: &str) -> Result<u64, StoreError> {
    Ok(get::<i64>(db, key)?.map_or(0, from_sql))
}

/// Writes the value under this key.
pub(crate) fn put(db: &Connection, key: &str, value: impl ToSql) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")
        .and_then(|mut s| s.execute((key, value)))
        .named(key)?;
    Ok(())
}

/// The value under this key, kept as JSON; `object` is how errors name it.
pub(crate) fn json<T: DeserializeOwned>(
    db: &Connection,
    key: &str,
    object: &str,
) -> Result<Option<T>, StoreError> {
    let Some(text) = get::<String>(db, key)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|e| row(object, e))
}

/// Writes the value under this key as JSON.
pub(crate) fn put_json(
    db: &Connection,
    key: &str,
    object: &str,
    value: &impl Serialize,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).map_err(|e| row(object, e))?;
    put(db, key, text)
}

/// Removes the value under this key.
pub(crate) fn remove(db: &Connection, key: &str) -> Result<(), StoreError> {
    db.execute("DELETE FROM meta WHERE key = ?1", [key]).named(key)?;
    Ok(())
}

/// SQLite's integers are signed; ours never come near the end.
pub(crate) fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// See [`to_sql`].
pub(crate) fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
