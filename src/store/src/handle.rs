//! The store's handle: one writing and one reading connection, each behind a lock.

use crate::connection::{open_reader, open_writer};
use crate::error::{Named, StoreError};
use crate::{StoreClaim, StoreKey};
use collection::Signer;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The kiosk's encrypted database. A handle; clones are the same store.
#[derive(Clone)]
pub struct Store(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub dir: PathBuf,
    key: StoreKey,
    pub signer: Signer,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    /// Last, so that the connections are closed before another process may come in.
    _claim: Option<StoreClaim>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.0.dir.display())
    }
}

impl Store {
    /// Opens the store in this folder, creating both where they are missing. `prepare` runs in a first transaction and returns the
    /// key that signs this device's entries. A claim is held for as long as the store is open.
    pub(crate) fn open_with(
        dir: &Path,
        key: StoreKey,
        claim: Option<StoreClaim>,
        prepare: impl FnOnce(&Transaction<'_>) -> Result<Signer, StoreError>,
    ) -> Result<Store, StoreError> {
        let mut writer = open_writer(dir, &key)?;
        let signer = transact(&mut writer, "the store", prepare)?;
        let reader = open_reader(dir, &key)?;
        let (writer, reader) = (Mutex::new(writer), Mutex::new(reader));
        Ok(Store(Arc::new(Inner { dir: dir.to_owned(), key, signer, writer, reader, _claim: claim })))
    }

    /// Runs `work` in a transaction: committed and durable when this returns `Ok`, rolled back otherwise.
    pub(crate) fn write<T>(
        &self,
        object: &str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut db = lock(&self.0.writer);
        let done = transact(&mut db, object, work);
        if matches!(done, Err(StoreError::Damaged { .. })) {
            // After a page that does not decrypt, SQLCipher refuses everything on that connection; a new one reads the other pages.
            *db = open_writer(&self.0.dir, &self.0.key)?;
        }
        done
    }

    /// Runs `work` on the reading connection.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut db = lock(&self.0.reader);
        let done = work(&db);
        if matches!(done, Err(StoreError::Damaged { .. })) {
            *db = open_reader(&self.0.dir, &self.0.key)?;
        }
        done
    }
}

fn transact<T>(
    db: &mut Connection,
    object: &str,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).named(object)?;
    let done = work(&tx)?;
    tx.commit().named(object)?;
    Ok(done)
}

/// Ignores poisoning: a panic under the lock rolled its transaction back while unwinding, so the connection is sound.
fn lock(db: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    db.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_and_leaves_the_store_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), StoreKey::random()).unwrap();
        let photo = vec![7; 400_000];
        let hash = collection::PictureHash::of(&photo);
        let pages: i64 = lock(&store.0.writer).query_row("PRAGMA page_count", [], |r| r.get(0)).unwrap();
        let limit = |pages: i64| {
            let sql = format!("PRAGMA max_page_count = {pages}");
            lock(&store.0.writer).query_row(&sql, [], |r| r.get::<_, i64>(0)).unwrap()
        };
        limit(pages + 10);
        let told = store.put_admission_photo(hash, &photo).unwrap_err();
        assert!(matches!(told, StoreError::Full { .. }), "{told:?}");
        assert!(store.picture(hash).unwrap().is_none());
        limit(1 << 30);
        store.put_admission_photo(hash, &photo).unwrap();
        assert_eq!(*store.picture(hash).unwrap().unwrap().bytes, photo);
    }
}
