//! The picture folder: pictures and personal records by the hash of their bytes. An upload grows as a part, can stop at any byte
//! and go on there, and becomes a picture only when its bytes have the name's hash, are synced and were renamed in one step.

use crate::files::{self, FileError};
use collection::PictureHash;
use protocol::MAX_PICTURE_BYTES;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Why bytes were not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureError {
    /// The part has another length than the sender thinks.
    #[error("the part has {have} bytes")]
    Offset { have: u64 },
    /// More bytes than announced or allowed.
    #[error("the picture is larger than announced or allowed")]
    TooLarge,
    /// The complete picture has another hash; it was deleted.
    #[error("the bytes do not have the hash that they were sent under")]
    Hash,
    /// Another request writes this picture at the moment.
    #[error("the picture is being written by another request")]
    Busy,
    #[error(transparent)]
    File(#[from] FileError),
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    pub offset: u64,
    pub complete: bool,
}

/// The folder.
#[derive(Clone)]
pub(crate) struct Pictures {
    dir: PathBuf,
    parts: PathBuf,
    locked: Arc<Mutex<HashSet<PictureHash>>>,
}

/// The lock on a picture that one request writes; others are refused meanwhile.
struct PictureLock {
    pictures: Pictures,
    hash: PictureHash,
}

impl Drop for PictureLock {
    fn drop(&mut self) {
        self.pictures.locked().remove(&self.hash);
    }
}

impl Pictures {
    /// Opens the folder, making it where it is missing.
    pub fn open(dir: &Path) -> Result<Pictures, FileError> {
        let parts = dir.join("parts");
        files::make_dir(&parts)?;
        Ok(Pictures { dir: dir.to_owned(), parts, locked: Arc::default() })
    }

    /// How far the upload of this picture is.
    pub fn progress(&self, hash: PictureHash) -> Progress {
        if let Ok(complete) = fs::metadata(self.file(hash)) {
            return Progress { offset: complete.len(), complete: true };
        }
        let offset = fs::metadata(self.part(hash)).map_or(0, |m| m.len());
        Progress { offset, complete: false }
    }

    /// Adds `chunk` at `offset` of a picture of `length` bytes. An empty chunk at the end finishes a part that has all bytes already.
    pub fn append(
        &self,
        hash: PictureHash,
        offset: u64,
        length: u64,
        chunk: &[u8],
    ) -> Result<Progress, PictureError> {
        let _lock = self.lock(hash)?;
        let have = self.progress(hash);
        if have.complete {
            return Ok(have);
        }
        if have.offset != offset {
            return Err(PictureError::Offset { have: have.offset });
        }
        if offset > length {
            // An earlier request announced another length: no bytes added can make this the picture.
            let part = self.part(hash);
            fs::remove_file(&part).map_err(|source| FileError { file: part, source })?;
            return Err(PictureError::Hash);
        }
        let end = offset + chunk.len() as u64;
        if length > MAX_PICTURE_BYTES as u64 || end > length {
            return Err(PictureError::TooLarge);
        }
        let part = self.part(hash);
        let named = |source| FileError { file: part.clone(), source };
        let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(&part).map_err(named)?;
        file.write_all(chunk).map_err(named)?;
        if end < length {
            return Ok(Progress { offset: end, complete: false });
        }
        if let Err(source) = file.sync_all() {
            // After a failed sync the system may take its copy for written: a second sync would succeed and prove nothing.
            fs::remove_file(&part).map_err(named)?;
            return Err(named(source).into());
        }
        self.finish(hash, &part)?;
        Ok(Progress { offset: end, complete: true })
    }

    /// Stores a picture given as bytes (an admission photo).
    pub fn put(&self, bytes: &[u8]) -> Result<PictureHash, PictureError> {
        let hash = PictureHash::of(bytes);
        if !self.progress(hash).complete {
            let _ = fs::remove_file(self.part(hash));
            self.append(hash, 0, bytes.len() as u64, bytes)?;
        }
        Ok(hash)
    }

    /// The bytes of a complete picture.
    pub fn get(&self, hash: PictureHash) -> Result<Option<Vec<u8>>, FileError> {
        let file = self.file(hash);
        match fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(FileError { file, source }),
        }
    }

    /// Deletes a picture and a part of it.
    pub fn remove(&self, hash: PictureHash) -> Result<(), FileError> {
        for file in [self.file(hash), self.part(hash)] {
            match fs::remove_file(&file) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(FileError { file, source });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn finish(&self, hash: PictureHash, part: &Path) -> Result<(), PictureError> {
        let named = |source| FileError { file: part.to_owned(), source };
        if hash_of(part).map_err(named)? != *hash.as_bytes() {
            fs::remove_file(part).map_err(named)?;
            return Err(PictureError::Hash);
        }
        let file = self.file(hash);
        let subfolder = file.parent().unwrap_or(&self.dir);
        files::make_dir(subfolder)?;
        fs::rename(part, &file).map_err(named)?;
        for dir in [subfolder, &self.parts, &self.dir] {
            files::sync_dir(dir).map_err(named)?;
        }
        Ok(())
    }

    fn lock(&self, hash: PictureHash) -> Result<PictureLock, PictureError> {
        if self.locked().insert(hash) {
            Ok(PictureLock { pictures: self.clone(), hash })
        } else {
            Err(PictureError::Busy)
        }
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashSet<PictureHash>> {
        // A panic elsewhere leaves the set intact.
        self.locked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, hash: PictureHash) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(&name[..2]).join(name)
    }

    fn part(&self, hash: PictureHash) -> PathBuf {
        self.parts.join(hash.to_string())
    }
}

fn hash_of(file: &Path) -> io::Result<[u8; 32]> {
    let (mut file, mut sha, mut buffer) = (File::open(file)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(sha.finalize().into()),
            n => sha.update(&buffer[..n]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_stops_anywhere_and_goes_on_at_the_byte() {
        let dir = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let hash = PictureHash::of(&bytes);
        let length = bytes.len() as u64;
        let first = Pictures::open(dir.path()).unwrap();
        first.append(hash, 0, length, &bytes[..70_001]).unwrap();
        let again = Pictures::open(dir.path()).unwrap();
        let Progress { offset, complete } = again.progress(hash);
        assert_eq!((offset, complete), (70_001, false));
        assert!(matches!(again.append(hash, 0, length, &bytes), Err(PictureError::Offset { have: 70_001 })));
        assert!(again.append(hash, offset, length, &bytes[70_001..]).unwrap().complete);
        assert_eq!(again.get(hash).unwrap().unwrap(), bytes);
        assert!(
            again.append(hash, 0, length, &bytes).unwrap().complete,
            "the same picture again is a success"
        );
    }

    #[test]
    fn a_part_with_all_bytes_is_finished_by_an_empty_chunk() {
        let dir = tempfile::tempdir().unwrap();
        let pictures = Pictures::open(dir.path()).unwrap();
        let (right, wrong) = (PictureHash::of(b"right"), PictureHash::of(b"other"));
        for hash in [right, wrong] {
            fs::write(pictures.part(hash), b"right").unwrap();
            assert_eq!(pictures.progress(hash), Progress { offset: 5, complete: false });
        }
        assert_eq!(pictures.append(right, 5, 5, b"").unwrap(), Progress { offset: 5, complete: true });
        assert_eq!(pictures.get(right).unwrap().unwrap(), b"right");
        assert!(matches!(pictures.append(wrong, 5, 5, b""), Err(PictureError::Hash)));
        assert_eq!(pictures.progress(wrong), Progress { offset: 0, complete: false });
    }

    #[test]
    fn a_part_longer_than_the_picture_starts_over() {
        let dir = tempfile::tempdir().unwrap();
        let pictures = Pictures::open(dir.path()).unwrap();
        let hash = PictureHash::of(b"right");
        pictures.append(hash, 0, 9, b"rightly").unwrap();
        assert!(matches!(pictures.append(hash, 7, 5, b""), Err(PictureError::Hash)));
        assert!(pictures.append(hash, 0, 5, b"right").unwrap().complete);
    }

    #[test]
    fn wrong_bytes_are_deleted_and_leave_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let pictures = Pictures::open(dir.path()).unwrap();
        let hash = PictureHash::of(b"right");
        assert!(matches!(pictures.append(hash, 0, 5, b"wrong"), Err(PictureError::Hash)));
        assert_eq!(pictures.progress(hash), Progress { offset: 0, complete: false });
        assert!(matches!(pictures.append(hash, 0, 4, b"right"), Err(PictureError::TooLarge)));
        assert!(pictures.append(hash, 0, 5, b"right").unwrap().complete);
    }
}
