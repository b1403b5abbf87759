//! Opens a store: draws the device's signing key if there is none, and brings the projections up to date.

use crate::{Store, StoreClaim, StoreError, StoreKey, identity, projection};
use collection::Signer;
use rusqlite::Transaction;
use std::path::Path;

impl Store {
    /// Opens the store in this folder, creating both where they are missing, without claiming it: for tools next to a kiosk.
    /// The kiosk itself uses [`Store::open_claimed`].
    ///
    /// # Errors
    /// [`StoreError::NoCipher`], [`StoreError::WrongKey`], [`StoreError::Newer`], [`StoreError::Damaged`], or
    /// [`StoreError::File`] for a folder that cannot be written.
    pub fn open(dir: &Path, key: StoreKey) -> Result<Store, StoreError> {
        Store::open_with(dir, key, None, prepare)
    }

    /// Opens the store for the kiosk that claimed it. The claim lasts until the last handle is dropped.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_claimed(claim: StoreClaim, key: StoreKey) -> Result<Store, StoreError> {
        let dir = claim.dir().to_owned();
        Store::open_with(&dir, key, Some(claim), prepare)
    }
}

fn prepare(tx: &Transaction<'_>) -> Result<Signer, StoreError> {
    let signer = identity::signer(tx)?;
    projection::bring_up_to_date(tx)?;
    Ok(signer)
}
