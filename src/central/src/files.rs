//! Small files of the state folder: written whole or not at all, secrets for the owner's eyes only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", file.display())]
pub struct FileError {
    /// Which file.
    pub file: PathBuf,
    /// Why.
    pub source: io::Error,
}

fn named(file: &Path) -> impl Fn(io::Error) -> FileError {
    let file = file.to_owned();
    move |source| FileError { file: file.clone(), source }
}

/// Makes a folder and those above it.
pub(crate) fn make_dir(dir: &Path) -> Result<(), FileError> {
    fs::create_dir_all(dir).map_err(named(dir))
}

/// Makes a folder whose files are personal: nobody but the owner may look in.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), FileError> {
    make_dir(dir)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(named(dir))
}

/// Reads a text.
pub(crate) fn read_text(file: &Path) -> Result<String, FileError> {
    fs::read_to_string(file).map_err(named(file))
}

/// Reads bytes.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, FileError> {
    fs::read(file).map_err(named(file))
}

/// Writes a file that anybody may read.
pub(crate) fn write_public(file: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(file, bytes, 0o644)
}

/// Writes a file that only the owner may read.
pub(crate) fn write_secret(file: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(file, bytes, 0o600)
}

/// Writes beside the file, syncs, and renames: whoever reads it sees the old one or the new one.
fn write(file: &Path, bytes: &[u8], mode: u32) -> Result<(), FileError> {
    let named = named(file);
    let beside = file.with_extension(format!("{:016x}.new", rand::random::<u64>()));
    let written = (|| {
        let mut new = OpenOptions::new().write(true).create_new(true).mode(mode).open(&beside)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        fs::rename(&beside, file)?;
        sync_dir(file.parent().unwrap_or(Path::new(".")))
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.map_err(named)
}

/// Makes a rename in this folder survive a power cut.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}
