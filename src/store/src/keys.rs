//! The store's key: 32 random bytes, stored apart from the database.
//!
//! On a provisioned kiosk systemd provides it as the credential `store-key` (encrypted at rest, bound to the machine); where
//! there is none it lies in a file that only the kiosk's user may read. A key is drawn exactly once, when there is no store
//! yet: drawing a new one for an existing store would hide a missing key behind an unreadable database.

use crate::layout::DATABASE;
use sentences::{Code, codes};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Name of the systemd credential.
const CREDENTIAL: &str = "store-key";

/// Why there is no key. Each variant names the file.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is a store, but its key is not where it should be.
    #[error("{path}: the store's key is missing; without it the store cannot be read")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Others may read the file.
    #[error("{path}: mode {mode:o} lets others read the key; it must be 600")]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is not 64 hex digits.
    #[error("{path}: is not 64 hex digits")]
    Form {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl KeyFileError {
    /// The sentence that says so.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            KeyFileError::Missing { .. } => codes::STORE_KEY_MISSING,
            KeyFileError::Exposed { .. } => codes::STORE_KEY_EXPOSED,
            KeyFileError::Form { .. } => codes::STORE_KEY_FORM,
            KeyFileError::File { .. } => codes::STORE_KEY_FILE,
        }
    }
}

/// The key of one store. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct StoreKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreKey")
    }
}

impl StoreKey {
    /// From its bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A new one from the system's random source.
    #[must_use]
    pub fn random() -> Self {
        Self::from_bytes(rand::random())
    }

    /// The key in SQLCipher's raw form, which skips the password derivation.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", *self.hex()))
    }

    fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.0))
    }

    fn read(path: &Path) -> Result<Option<Self>, KeyFileError> {
        let named = |source| KeyFileError::File { path: path.to_owned(), source };
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(named(e)),
        };
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim_ascii(), bytes.as_mut_slice())
            .map_err(|_| KeyFileError::Form { path: path.to_owned() })?;
        Ok(Some(Self(bytes)))
    }

    fn create(path: &Path) -> Result<Self, KeyFileError> {
        let named = |source| KeyFileError::File { path: path.to_owned(), source };
        let dir = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(dir).map_err(named)?;
        let key = Self::random();
        // Whole or not at all: a key cut short by a power cut would make the first visits unreadable.
        let part = path.with_extension("part");
        match fs::remove_file(&part) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(named(e)),
            _ => {}
        }
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part).map_err(named)?;
        writeln!(file, "{}", *key.hex()).and_then(|()| file.sync_all()).map_err(named)?;
        fs::rename(&part, path).map_err(named)?;
        File::open(dir).and_then(|d| d.sync_all()).map_err(named)?;
        Ok(key)
    }
}

/// The key of the store in `store_dir`: systemd's credential `store-key` if there is one, else `file`, which is drawn and
/// written (mode 600) when there is neither file nor store.
///
/// # Errors
/// When the key of an existing store is missing, exposed to others or no key.
pub fn obtain(file: &Path, store_dir: &Path) -> Result<StoreKey, KeyFileError> {
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    obtain_from(credentials.as_deref(), file, store_dir)
}

fn obtain_from(credentials: Option<&Path>, file: &Path, store_dir: &Path) -> Result<StoreKey, KeyFileError> {
    if let Some(dir) = credentials
        && let Some(key) = StoreKey::read(&dir.join(CREDENTIAL))?
    {
        return Ok(key);
    }
    if let Ok(meta) = fs::metadata(file) {
        let mode = meta.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Exposed { path: file.to_owned(), mode });
        }
    }
    match StoreKey::read(file)? {
        Some(key) => Ok(key),
        None if store_dir.join(DATABASE).exists() => Err(KeyFileError::Missing { path: file.to_owned() }),
        None => StoreKey::create(file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_drawn_once_and_only_for_a_new_store() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("keys/store.key");
        let first = obtain_from(None, &file, dir.path()).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(*first.0, *obtain_from(None, &file, dir.path()).unwrap().0);
        fs::remove_file(&file).unwrap();
        fs::write(dir.path().join(DATABASE), b"").unwrap();
        let told = obtain_from(None, &file, dir.path()).unwrap_err();
        assert_eq!(told.code(), codes::STORE_KEY_MISSING);
    }

    #[test]
    fn an_exposed_or_malformed_key_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("store.key");
        obtain_from(None, &file, dir.path()).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(obtain_from(None, &file, dir.path()).unwrap_err().code(), codes::STORE_KEY_EXPOSED);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&file, "half a key").unwrap();
        let told = obtain_from(None, &file, dir.path()).unwrap_err();
        assert_eq!(told.code(), codes::STORE_KEY_FORM);
        assert!(!told.to_string().contains("half"), "a key is never printed");
    }

    #[test]
    fn the_credential_goes_before_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("store.key");
        obtain_from(None, &file, dir.path()).unwrap();
        fs::write(dir.path().join(CREDENTIAL), "07".repeat(32)).unwrap();
        let key = obtain_from(Some(dir.path()), &file, dir.path()).unwrap();
        assert_eq!(*key.0, [7; 32]);
    }
}
