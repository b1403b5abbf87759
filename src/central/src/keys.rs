//! Keys of the state folder: 32 random bytes each, drawn at first use, in files that only their owner can read.

use crate::files::{self, FileError};
use collection::Signer;
use std::path::{Path, PathBuf};

/// A key file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// It does not hold 32 bytes of hex.
    #[error("{} does not hold a key of 32 bytes in hex", file.display())]
    Form {
        /// Which file.
        file: PathBuf,
    },
}

/// The key in this file, drawn now if there is none.
pub(crate) fn seed(file: &Path) -> Result<[u8; 32], KeyFileError> {
    if !file.exists() {
        let fresh: [u8; 32] = rand::random();
        files::write_secret(file, hex::encode(fresh).as_bytes())?;
    }
    let mut seed = [0; 32];
    hex::decode_to_slice(files::read_text(file)?.trim(), &mut seed)
        .map_err(|_| KeyFileError::Form { file: file.to_owned() })?;
    Ok(seed)
}

/// The signing key in this file, drawn now if there is none.
pub(crate) fn signer(file: &Path) -> Result<Signer, KeyFileError> {
    Signer::from_seed(&seed(file)?).map_err(|_| KeyFileError::Form { file: file.to_owned() })
}
