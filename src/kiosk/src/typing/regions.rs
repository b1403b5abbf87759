//! Provinces, cities and districts for an address, chosen one after the other.

use std::sync::LazyLock;

/// A province, a city or a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Administrative division code, six digits (GB/T 2260).
    pub code: u32,
    /// Its name.
    pub name: &'static str,
}

fn all() -> &'static [Region] {
    static ALL: LazyLock<Vec<Region>> = LazyLock::new(|| {
        let line = |line: &'static str| {
            let (code, name) = line.split_once('\t')?;
            Some(Region { code: code.parse().ok()?, name })
        };
        include_str!("data/regions.txt").lines().filter_map(line).collect()
    });
    &ALL
}

/// The regions directly within this one; the provinces for `None`. Empty for a district and for an unknown code.
#[must_use]
pub fn within(code: Option<u32>) -> Vec<Region> {
    // A code is two digits of province, two of city, two of district.
    let (step, least) = match code {
        None => (10_000, 0),
        Some(c) if c % 10_000 == 0 => (100, c),
        Some(c) if c % 100 == 0 => (1, c),
        Some(_) => return Vec::new(),
    };
    let most = code.map_or(u32::MAX, |c| c + step * 99 + (step - 1));
    let inside = |r: &&Region| r.code > least && r.code <= most && r.code.is_multiple_of(step);
    all().iter().filter(inside).copied().collect()
}
