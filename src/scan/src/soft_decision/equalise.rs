//! Equalises the modules' values: each is a mixture of its neighbours (defocus, motion, a step of the screen's grid), and the
//! mixture is the same everywhere. It is estimated from the decided modules, and the modules are decided again by it.

use super::function_patterns::{FunctionPatterns, square};
use super::soft_modules::SoftModules;

/// Rounds of estimating the mixture and deciding the modules anew.
const ROUNDS: usize = 3;

/// The mixture: the share of each neighbour within `reach` in a module's value, and a constant.
struct Mixture {
    reach: i32,
    shares: Vec<f32>,
    constant: f32,
}

/// Modules decided by the mixture of neighbours within `reach`; the values are certainties. None if the modules do not
/// determine a mixture.
pub(crate) fn equalised(
    modules: &SoftModules,
    patterns: &FunctionPatterns,
    reach: i32,
) -> Option<SoftModules> {
    let mut sheet = Sheet::new(modules, patterns);
    let mut certain = Vec::new();
    for _ in 0..ROUNDS {
        let mixture = sheet.mixture(modules, reach)?;
        certain = sheet.decide(modules, patterns, &mixture);
    }
    let side = modules.side;
    let value = |(i, sure): (usize, f32)| sure * sheet.at((i % side) as i32, (i / side) as i32);
    Some(SoftModules { side, values: certain.into_iter().enumerate().map(value).collect() })
}

/// Decided modules with a light margin: 1 dark, -1 light.
struct Sheet {
    side: usize,
    width: usize,
    signs: Vec<f32>,
}

const EDGE: i32 = 4;

impl Sheet {
    fn new(modules: &SoftModules, patterns: &FunctionPatterns) -> Self {
        let width = modules.side + 2 * EDGE as usize;
        let mut sheet = Self { side: modules.side, width, signs: vec![-1.0; width * width] };
        for (i, value) in modules.values.iter().enumerate() {
            let (x, y) = ((i % modules.side) as i32, (i / modules.side) as i32);
            let dark = patterns.known(x, y).unwrap_or(*value > 0.0);
            sheet.put(x, y, if dark { 1.0 } else { -1.0 });
        }
        sheet
    }

    fn index(&self, x: i32, y: i32) -> usize {
        (y + EDGE) as usize * self.width + (x + EDGE) as usize
    }

    fn at(&self, x: i32, y: i32) -> f32 {
        self.signs[self.index(x, y)]
    }

    fn put(&mut self, x: i32, y: i32, sign: f32) {
        let index = self.index(x, y);
        self.signs[index] = sign;
    }

    /// Least squares over all modules.
    fn mixture(&self, modules: &SoftModules, reach: i32) -> Option<Mixture> {
        let steps: Vec<(i32, i32)> = square(reach).collect();
        let unknowns = steps.len() + 1;
        let mut normal = vec![0f64; unknowns * (unknowns + 1)];
        let mut row = vec![1f32; unknowns];
        for (i, value) in modules.values.iter().enumerate() {
            let (x, y) = ((i % self.side) as i32, (i / self.side) as i32);
            for (to, (dx, dy)) in row.iter_mut().zip(&steps) {
                *to = self.at(x + dx, y + dy);
            }
            for a in 0..unknowns {
                let line = &mut normal[a * (unknowns + 1)..(a + 1) * (unknowns + 1)];
                for (sum, b) in line.iter_mut().zip(row.iter().chain([value])) {
                    *sum += f64::from(row[a] * b);
                }
            }
        }
        let mut solved = solved(normal, unknowns)?;
        let constant = solved.pop()?;
        Some(Mixture { reach, shares: solved, constant })
    }

