//! Function patterns: the modules that are known before a code is read (finder, separator, timing and alignment patterns,
//! version information), and the order in which the others carry the codewords (ISO/IEC 18004, 6.3 and 7.7).

use rxing::qrcode::common::{Version, VersionRef};

/// The patterns of one version.
pub(crate) struct FunctionPatterns {
    pub version: VersionRef,
    pub side: usize,
    /// For each module, row by row: dark, light, or not known.
    known: Vec<Option<bool>>,
    /// Positions of the data bits in their order, most significant first.
    pub order: Vec<(usize, usize)>,
}

/// Modules of the two copies of the format information, bit 14 first (ISO/IEC 18004, 7.9): (x, y).
pub(crate) fn format_places(side: usize) -> [Vec<(usize, usize)>; 2] {
    let mut first: Vec<(usize, usize)> = (0..6).map(|x| (x, 8)).collect();
    first.extend([(7, 8), (8, 8), (8, 7)]);
    first.extend((0..6).rev().map(|y| (8, y)));
    let mut second: Vec<(usize, usize)> = (side - 7..side).rev().map(|y| (8, y)).collect();
    second.extend((side - 8..side).map(|x| (x, 8)));
    [first, second]
}

impl FunctionPatterns {
    /// The patterns of codes with `side` modules; none if no version has that size.
    pub(crate) fn of(side: usize) -> Option<Self> {
        if !(21..=177).contains(&side) || side % 4 != 1 {
            return None;
        }
        let version = Version::getVersionForNumber((side as u32 - 17) / 4).ok()?;
        let mut patterns = Self { version, side, known: vec![None; side * side], order: Vec::new() };
        patterns.lay_patterns();
        patterns.lay_version();
        patterns.order = patterns.data_order()?;
        Some(patterns)
    }

    /// Whether the module at (x, y) is known to be dark or light; beyond the edge lies the light quiet zone.
    pub(crate) fn known(&self, x: i32, y: i32) -> Option<bool> {
        let inside = |v: i32| (0..self.side as i32).contains(&v);
        if inside(x) && inside(y) { self.known[y as usize * self.side + x as usize] } else { Some(false) }
    }

    /// Every known module: x, y, dark.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        self.known.iter().enumerate().filter_map(|(i, dark)| Some((i % self.side, i / self.side, (*dark)?)))
    }

    fn put(&mut self, x: i32, y: i32, dark: bool) {
        let side = self.side as i32;
        if (0..side).contains(&x) && (0..side).contains(&y) {
            self.known[(y * side + x) as usize] = Some(dark);
        }
    }

    fn lay_patterns(&mut self) {
        let side = self.side as i32;
        for i in 8..side - 8 {
            self.put(i, 6, i % 2 == 0);
            self.put(6, i, i % 2 == 0);
        }
        for (x, y) in [(3, 3), (side - 4, 3), (3, side - 4)] {
            for (dx, dy) in square(4) {
                let ring = dx.abs().max(dy.abs());
                self.put(x + dx, y + dy, ring != 2 && ring != 4);
            }
        }
        self.put(8, side - 8, true);
        let centres: Vec<i32> = self.version.getAlignmentPatternCenters().iter().map(|c| *c as i32).collect();
        let last = side - 7;
        for &x in &centres {
            for &y in &centres {
                if (x, y) == (6, 6) || (x, y) == (6, last) || (x, y) == (last, 6) {
                    continue;
                }
                for (dx, dy) in square(2) {
                    self.put(x + dx, y + dy, dx.abs().max(dy.abs()) != 1);
                }
            }
        }
    }

    /// Version information from version 7 on: 6 bits and their BCH (18, 6) check, generator 0x1f25.
    fn lay_version(&mut self) {
        let number = self.version.getVersionNumber();
        if number < 7 {
            return;
        }
        let mut check = number << 12;
        for bit in (12..18).rev() {
            if check >> bit & 1 == 1 {
                check ^= 0x1f25 << (bit - 12);
            }
        }
        let bits = number << 12 | check;
        for i in 0..18 {
            let (along, across) = (i / 3, self.side as i32 - 11 + i % 3);
            let dark = bits >> i & 1 == 1;
            self.put(along, across, dark);
            self.put(across, along, dark);
        }
    }

    /// Upwards and downwards in columns of two from the right, past the timing column and all function modules.
    fn data_order(&self) -> Option<Vec<(usize, usize)>> {
        let taken = self.version.buildFunctionPattern().ok()?;
        let side = self.side;
        let mut order = Vec::with_capacity(side * side);
        let columns = (0..side).rev().filter(|x| *x != 6).collect::<Vec<_>>();
        for (turn, pair) in columns.chunks(2).enumerate() {
            for step in 0..side {
                let y = if turn % 2 == 0 { side - 1 - step } else { step };
                order.extend(pair.iter().filter(|x| !taken.get(**x as u32, y as u32)).map(|x| (*x, y)));
            }
        }
        Some(order)
    }
}

/// All steps within `reach` in both directions.
pub(crate) fn square(reach: i32) -> impl Iterator<Item = (i32, i32)> {
    (-reach..=reach).flat_map(move |dy| (-reach..=reach).map(move |dx| (dx, dy)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_modules_agree_with_the_codes_of_another_encoder() {
        for version in [1, 2, 6, 7, 14, 21, 33, 40] {
            let code =
                qrcode::QrCode::with_version(b"1", qrcode::Version::Normal(version), qrcode::EcLevel::L)
                    .expect("fits");
            let (side, dark) = (code.width(), code.to_colors());
            let patterns = FunctionPatterns::of(side).expect("a version");
            for (x, y, known) in patterns.patterns() {
                assert_eq!(known, dark[y * side + x] == qrcode::Color::Dark, "version {version}: {x}, {y}");
            }
            assert_eq!(patterns.order.len() / 8, patterns.version.getTotalCodewords() as usize);
        }
    }

    #[test]
    fn no_version_has_another_size() {
        assert!([0, 20, 22, 23, 24, 181].iter().all(|side| FunctionPatterns::of(*side).is_none()));
    }
}
