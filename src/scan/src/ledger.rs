//! Collects what the routes read in one picture and decides what may be reported.

use crate::charset::{self, Text};
use crate::code::{Code, Routes};
use crate::outline::{Quad, extent, holds, same_place};

/// Which decoder a read came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Rxing,
    Rqrr,
    Grid,
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

/// Everything read at one place.
#[derive(Debug)]
struct Place {
    first: Read,
    rxing: bool,
    rqrr: bool,
    grid: bool,
    /// Two decodes gave different bytes: nothing here may be reported.
    disputed: bool,
}

/// All places of one picture.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    places: Vec<Place>,
}

impl Ledger {
    /// Enters one read.
    pub(crate) fn enter(&mut self, read: Read) {
        let by = |route| read.route == route;
        let (rxing, rqrr, grid) = (by(Route::Rxing), by(Route::Rqrr), by(Route::Grid));
        match self.places.iter_mut().find(|place| same_place(&place.first.corners, &read.corners)) {
            Some(place) => {
                place.rxing |= rxing;
                place.rqrr |= rqrr;
                place.grid |= grid;
                place.disputed |= place.first.bytes != read.bytes;
                if place.first.declared.is_none() {
                    place.first.declared = read.declared;
                }
            }
            None => self.places.push(Place { first: read, rxing, rqrr, grid, disputed: false }),
        }
    }

    /// Whether nothing was read at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Reads that only one route vouches for so far.
    pub(crate) fn unconfirmed(&self) -> Vec<Read> {
        self.places.iter().filter(|p| p.voices() == 1 && !p.disputed).map(|p| p.first.clone()).collect()
    }

    /// What may be reported: undisputed reads, largest first. A code drawn inside another one is decoration of it.
    pub(crate) fn codes(self) -> Vec<Code> {
        let mut codes: Vec<Code> =
            self.places.into_iter().filter(|p| !p.disputed).map(Place::into_code).collect();
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

impl Place {
    /// How many routes vouch for it.
    fn voices(&self) -> usize {
        [self.rxing, self.rqrr, self.grid].into_iter().filter(|voice| *voice).count()
    }

    fn into_code(self) -> Code {
        let text: Option<Text> = charset::text_of(&self.first.bytes, self.first.declared);
        let routes = match (self.rxing, self.rqrr, self.grid) {
            (true, false, false) => Routes::Rxing,
            (false, true, false) => Routes::Rqrr,
            (false, false, _) => Routes::Grid,
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
    fn routes_that_disagree_about_one_place_report_neither() {
        let mut ledger = Ledger::default();
        ledger.enter(read(b"A", 10.0, Route::Rxing));
        ledger.enter(read(b"B", 12.0, Route::Rqrr));
        ledger.enter(read(b"C", 200.0, Route::Rqrr));
        let codes = ledger.codes();
        assert_eq!(codes.len(), 1);
        assert_eq!((codes[0].bytes.as_slice(), codes[0].routes), (b"C".as_slice(), Routes::Rqrr));
    }

    #[test]
    fn a_code_inside_a_code_is_not_a_second_one() {
        let mut ledger = Ledger::default();
        let mut outer = read(b"outer", 0.0, Route::Rxing);
        outer.corners = outer.corners.map(|(x, y)| (x * 10.0, y * 10.0));
        ledger.enter(read(b"inner", 380.0, Route::Rxing));
        ledger.enter(outer);
        let codes = ledger.codes();
        assert_eq!((codes.len(), codes[0].bytes.as_slice()), (1, b"outer".as_slice()));
    }

    #[test]
    fn routes_that_agree_become_one_code() {
        let mut ledger = Ledger::default();
        ledger.enter(read(b"A", 10.0, Route::Rxing));
        assert_eq!(ledger.unconfirmed().len(), 1);
        ledger.enter(read(b"A", 11.0, Route::Rqrr));
        assert!(ledger.unconfirmed().is_empty());
        assert_eq!(ledger.codes()[0].routes, Routes::Both);
    }
}
