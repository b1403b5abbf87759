//! Files beside the journal by the SHA-256 of their bytes: pictures that were submitted here, personal records that were typed
//! here, and the admission photos that came down.

use crate::error::{Named, StoreError};
use crate::{Store, meta};
use collection::{EnrolmentId, EntryId, PictureHash};
use rusqlite::{Connection, OptionalExtension, Transaction};
use zeroize::Zeroizing;

/// What a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureRole {
    /// The finished standard portrait.
    Portrait,
    /// The camera's own picture.
    Original,
    /// The school's admission photo (录取照片); only ever comes down.
    Admission,
    /// No picture: a personal record (`collection::record`) that an entry refers to. It lies and travels like one.
    Record,
}

impl PictureRole {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            PictureRole::Portrait => "portrait",
            PictureRole::Original => "original",
            PictureRole::Admission => "admission",
            PictureRole::Record => "record",
        }
    }

    pub(crate) fn of(name: &str) -> Self {
        match name {
            "portrait" => PictureRole::Portrait,
            "admission" => PictureRole::Admission,
            "record" => PictureRole::Record,
            _ => PictureRole::Original,
        }
    }
}

/// A picture to be kept.
#[derive(Clone, Copy, Debug)]
pub struct PictureIn<'a> {
    /// The file's bytes.
    pub bytes: &'a [u8],
    /// What it is.
    pub role: PictureRole,
}

/// A picture that is kept. Its bytes are wiped when dropped.
#[derive(Clone)]
pub struct Picture {
    /// Its name.
    pub hash: PictureHash,
    /// What it is.
    pub role: PictureRole,
    /// The file's bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({:?}, {}, {} bytes)", self.role, self.hash, self.bytes.len())
    }
}

/// Keeps a picture that belongs to the entry with this sequence. The same bytes twice are one picture.
pub(crate) fn insert(tx: &Transaction<'_>, sequence: u64, given: PictureIn<'_>) -> Result<(), StoreError> {
    let hash = PictureHash::of(given.bytes);
    let object = format!("picture {hash}");
    if given.bytes.len() > protocol::MAX_PICTURE_BYTES {
        return Err(StoreError::PictureTooLarge { hash, bytes: given.bytes.len() });
    }
    tx.prepare_cached("INSERT OR IGNORE INTO picture (hash, role, length, bytes) VALUES (?1, ?2, ?3, ?4)")
        .and_then(|mut s| {
            let length = meta::to_sql(given.bytes.len() as u64);
            s.execute((hash.as_bytes(), given.role.name(), length, given.bytes))
        })
        .named(&object)?;
    refer(tx, sequence, hash)
}

/// Notes that the entry with this sequence refers to a picture, which must be there.
pub(crate) fn refer(tx: &Transaction<'_>, sequence: u64, hash: PictureHash) -> Result<(), StoreError> {
    let object = format!("picture {hash}");
    let there: bool = tx
        .query_row("SELECT EXISTS (SELECT 1 FROM picture WHERE hash = ?1)", [hash.as_bytes()], |r| r.get(0))
        .named(&object)?;
    if !there {
        return Err(StoreError::PictureMissing { hash });
    }
    tx.execute(
        "INSERT OR IGNORE INTO entry_picture (sequence, picture) VALUES (?1, ?2)",
        (meta::to_sql(sequence), hash.as_bytes()),
    )
    .named(&object)?;
    Ok(())
}

/// Wipes the files that no entry refers to any more.
fn drop_unreferred(tx: &Transaction<'_>, object: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM picture WHERE NOT EXISTS
        (SELECT 1 FROM entry_picture ep WHERE ep.picture = picture.hash)";
    tx.execute(sql, []).named(object)?;
    Ok(())
}

/// What was personal of this enrolment goes: its pictures, records and roster entry. Its journal stays whole.
pub(crate) fn erase(tx: &Transaction<'_>, id: EnrolmentId) -> Result<(), StoreError> {
    let object = format!("what lies beside the journal of enrolment {id}");
    tx.execute(
        "DELETE FROM entry_picture WHERE sequence IN (SELECT sequence FROM entry WHERE own = 1 AND enrolment = ?1)",
        [id.as_bytes()],
    )
    .named(&object)?;
    drop_unreferred(tx, &object)?;
    tx.execute("DELETE FROM roster WHERE enrolment = ?1", [id.as_bytes()]).named(&object)?;
    tx.execute(
        "DELETE FROM admission_photo WHERE NOT EXISTS
         (SELECT 1 FROM roster r WHERE r.admission_photo = admission_photo.hash)",
        [],
    )
    .named(&object)?;
    Ok(())
}

