//! Whose turn it is: which admission photos the server is asked for next. A server may lack photos that its roster names, and only
//! so many are asked for in one round. Every question is noted, and those that were answered least recently asked come first, so
//! that no photo waits for ever behind others that never come.
//!
//! A turn is a number that counts upwards and no time: a clock that stands still must not hold the queue up.

use crate::error::{Named, StoreError};
use crate::{Store, meta};
use collection::PictureHash;
use rusqlite::{Connection, Transaction};

const OBJECT: &str = "the roster's photos";

impl Store {
    /// Admission photos that rosters name and that are not here yet, at most `limit`, and notes that they are asked for now. Those
    /// that were never asked for come first, then those for which it is longest ago.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn ask_for_photos(&self, limit: usize) -> Result<Vec<PictureHash>, StoreError> {
        let (next, noted) = self.read(|db| Ok((next(db, limit)?, is_any_noted(db)?)))?;
        // A kiosk that has all its photos writes nothing, round after round.
        if !next.is_empty() || noted {
            self.write(OBJECT, |tx| {
                drop_settled(tx)?;
                note(tx, &next)
            })?;
        }
        Ok(next)
    }
}

fn next(db: &Connection, limit: usize) -> Result<Vec<PictureHash>, StoreError> {
    let sql = "SELECT DISTINCT r.admission_photo, coalesce(a.turn, 0) FROM roster r
        LEFT JOIN photo_asked a ON a.hash = r.admission_photo
        WHERE r.admission_photo IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM admission_photo p WHERE p.hash = r.admission_photo)
        ORDER BY 2, 1 LIMIT ?1";
    db.prepare_cached(sql)
        .and_then(|mut s| {
            let rows =
                s.query_map([meta::to_sql(limit as u64)], |r| r.get(0).map(PictureHash::from_bytes))?;
            rows.collect()
        })
        .named(OBJECT)
}

fn is_any_noted(db: &Connection) -> Result<bool, StoreError> {
    db.query_row("SELECT EXISTS (SELECT 1 FROM photo_asked)", [], |r| r.get(0)).named(OBJECT)
}

fn note(tx: &Transaction<'_>, asked: &[PictureHash]) -> Result<(), StoreError> {
    let turn: i64 =
        tx.query_row("SELECT coalesce(max(turn), 0) + 1 FROM photo_asked", [], |r| r.get(0)).named(OBJECT)?;
    for hash in asked {
        tx.prepare_cached("INSERT OR REPLACE INTO photo_asked (hash, turn) VALUES (?1, ?2)")
            .and_then(|mut s| s.execute((hash.as_bytes(), turn)))
            .named(OBJECT)?;
    }
    Ok(())
}

/// Photos that came, and photos that no roster names any more.
fn drop_settled(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let sql = "DELETE FROM photo_asked
        WHERE EXISTS (SELECT 1 FROM admission_photo p WHERE p.hash = photo_asked.hash)
        OR NOT EXISTS (SELECT 1 FROM roster r WHERE r.admission_photo = photo_asked.hash)";
    tx.execute(sql, []).named(OBJECT)?;
    Ok(())
}
