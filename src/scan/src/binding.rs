//! When a live read may bind: two decodes that agree.
//!
//! Error correction lets a wrong read through once in very many tries, and a kiosk looks at every frame all day. One
//! decode is therefore never enough: either both routes read the same bytes in one frame, or two frames give the same.

use crate::code::{Code, Routes, Scan};

/// Frames without a code after which a half-confirmed read is forgotten.
const PATIENCE: u32 = 15;

/// Collects scans of one visit until two decodes agree.
#[derive(Debug, Default)]
pub struct Binding {
    pending: Option<Vec<u8>>,
    idle: u32,
}

impl Binding {
    /// An empty binding.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next scan; the code comes back once two decodes agree on its bytes. Two different codes in one
    /// picture bind nothing, because nobody can say which one is meant.
    pub fn offer(&mut self, scan: &Scan) -> Option<Code> {
        let Some(code) = scan.codes.first() else {
            self.idle += 1;
            if self.idle > PATIENCE {
                self.pending = None;
            }
            return None;
        };
        self.idle = 0;
        if scan.codes.iter().any(|other| other.bytes != code.bytes) {
            self.pending = None;
            return None;
        }
        let agreed = code.routes == Routes::Both || self.pending.as_deref() == Some(&code.bytes);
        self.pending = if agreed { None } else { Some(code.bytes.clone()) };
        agreed.then(|| code.clone())
    }

    /// Forgets everything: the next visit starts clean.
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
        Scan { codes: codes.collect(), seen: None, sight: None }
    }

    #[test]
    fn one_read_by_one_route_does_not_bind() {
        let mut binding = Binding::new();
        assert!(binding.offer(&scan(&[(b"a", Routes::Rxing)])).is_none());
        assert!(binding.offer(&scan(&[(b"b", Routes::Rxing)])).is_none());
        assert!(binding.offer(&scan(&[(b"a", Routes::Rqrr)])).is_none());
        assert!(binding.offer(&scan(&[(b"a", Routes::Rxing)])).is_some());
    }

    #[test]
    fn two_routes_in_one_frame_bind() {
        assert!(Binding::new().offer(&scan(&[(b"a", Routes::Both)])).is_some());
    }

    #[test]
    fn two_codes_in_one_frame_never_bind() {
        let mut binding = Binding::new();
        let two = scan(&[(b"a", Routes::Both), (b"b", Routes::Both)]);
        assert!(binding.offer(&two).is_none() && binding.offer(&two).is_none());
    }

    #[test]
    fn a_read_long_ago_is_forgotten() {
        let mut binding = Binding::new();
        binding.offer(&scan(&[(b"a", Routes::Rxing)]));
        for _ in 0..=PATIENCE {
            binding.offer(&Scan::default());
        }
        assert!(binding.offer(&scan(&[(b"a", Routes::Rxing)])).is_none());
    }
}
