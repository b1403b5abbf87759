//! How many more visits fit on the disk.

use crate::{Store, StoreError};

/// What one visit takes at most, bytes: portrait and original, once in the log and once in the database.
pub const VISIT_BYTES: u64 = 4 << 20;

/// Room on the store's disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Free for us, bytes.
    pub free_bytes: u64,
    /// The disk, bytes.
    pub total_bytes: u64,
}

impl Space {
    /// New visits stop when fewer than this many still fit, so that whatever was begun can be finished and handed over.
    pub const RESERVE_VISITS: u64 = 500;

    /// How many more visits fit.
    #[must_use]
    pub const fn visits(self) -> u64 {
        self.free_bytes / VISIT_BYTES
    }

    /// Whether a new visit may begin.
    #[must_use]
    pub const fn admits_visit(self) -> bool {
        self.visits() >= Self::RESERVE_VISITS
    }
}

impl Store {
    /// Room on the disk that the store lies on.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn space(&self) -> Result<Space, StoreError> {
        let dir = &self.0.dir;
        let s =
            rustix::fs::statvfs(dir).map_err(|e| StoreError::File { path: dir.clone(), source: e.into() })?;
        let bytes = |blocks: u64| blocks.saturating_mul(s.f_frsize);
        Ok(Space { free_bytes: bytes(s.f_bavail), total_bytes: bytes(s.f_blocks) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_visits_stop_while_five_hundred_still_fit() {
        let space = |free_bytes| Space { free_bytes, total_bytes: u64::MAX };
        assert!(space(500 * VISIT_BYTES).admits_visit());
        assert!(!space(500 * VISIT_BYTES - 1).admits_visit());
        assert_eq!(space(0).visits(), 0);
    }
}
