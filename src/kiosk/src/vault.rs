//! The only place where pictures of the person in front are held while a visit runs. Visits know handles; pixels and files
//! lie here and are overwritten the moment a visit lets go of them.

use image::RgbImage;
use slint::{Rgb8Pixel, SharedPixelBuffer};
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

/// The school's photo of the student in front.
pub struct Admission {
    /// Its file, to be compared with.
    pub file: Vec<u8>,
    /// As the screen shows it next to the portrait; `None` if it cannot be decoded.
    pub shown: Option<SharedPixelBuffer<Rgb8Pixel>>,
}

enum Held {
    Capture(Capture),
    Portrait(Vec<u8>),
    Admission(Admission),
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
            Held::Admission(admission) => {
                admission.file.zeroize();
                if let Some(shown) = &mut admission.shown {
                    shown.make_mut_bytes().zeroize();
                }
            }
        }
    }
}

/// Pictures by handle.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<Handles>>);

#[derive(Default)]
struct Handles {
    next: u64,
    held: BTreeMap<FrameId, Arc<Held>>,
}

impl Vault {
    fn handles<T>(&self, work: impl FnOnce(&mut Handles) -> T) -> T {
        // A worker that panicked while it held the lock left the map whole: every change is one insert or remove.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, held: Held) -> FrameId {
        self.handles(|s| {
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

    /// Holds an admission photo.
    pub fn put_admission(&self, admission: Admission) -> FrameId {
        self.put(Held::Admission(admission))
    }

    fn get(&self, id: FrameId) -> Option<Arc<Held>> {
        self.handles(|s| s.held.get(&id).cloned())
    }

    /// Looks at a captured frame; `None` when it was let go of.
    pub fn with_capture<T>(&self, id: FrameId, look: impl FnOnce(&Capture) -> T) -> Option<T> {
        match self.get(id)?.as_ref() {
            Held::Capture(c) => Some(look(c)),
            Held::Portrait(_) | Held::Admission(_) => None,
        }
    }

    /// Looks at a finished file; `None` when it was let go of.
    pub fn with_portrait<T>(&self, id: FrameId, look: impl FnOnce(&[u8]) -> T) -> Option<T> {
        match self.get(id)?.as_ref() {
            Held::Portrait(bytes) => Some(look(bytes)),
            Held::Capture(_) | Held::Admission(_) => None,
        }
    }

    /// Looks at an admission photo; `None` when it was let go of.
    pub fn with_admission<T>(&self, id: FrameId, look: impl FnOnce(&Admission) -> T) -> Option<T> {
        match self.get(id)?.as_ref() {
            Held::Admission(admission) => Some(look(admission)),
            Held::Capture(_) | Held::Portrait(_) => None,
        }
    }

    /// Overwrites these.
    pub fn forget(&self, ids: &[FrameId]) {
        let gone: Vec<_> = self.handles(|s| ids.iter().filter_map(|id| s.held.remove(id)).collect());
        drop(gone);
    }

    /// Overwrites all.
    pub fn wipe(&self) {
        let gone = self.handles(|s| std::mem::take(&mut s.held));
        drop(gone);
    }

    /// How many pictures are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.handles(|s| s.held.len())
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
    fn a_portrait_is_no_capture_and_no_admission_photo() {
        let vault = Vault::default();
        let id = vault.put_portrait(vec![1]);
        assert!(vault.with_capture(id, |_| ()).is_none());
        assert!(vault.with_admission(id, |_| ()).is_none());
    }

    #[test]
    fn an_admission_photo_goes_with_the_visit() {
        let vault = Vault::default();
        let shown = Some(SharedPixelBuffer::new(2, 2));
        let id = vault.put_admission(Admission { file: vec![1, 2], shown });
        assert_eq!(vault.with_admission(id, |a| a.file.len()), Some(2));
        vault.wipe();
        assert!(vault.with_admission(id, |_| ()).is_none() && vault.is_empty());
    }
}