    /// Flips modules as long as that explains the values better. The certainty of each is how much worse the other
    /// decision would explain them; 1 for an isolated module.
    fn decide(&mut self, modules: &SoftModules, patterns: &FunctionPatterns, mixture: &Mixture) -> Vec<f32> {
        let side = self.side as i32;
        let steps: Vec<(i32, i32)> = square(mixture.reach).collect();
        let energy = 4.0 * mixture.shares.iter().map(|share| share * share).sum::<f32>();
        let mut rest = vec![0f32; modules.values.len()];
        for (i, value) in modules.values.iter().enumerate() {
            let (x, y) = (i as i32 % side, i as i32 / side);
            let mixed: f32 = steps
                .iter()
                .zip(&mixture.shares)
                .map(|((dx, dy), share)| share * self.at(x + dx, y + dy))
                .sum();
            rest[i] = value - mixed - mixture.constant;
        }
        let mut certain = vec![1f32; modules.values.len()];
        for _ in 0..8 {
            let mut flips = 0;
            for (i, sure) in certain.iter_mut().enumerate() {
                let (x, y) = (i as i32 % side, i as i32 / side);
                if patterns.known(x, y).is_some() {
                    continue;
                }
                let sign = self.at(x, y);
                // The module is in the value of every neighbour that has it as a neighbour: the steps reversed.
                let reached = || {
                    steps.iter().zip(&mixture.shares).filter_map(|((dx, dy), share)| {
                        let (u, v) = (x - dx, y - dy);
                        ((0..side).contains(&u) && (0..side).contains(&v))
                            .then_some(((v * side + u) as usize, *share))
                    })
                };
                let worse: f32 = reached().map(|(at, share)| 4.0 * share * (sign * rest[at] + share)).sum();
                if worse < 0.0 {
                    for (at, share) in reached() {
                        rest[at] += 2.0 * sign * share;
                    }
                    self.put(x, y, -sign);
                    flips += 1;
                }
                *sure = worse.abs() / energy.max(1e-6);
            }
            if flips == 0 {
                break;
            }
        }
        certain
    }
}

/// Solves `n` linear equations by Gauss's elimination with pivots; none if they do not determine the unknowns.
fn solved(mut rows: Vec<f64>, n: usize) -> Option<Vec<f32>> {
    let wide = n + 1;
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|a, b| rows[a * wide + column].abs().total_cmp(&rows[b * wide + column].abs()))?;
        if rows[pivot * wide + column].abs() < 1e-6 {
            return None;
        }
        for k in 0..wide {
            rows.swap(column * wide + k, pivot * wide + k);
        }
        for row in 0..n {
            if row == column {
                continue;
            }
            let factor = rows[row * wide + column] / rows[column * wide + column];
            for k in column..wide {
                rows[row * wide + k] -= factor * rows[column * wide + k];
            }
        }
    }
    Some((0..n).map(|i| (rows[i * wide + n] / rows[i * wide + i]) as f32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved_or_refused() {
        assert_eq!(solved(vec![0.0, 2.0, 4.0, 1.0, 1.0, 3.0], 2), Some(vec![1.0, 2.0]));
        assert_eq!(solved(vec![1.0, 1.0, 2.0, 2.0, 2.0, 4.0], 2), None);
    }

    #[test]
    fn a_code_mixed_with_its_neighbours_is_found_again() {
        let code = qrcode::QrCode::new("a mixture of neighbours").expect("fits");
        let (side, dark) = (code.width(), code.to_colors());
        let patterns = FunctionPatterns::of(side).expect("a version");
        let sign = |x: i32, y: i32| {
            let inside = |v: i32| (0..side as i32).contains(&v);
            let dark = inside(x) && inside(y) && dark[y as usize * side + x as usize] == qrcode::Color::Dark;
            if dark { 1.0 } else { -1.0 }
        };
        // As defocus smears it: a good third of each of the four neighbours.
        let smeared = |i: usize| {
            let (x, y) = ((i % side) as i32, (i / side) as i32);
            let around = sign(x - 1, y) + sign(x + 1, y) + sign(x, y - 1) + sign(x, y + 1);
            (sign(x, y) + 0.37 * around) / 2.5 - 0.1
        };
        let modules = SoftModules { side, values: (0..side * side).map(smeared).collect() };
        let wrong = |modules: &SoftModules| {
            let off = |(i, v): (usize, &f32)| v * sign((i % side) as i32, (i / side) as i32) <= 0.0;
            modules.values.iter().enumerate().filter(|(i, v)| off((*i, v))).count()
        };
        let before = wrong(&modules);
        let after = wrong(&equalised(&modules, &patterns, 1).expect("determined"));
        assert!(before > 30 && after * 8 < before, "{before} wrong before, {after} after");
    }
}
