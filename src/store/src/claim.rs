//! One kiosk process a store. Two would both take the next journal number, draw two keys at a first start, and send each other's
//! queue; so a kiosk claims the folder before it touches key or database. The claim is an advisory lock (`flock`) on a file next
//! to the database: the kernel ends it with the process, however that ends, so that no stale claim is ever left to clear away.
//! Tools that only look, such as `kiosk doctor`, open the store without a claim and are let in.

use crate::StoreError;
use crate::layout::LOCK;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// The right to be the one kiosk process of a store; given up when dropped.
#[derive(Debug)]
pub struct StoreClaim {
    dir: PathBuf,
    /// Holds the lock. Closed in programs that this process starts, so that none of them keeps it.
    _file: File,
}

impl StoreClaim {
    /// Claims the store in this folder, creating the folder where it is missing.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has claimed it; [`StoreError::File`] for a folder that cannot be written.
    pub fn take(dir: &Path) -> Result<StoreClaim, StoreError> {
        let path = dir.join(LOCK);
        let named = |source| StoreError::File { path: path.clone(), source };
        fs::create_dir_all(dir).map_err(|source| StoreError::File { path: dir.to_owned(), source })?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(named)?;
        match file.try_lock() {
            Ok(()) => Ok(StoreClaim { dir: dir.to_owned(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { dir: dir.to_owned() }),
            Err(TryLockError::Error(source)) => Err(named(source)),
        }
    }

    /// The store's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}
