//! Collects the reads of all routes in one picture and decides which may be reported.
//!
//! Routes check each other: where two of them read different bytes at one site, neither is reported.

use crate::charset::{self, Text};
use crate::code::{Code, Routes};
use crate::outline::{Quad, extent, holds, same_place};

/// Which decoder a read came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Rxing,
    Rqrr,
    SoftDecision,
}

/// One successful decode by one route.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    pub bytes: Vec<u8>,
    /// Text by a character set that the code itself declares.
    pub declared: Option<String>,
    pub corners: Quad,
    /// Modules along one side.
    pub modules: u32,
    pub route: Route,
}

/// All reads at one site of the picture.
#[derive(Debug)]
struct Site {
    first: Read,
    rxing: bool,
    rqrr: bool,
    soft: bool,
    /// Two decodes gave different bytes, so that nothing here may be reported.
    disputed: bool,
}

/// The reads of one picture, by site.
#[derive(Debug, Default)]
pub(crate) struct DecodeConsensus {
    sites: Vec<Site>,
}

impl DecodeConsensus {
    /// Adds one read.
    pub(crate) fn add(&mut self, read: Read) {
        let by = |route| read.route == route;
        let (rxing, rqrr, soft) = (by(Route::Rxing), by(Route::Rqrr), by(Route::SoftDecision));
        match self.sites.iter_mut().find(|site| same_place(&site.first.corners, &read.corners)) {
            Some(site) => {
                site.rxing |= rxing;
                site.rqrr |= rqrr;
                site.soft |= soft;
                site.disputed |= site.first.bytes != read.bytes;
                if site.first.declared.is_none() {
                    site.first.declared = read.declared;
                }
            }
            None => self.sites.push(Site { first: read, rxing, rqrr, soft, disputed: false }),
        }
    }

    /// Whether nothing was read at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// Undisputed reads that only one route has made so far.
    pub(crate) fn unconfirmed(&self) -> Vec<Read> {
        self.sites.iter().filter(|p| p.route_count() == 1 && !p.disputed).map(|p| p.first.clone()).collect()
    }

    /// The codes that may be reported: undisputed reads, largest first. A code drawn inside another one is decoration of it.
    pub(crate) fn codes(self) -> Vec<Code> {
        let mut codes: Vec<Code> =
            self.sites.into_iter().filter(|p| !p.disputed).map(Site::into_code).collect();
        codes.sort_by(|a, b| extent(&b.corners).total_cmp(&extent(&a.corners)));
        let mut outermost: Vec<Code> = Vec::new();
        for code in codes {
            if !outermost.iter().any(|outer| holds(&outer.corners, &code.corners)) {
                outermost.push(code);
            }
        }
        outermost
    }
}

impl Site {
    /// How many routes read it.
    fn route_count(&self) -> usize {
        [self.rxing, self.rqrr, self.soft].into_iter().filter(|read| *read).count()
    }

    fn into_code(self) -> Code {
        let text: Option<Text> = charset::text_of(&self.first.bytes, self.first.declared);
        let routes = match (self.rxing, self.rqrr, self.soft) {
            (true, false, false) => Routes::Rxing,
            (false, true, false) => Routes::Rqrr,
            (false, false, _) => Routes::SoftDecision,
            _ => Routes::Both,
        };
        Code { bytes: self.first.bytes, text, corners: self.first.corners, routes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], at: f32, route: Route) -> Read {
        let corners = [(at, at), (at + 50.0, at), (at + 50.0, at + 50.0), (at, at + 50.0)];
        Read { bytes: bytes.to_vec(), declared: None, corners, modules: 21, route }
    }

    #[test]
    fn routes_that_disagree_about_one_site_report_neither() {
        let mut consensus = DecodeConsensus::default();
        consensus.add(read(b"A", 10.0, Route::Rxing));
        consensus.add(read(b"B", 12.0, Route::Rqrr));
        consensus.add(read(b"C", 200.0, Route::Rqrr));
        let codes = consensus.codes();
        assert_eq!(codes.len(), 1);
        assert_eq!((codes[0].bytes.as_slice(), codes[0].routes), (b"C".as_slice(), Routes::Rqrr));
    }

    #[test]
    fn a_code_inside_a_code_is_not_a_second_one() {
        let mut consensus = DecodeConsensus::default();
        let mut outer = read(b"outer", 0.0, Route::Rxing);
        outer.corners = outer.corners.map(|(x, y)| (x * 10.0, y * 10.0));
        consensus.add(read(b"inner", 380.0, Route::Rxing));
        consensus.add(outer);
        let codes = consensus.codes();
        assert_eq!((codes.len(), codes[0].bytes.as_slice()), (1, b"outer".as_slice()));
    }

    #[test]
    fn routes_that_agree_become_one_code() {
        let mut consensus = DecodeConsensus::default();
        consensus.add(read(b"A", 10.0, Route::Rxing));
        assert_eq!(consensus.unconfirmed().len(), 1);
        consensus.add(read(b"A", 11.0, Route::Rqrr));
        assert!(consensus.unconfirmed().is_empty());
        assert_eq!(consensus.codes()[0].routes, Routes::Both);
    }
}
