//! Small files of the state folder: written completely or not at all, secrets readable by their owner alone.

use crate::disk_fault::DiskFault;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
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

impl FileError {
    /// The fault of the disk that this is: it is full, a quota is used up, or a file may not be that large. Other failures do not
    /// tell whether reading or writing failed.
    pub(crate) fn disk_fault(&self) -> Option<DiskFault> {
        let no_room = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge];
        no_room.contains(&self.source.kind()).then_some(DiskFault::Full)
    }
}

fn named(file: &Path) -> impl Fn(io::Error) -> FileError {
    let file = file.to_owned();
    move |source| FileError { file: file.clone(), source }
}

/// Makes a folder and its missing parents, accessible to the owner alone. An existing folder keeps its permissions.
pub(crate) fn make_dir(dir: &Path) -> Result<(), FileError> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(named(dir))
}

/// Makes a folder of personal files, accessible to the owner alone even if it existed.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), FileError> {
    make_dir(dir)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(named(dir))
}

/// Reads a text file.
pub(crate) fn read_text(file: &Path) -> Result<String, FileError> {
    fs::read_to_string(file).map_err(named(file))
}

/// Reads a file.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, FileError> {
    fs::read(file).map_err(named(file))
}

/// Writes a file that everybody can read.
pub(crate) fn write_public(file: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(file, bytes, 0o644)
}

/// Writes a file that only the owner can read.
pub(crate) fn write_secret(file: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(file, bytes, 0o600)
}

/// Writes a temporary file in the same folder, syncs it, and renames it: a reader sees the old content or the new one.
fn write(file: &Path, bytes: &[u8], mode: u32) -> Result<(), FileError> {
    let named = named(file);
    let temporary = file.with_extension(format!("{:016x}.new", rand::random::<u64>()));
    let written = (|| {
        let mut new = OpenOptions::new().write(true).create_new(true).mode(mode).open(&temporary)?;
        new.write_all(bytes)?;
        new.sync_all()?;
        fs::rename(&temporary, file)?;
        sync_dir(file.parent().unwrap_or(Path::new(".")))
    })();
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.map_err(named)
}

/// Makes a rename in this folder survive a power cut.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn new_folders_and_secrets_are_the_owner_s_alone() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("a/b");
        make_dir(&inner).unwrap();
        assert_eq!((mode(&dir.path().join("a")), mode(&inner)), (0o700, 0o700));
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
        make_dir(&inner).unwrap();
        assert_eq!(mode(&inner), 0o755, "an existing folder keeps its permissions");
        make_private_dir(&inner).unwrap();
        assert_eq!(mode(&inner), 0o700);
        write_secret(&inner.join("s"), b"s").unwrap();
        assert_eq!(mode(&inner.join("s")), 0o600);
    }
}
