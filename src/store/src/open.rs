//! Opens a store: draws the device's signing key if there is none, and brings the projections up to date.

use crate::{Store, StoreError, StoreKey, identity, projection};
use std::path::Path;

impl Store {
    /// Opens the store in this folder, creating both where they are missing.
    ///
    /// # Errors
    /// [`StoreError::NoCipher`], [`StoreError::WrongKey`], [`StoreError::Newer`], [`StoreError::Damaged`], or
    /// [`StoreError::File`] for a folder that cannot be written.
    pub fn open(dir: &Path, key: StoreKey) -> Result<Store, StoreError> {
        Store::open_with(dir, key, |tx| {
            let signer = identity::signer(tx)?;
            projection::bring_up_to_date(tx)?;
            Ok(signer)
        })
    }
}
