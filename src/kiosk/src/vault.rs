//! The only place where pictures of the person in front are held while a visit runs. Visits know handles; pixels and files
//! lie here and are overwritten the moment a visit lets go of them.

use image::RgbImage;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use visit::FrameId;
use zeroize::Zeroize;

/// A captured frame: its pixels and the camera's own bytes.
pub struct Capture {
    /// The pixels.
    pub image: RgbImage,
    /// The original, a JPEG file.
    pub original: Vec<u8>,
}

enum Held {
    Capture(Capture),
    Portrait(Vec<u8>),
}

impl Drop for Held {
    fn drop(&mut self) {
        match self {
            Held::Capture(c) => {
                // Behind an `Arc` only while a worker looks at it; the worker's drop overwrites it then.
                c.image.as_flat_samples_mut().samples.zeroize();
                c.original.zeroize();
            }
            Held::Portrait(bytes) => bytes.zeroize(),
        }
    }
}

/// Pictures by handle.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<Shelf>>);

#[derive(Default)]
struct Shelf {
    next: u64,
    held: BTreeMap<FrameId, Arc<Held>>,
}

impl Vault {
    fn shelf<T>(&self, work: impl FnOnce(&mut Shelf) -> T) -> T {
        // A worker that panicked while it held the lock left the map whole: every change is one insert or remove.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, held: Held) -> FrameId {
        self.shelf(|s| {
            s.next += 1;
            let id = FrameId(s.next);
            s.held.insert(id, Arc::new(held));
            id
        })
    }

    /// Holds a captured frame.
    pub fn put_capture(&self, capture: Capture) -> FrameId {
        self.put(Held::Capture(capture))
    }

    /// Holds a finished portrait's file.
    pub fn put_portrait(&self, bytes: Vec<u8>) -> FrameId {
        self.put(Held::Portrait(bytes))
    }

    /// Looks at a captured frame; `None` when it was let go of.
    pub fn with_capture<T>(&self, id: FrameId, look: impl FnOnce(&Capture) -> T) -> Option<T> {
        let held = self.shelf(|s| s.held.get(&id).cloned())?;
        match held.as_ref() {
            Held::Capture(c) => Some(look(c)),
            Held::Portrait(_) => None,
        }
    }

    /// Looks at a finished file; `None` when it was let go of.
    pub fn with_portrait<T>(&self, id: FrameId, look: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let held = self.shelf(|s| s.held.get(&id).cloned())?;
        match held.as_ref() {
            Held::Portrait(bytes) => Some(look(bytes)),
            Held::Capture(_) => None,
        }
    }

    /// Overwrites these.
    pub fn forget(&self, ids: &[FrameId]) {
        let gone: Vec<_> = self.shelf(|s| ids.iter().filter_map(|id| s.held.remove(id)).collect());
        drop(gone);
    }

    /// Overwrites all.
    pub fn wipe(&self) {
        let gone = self.shelf(|s| std::mem::take(&mut s.held));
        drop(gone);
    }

    /// How many pictures are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelf(|s| s.held.len())
    }

    /// Whether nothing is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_held_after_a_wipe_and_handles_are_never_reused() {
        let vault = Vault::default();
        let first = vault.put_portrait(vec![1, 2, 3]);
        vault.wipe();
        assert!(vault.is_empty());
        assert!(vault.with_portrait(first, <[u8]>::len).is_none());
        assert_ne!(vault.put_portrait(vec![4]), first);
    }

    #[test]
    fn a_portrait_is_not_a_capture() {
        let vault = Vault::default();
        let id = vault.put_portrait(vec![1]);
        assert!(vault.with_capture(id, |_| ()).is_none());
    }
}