fn find(db: &Connection, hash: PictureHash) -> Result<Option<Picture>, StoreError> {
    let object = format!("picture {hash}");
    let own = db
        .prepare_cached("SELECT role, bytes FROM picture WHERE hash = ?1")
        .and_then(|mut s| {
            s.query_row([hash.as_bytes()], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Vec<u8>>(1)?)))
                .optional()
        })
        .named(&object)?;
    if let Some((role, bytes)) = own {
        return Ok(Some(Picture { hash, role: PictureRole::of(&role), bytes: Zeroizing::new(bytes) }));
    }
    let admission: Option<Vec<u8>> = db
        .prepare_cached("SELECT bytes FROM admission_photo WHERE hash = ?1")
        .and_then(|mut s| s.query_row([hash.as_bytes()], |r| r.get(0)).optional())
        .named(&object)?;
    Ok(admission.map(|b| Picture { hash, role: PictureRole::Admission, bytes: Zeroizing::new(b) }))
}

impl Store {
    /// A picture, if it is here: submitted at this kiosk, or an admission photo.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] naming the picture when its pages are damaged.
    pub fn picture(&self, hash: PictureHash) -> Result<Option<Picture>, StoreError> {
        self.read(|db| find(db, hash))
    }

    /// Pictures that came with this entry of this kiosk: what a portrait that was made and not submitted is shown from.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn pictures_of(&self, entry: EntryId) -> Result<Vec<Picture>, StoreError> {
        self.read(|db| {
            let hashes: Vec<PictureHash> = db
                .prepare_cached(
                    "SELECT ep.picture FROM entry_picture ep JOIN entry e ON e.own = 1 AND e.sequence = ep.sequence
                     WHERE e.id = ?1 ORDER BY ep.picture",
                )
                .and_then(|mut s| {
                    s.query_map([entry.0.as_bytes()], |r| r.get(0).map(PictureHash::from_bytes))?.collect()
                })
                .named(format!("the pictures of entry {entry}"))?;
            let found: Result<Vec<_>, _> = hashes.into_iter().map(|hash| find(db, hash)).collect();
            Ok(found?.into_iter().flatten().collect())
        })
    }

    /// Lets go of the pictures that came with this entry of this kiosk, unless another entry refers to them: a portrait that
    /// was made and not chosen. The entry itself stays, and so does a record: the server still wants it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn discard_pictures(&self, entry: EntryId) -> Result<(), StoreError> {
        let object = format!("the pictures of entry {entry}");
        self.write(&object, |tx| {
            let sequence: Option<i64> = tx
                .query_row(
                    "SELECT sequence FROM entry WHERE own = 1 AND id = ?1",
                    [entry.0.as_bytes()],
                    |r| r.get(0),
                )
                .optional()
                .named(&object)?;
            let sql = "DELETE FROM entry_picture WHERE sequence = ?1
                AND picture NOT IN (SELECT hash FROM picture WHERE role = 'record')";
            tx.execute(sql, [sequence]).named(&object)?;
            drop_unreferred(tx, &object)
        })
    }

    /// Admission photos that rosters name and that are not here yet, at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn wanted_photos(&self, limit: usize) -> Result<Vec<PictureHash>, StoreError> {
        let sql = "SELECT DISTINCT r.admission_photo FROM roster r WHERE r.admission_photo IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM admission_photo p WHERE p.hash = r.admission_photo) LIMIT ?1";
        self.read(|db| {
            db.prepare_cached(sql)
                .and_then(|mut s| {
                    let rows =
                        s.query_map([meta::to_sql(limit as u64)], |r| r.get(0).map(PictureHash::from_bytes))?;
                    rows.collect()
                })
                .named("the roster's photos")
        })
    }

    /// Keeps an admission photo.
    ///
    /// # Errors
    /// [`StoreError::PictureOther`] when the bytes are not those of the hash, [`StoreError::PictureTooLarge`].
    pub fn put_admission_photo(&self, hash: PictureHash, bytes: &[u8]) -> Result<(), StoreError> {
        if bytes.len() > protocol::MAX_PICTURE_BYTES {
            return Err(StoreError::PictureTooLarge { hash, bytes: bytes.len() });
        }
        if PictureHash::of(bytes) != hash {
            return Err(StoreError::PictureOther { hash });
        }
        let object = format!("picture {hash}");
        self.write(&object, |tx| {
            tx.execute(
                "INSERT OR IGNORE INTO admission_photo (hash, bytes) VALUES (?1, ?2)",
                (hash.as_bytes(), bytes),
            )
            .named(&object)?;
            Ok(())
        })
    }
}
