//! Confirms a live read: two decodes must agree before a code counts.
//!
//! Error correction accepts a wrong read once in very many tries, and a kiosk scans every frame all day. A single decode is
//! therefore never enough: either two routes read the same bytes in one frame, or two frames give the same bytes.

use crate::code::{Code, Routes, Scan};

/// Frames without a code after which an unconfirmed read is forgotten.
const MAX_IDLE_FRAMES: u32 = 15;

/// Collects the scans of one visit until two decodes agree.
#[derive(Debug, Default)]
pub struct ReadConfirmer {
    unconfirmed: Option<Vec<u8>>,
    idle: u32,
}

impl ReadConfirmer {
    /// A confirmer that has seen no scan.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next scan and returns the code once two decodes agree on its bytes. Two different codes in one picture
    /// confirm nothing, because it is unknown which one is meant.
    pub fn offer(&mut self, scan: &Scan) -> Option<Code> {
        let Some(code) = scan.codes.first() else {
            self.idle += 1;
            if self.idle > MAX_IDLE_FRAMES {
                self.unconfirmed = None;
            }
            return None;
        };
        self.idle = 0;
        if scan.codes.iter().any(|other| other.bytes != code.bytes) {
            self.unconfirmed = None;
            return None;
        }
        let agreed = code.routes == Routes::Both || self.unconfirmed.as_deref() == Some(&code.bytes);
        self.unconfirmed = if agreed { None } else { Some(code.bytes.clone()) };
        agreed.then(|| code.clone())
    }

    /// Forgets every earlier scan, so that the next visit starts clean.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(codes: &[(&[u8], Routes)]) -> Scan {
        let codes = codes.iter().map(|(bytes, routes)| Code {
            bytes: bytes.to_vec(),
            text: None,
            corners: [(0.0, 0.0); 4],
            routes: *routes,
        });
        Scan { codes: codes.collect(), seen: None, hint: None }
    }

    #[test]
    fn one_read_by_one_route_is_not_confirmed() {
        let mut confirmer = ReadConfirmer::new();
        assert!(confirmer.offer(&scan(&[(b"a", Routes::Rxing)])).is_none());
        assert!(confirmer.offer(&scan(&[(b"b", Routes::Rxing)])).is_none());
        assert!(confirmer.offer(&scan(&[(b"a", Routes::Rqrr)])).is_none());
        assert!(confirmer.offer(&scan(&[(b"a", Routes::Rxing)])).is_some());
    }

    #[test]
    fn two_routes_in_one_frame_confirm_a_read() {
        assert!(ReadConfirmer::new().offer(&scan(&[(b"a", Routes::Both)])).is_some());
    }

    #[test]
    fn two_codes_in_one_frame_confirm_nothing() {
        let mut confirmer = ReadConfirmer::new();
        let two = scan(&[(b"a", Routes::Both), (b"b", Routes::Both)]);
        assert!(confirmer.offer(&two).is_none() && confirmer.offer(&two).is_none());
    }

    #[test]
    fn a_read_long_ago_is_forgotten() {
        let mut confirmer = ReadConfirmer::new();
        confirmer.offer(&scan(&[(b"a", Routes::Rxing)]));
        for _ in 0..=MAX_IDLE_FRAMES {
            confirmer.offer(&Scan::default());
        }
        assert!(confirmer.offer(&scan(&[(b"a", Routes::Rxing)])).is_none());
    }
}
