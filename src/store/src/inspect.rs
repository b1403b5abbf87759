//! Looking for damage: every page is checked against its HMAC, and what a damaged page holds is named.

use crate::Store;
use crate::error::{Named, StoreError};
use collection::{EntryId, PictureHash};
use uuid::Uuid;

/// Something that cannot be read any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// An entry of the journal.
    Entry(EntryId),
    /// A picture.
    Picture(PictureHash),
    /// A part of the store that is not a single object.
    Part(String),
}

/// What an inspection found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Pages that do not agree with their HMAC, as SQLCipher tells them.
    pub pages: Vec<String>,
    /// What they took with them.
    pub losses: Vec<Loss>,
}

impl Inspection {
    /// Whether nothing is lost.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.pages.is_empty() && self.losses.is_empty()
    }
}

/// The tables that are lost as a whole; entries and pictures are named one by one.
const TABLES: [&str; 9] = [
    "task",
    "preset",
    "staff",
    "staff_known",
    "device",
    "roster",
    "admission_photo",
    "photo_asked",
    "projection",
];

impl Store {
    /// Reads the whole store: for `doctor` and after a [`StoreError::Damaged`]. Takes as long as reading the file.
    ///
    /// # Errors
    /// When even the check cannot run.
    pub fn inspect(&self) -> Result<Inspection, StoreError> {
        let pages: Vec<String> = self.read(|db| {
            db.prepare("PRAGMA cipher_integrity_check")
                .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
                .named("the pages")
        })?;
        if pages.is_empty() {
            return Ok(Inspection::default());
        }
        let mut losses = Vec::new();
        self.probe("entry", &mut losses, |store, row| {
            let sql = "SELECT bytes, signature FROM entry WHERE rowid = ?1";
            store.touch::<16>("entry", sql, row, |id| Loss::Entry(EntryId(Uuid::from_bytes(id))))
        });
        self.probe("picture", &mut losses, |store, row| {
            let sql = "SELECT bytes FROM picture WHERE rowid = ?1";
            store.touch::<32>("picture", sql, row, |hash| Loss::Picture(PictureHash::from_bytes(hash)))
        });
        for table in TABLES {
            let all = self.read(|db| {
                let sql = format!("SELECT * FROM {table} NOT INDEXED");
                db.prepare(&sql)
                    .and_then(|mut s| {
                        let mut rows = s.query([])?;
                        while rows.next()?.is_some() {}
                        Ok(())
                    })
                    .named(table)
            });
            if all.is_err() {
                losses.push(Loss::Part(table.to_owned()));
            }
        }
        Ok(Inspection { pages, losses })
    }

    /// Reads every row of a table by itself. Row numbers come from the table's index, so a damaged row does not end the list.
    fn probe(
        &self,
        table: &str,
        losses: &mut Vec<Loss>,
        touch: impl Fn(&Store, i64) -> Result<Option<Loss>, StoreError>,
    ) {
        let last: Result<i64, StoreError> = self.read(|db| {
            db.query_row(&format!("SELECT coalesce(max(rowid), 0) FROM {table}"), [], |r| r.get(0))
                .named(table)
        });
        let Ok(last) = last else {
            losses.push(Loss::Part(table.to_owned()));
            return;
        };
        for row in 1..=last {
            match touch(self, row) {
                Ok(None) => {}
                Ok(Some(loss)) => losses.push(loss),
                Err(_) => losses.push(Loss::Part(format!("{table} row {row}"))),
            }
        }
    }

    /// Reads one row's content; what was lost when that fails and its name is still readable.
    fn touch<const N: usize>(
        &self,
        table: &str,
        sql: &str,
        row: i64,
        name: impl Fn([u8; N]) -> Loss,
    ) -> Result<Option<Loss>, StoreError> {
        let content = self.read(|db| {
            db.prepare_cached(sql)
                .and_then(|mut s| {
                    let mut rows = s.query([row])?;
                    while let Some(row) = rows.next()? {
                        row.get_ref(0)?;
                    }
                    Ok(())
                })
                .named(table)
        });
        if content.is_ok() {
            return Ok(None);
        }
        let (key, index) = match table {
            "entry" => ("id", "sqlite_autoindex_entry_1"),
            _ => ("hash", "sqlite_autoindex_picture_1"),
        };
        self.read(|db| {
            let sql =
                format!("SELECT {key} FROM {table} INDEXED BY {index} WHERE rowid = ?1 AND {key} >= x''");
            db.query_row(&sql, [row], |r| r.get(0)).named(table).map(|id| Some(name(id)))
        })
    }
}
