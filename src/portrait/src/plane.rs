//! Planes of numbers: one value a pixel, and what is done to whole planes (box means, growing, shrinking).

use crate::geometry::{Point, Window};
use crate::parallel::in_halves;

/// A picture of one `f32` a pixel, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) data: Vec<f32>,
}

impl Plane {
    pub(crate) fn new(width: usize, height: usize, value: f32) -> Plane {
        Plane { width, height, data: vec![value; width * height] }
    }

    pub(crate) fn row(&self, y: usize) -> &[f32] {
        &self.data[y * self.width..(y + 1) * self.width]
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.data[y * self.width + x]
    }

    /// Bilinear value at a point; outside, the nearest pixel's.
    pub(crate) fn bilinear(&self, p: Point) -> f32 {
        let x = (p.x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (p.y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let top = self.at(x0, y0) * (1.0 - fx) + self.at(x1, y0) * fx;
        let low = self.at(x0, y1) * (1.0 - fx) + self.at(x1, y1) * fx;
        top * (1.0 - fy) + low * fy
    }

    /// This plane, seen through `mine`, drawn as `other` sees it: `width` x `height`, bicubic, clipped to `0..=1`.
    pub(crate) fn redraw(&self, mine: &Window, other: &Window, width: usize, height: usize) -> Plane {
        let xs = Taps::new(width, self.width, |x| mine.forward(other.back(Point::new(x, 0.0))).x);
        let ys = Taps::new(height, self.height, |y| mine.forward(other.back(Point::new(0.0, y))).y);
        let mut rows = Plane::new(width, self.height, 0.0);
        in_halves(&mut rows.data, width, |first, part| {
            for (y, target) in (first..).zip(part.chunks_exact_mut(width)) {
                let row = self.row(y);
                for (out, tap) in target.iter_mut().zip(&xs.0) {
                    *out = (0..4).map(|k| row[tap.0[k]] * tap.1[k]).sum();
                }
            }
        });
        let mut out = Plane::new(width, height, 0.0);
        in_halves(&mut out.data, width, |first, part| {
            for (target, tap) in part.chunks_exact_mut(width).zip(&ys.0[first..]) {
                for k in 0..4 {
                    for (o, v) in target.iter_mut().zip(rows.row(tap.0[k])) {
                        *o += v * tap.1[k];
                    }
                }
                target.iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
            }
        });
        out
    }

    /// What is left after everything narrower than `2 radius + 1` in any direction was taken away (a grey-scale opening).
    pub(crate) fn opened(&self, radius: usize) -> Plane {
        // Plain comparisons, because there are no NaNs here and processors do them many at a time.
        let least = self.extreme(radius, |a, b| if b < a { b } else { a });
        least.extreme(radius, |a, b| if b > a { b } else { a })
    }

    /// The extreme over the square of side `2 radius + 1`, as far as it lies inside.
    fn extreme(&self, radius: usize, pick: impl Fn(f32, f32) -> f32 + Sync) -> Plane {
        let (w, h) = (self.width, self.height);
        let mut rows = self.clone();
        in_halves(&mut rows.data, w, |first, part| {
            for (y, target) in (first..).zip(part.chunks_exact_mut(w)) {
                let source = self.row(y);
                for d in 1..=radius.min(w - 1) {
                    target[d..].iter_mut().zip(source).for_each(|(t, s)| *t = pick(*t, *s));
                    target.iter_mut().zip(&source[d..]).for_each(|(t, s)| *t = pick(*t, *s));
                }
            }
        });
        let mut out = rows.clone();
        in_halves(&mut out.data, w, |first, part| {
            for (y, target) in (first..).zip(part.chunks_exact_mut(w)) {
                for v in y.saturating_sub(radius)..(y + radius + 1).min(h) {
                    target.iter_mut().zip(rows.row(v)).for_each(|(t, s)| *t = pick(*t, *s));
                }
            }
        });
        out
    }

    /// Mean over the square of side `2 radius + 1`, mirrored at the edges.
    pub(crate) fn mean(&self, radius: usize) -> Plane {
        let mut out = self.clone();
        let (w, h) = (self.width, self.height);
        let mut line = vec![0.0; w.max(h)];
        for y in 0..h {
            let row = &mut out.data[y * w..(y + 1) * w];
            running_mean(row, &mut line[..w], radius);
            row.copy_from_slice(&line[..w]);
        }
        column_means(&mut out, radius);
        out
    }
}

/// Four bicubic taps for every output position: indices and weights (Catmull-Rom, a = -0.5).
struct Taps(Vec<([usize; 4], [f32; 4])>);

impl Taps {
    fn new(count: usize, length: usize, source: impl Fn(f32) -> f32) -> Taps {
        let last = length as isize - 1;
        let tap = |i: usize| {
            let x = source(i as f32 + 0.5) - 0.5;
            let base = x.floor();
            let t = x - base;
            let index = |k: isize| (base as isize + k).clamp(0, last) as usize;
            let weights = [
                ((-0.5 * t + 1.0) * t - 0.5) * t,
                (1.5 * t - 2.5) * t * t + 1.0,
                ((-1.5 * t + 2.0) * t + 0.5) * t,
                (0.5 * t - 0.5) * t * t,
            ];
            ([index(-1), index(0), index(1), index(2)], weights)
        };
        Taps((0..count).map(tap).collect())
    }
}

fn mirrored(i: isize, n: usize) -> usize {
    let last = n as isize - 1;
    let i = if i < 0 { -i - 1 } else { i };
    let i = if i > last { 2 * last + 1 - i } else { i };
    i.clamp(0, last) as usize
}

fn running_mean(input: &[f32], output: &mut [f32], radius: usize) {
    let (n, r) = (input.len(), radius as isize);
    let scale = 1.0 / (2 * radius + 1) as f32;
    let mut sum: f32 = (-r..=r).map(|i| input[mirrored(i, n)]).sum();
    for (i, out) in output.iter_mut().enumerate() {
        *out = sum * scale;
        let i = i as isize;
        sum += input[mirrored(i + r + 1, n)] - input[mirrored(i - r, n)];
    }
}

/// Running means down all columns at once, so that memory is walked row by row.
fn column_means(plane: &mut Plane, radius: usize) {
    let (w, h, r) = (plane.width, plane.height, radius as isize);
    let source = plane.data.clone();
    let row = |i: isize| {
        let y = mirrored(i, h);
        &source[y * w..(y + 1) * w]
    };
    let scale = 1.0 / (2 * radius + 1) as f32;
    let mut sum = vec![0.0f32; w];
    for i in -r..=r {
        sum.iter_mut().zip(row(i)).for_each(|(s, v)| *s += v);
    }
    for y in 0..h {
        for (out, s) in plane.data[y * w..(y + 1) * w].iter_mut().zip(&sum) {
            *out = s * scale;
        }
        let i = y as isize;
        for ((s, new), old) in sum.iter_mut().zip(row(i + r + 1)).zip(row(i - r)) {
            *s += new - old;
        }
    }
}

/// A yes or no a pixel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mask {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) data: Vec<bool>,
}

impl Mask {
    pub(crate) fn of(plane: &Plane, yes: impl Fn(f32) -> bool) -> Mask {
        Mask { width: plane.width, height: plane.height, data: plane.data.iter().map(|v| yes(*v)).collect() }
    }

    pub(crate) fn new(width: usize, height: usize) -> Mask {
        Mask { width, height, data: vec![false; width * height] }
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> bool {
        self.data[y * self.width + x]
    }

    /// Pixels all of whose neighbours within the disc of `radius` are set. Outside of the picture counts as set.
    pub(crate) fn shrunk(&self, radius: usize) -> Mask {
        let mut inverse = self.clone();
        inverse.data.iter_mut().for_each(|v| *v = !*v);
        let mut grown = inverse.grown(radius);
        grown.data.iter_mut().for_each(|v| *v = !*v);
        grown
    }

    /// Pixels with a set one within the disc of `radius`, that is, nearer than `radius` and a half. Takes the same time for
    /// every radius up to 254, the largest: heights first, then each row is a union of intervals.
    pub(crate) fn grown(&self, radius: usize) -> Mask {
        let (w, h) = (self.width, self.height);
        let radius = radius.min(254);
        let heights = self.heights(radius);
        let limit = (radius as f32 + 0.5).powi(2);
        let mut reaches = [-1i16; 256];
        for (g, reach) in reaches.iter_mut().enumerate().take(radius + 1) {
            *reach = (limit - (g * g) as f32).max(0.0).sqrt() as i16;
        }
        let mut out = Mask::new(w, h);
        for (row, heights) in out.data.chunks_exact_mut(w.max(1)).zip(heights.chunks_exact(w.max(1))) {
            // How far the interval that reaches farthest goes on from here, first to the right and then to the left.
            let mut on = -1i16;
            for (o, height) in row.iter_mut().zip(heights) {
                on = (on - 1).max(reaches[usize::from(*height)]);
                *o = on >= 0;
            }
            on = -1;
            for (o, height) in row.iter_mut().zip(heights).rev() {
                on = (on - 1).max(reaches[usize::from(*height)]);
                *o |= on >= 0;
            }
        }
        out
    }

    /// For each pixel the distance to the next set one of its column, at most `radius` + 1.
    fn heights(&self, radius: usize) -> Vec<u8> {
        let (w, h) = (self.width, self.height);
        let far = u8::try_from(radius + 1).unwrap_or(u8::MAX);
        let mut heights: Vec<u8> = self.data.iter().map(|set| if *set { 0 } else { far }).collect();
        let nearer = |(own, next): (&mut u8, &u8)| *own = (*own).min(next.saturating_add(1));
        for y in 1..h {
            let (above, own) = heights.split_at_mut(y * w);
            own[..w].iter_mut().zip(&above[(y - 1) * w..]).for_each(nearer);
        }
        for y in (1..h).rev() {
            let (own, below) = heights.split_at_mut(y * w);
            own[(y - 1) * w..].iter_mut().zip(&below[..w]).for_each(nearer);
        }
        heights
    }

    /// The pixels that hang together (four neighbours) with a set one of `seeds`.
    pub(crate) fn connected(&self, seeds: &Mask) -> Mask {
        let (w, h) = (self.width, self.height);
        let mut out = Mask::new(w, h);
        let mut queue: Vec<usize> = (0..w * h).filter(|&i| self.data[i] && seeds.data[i]).collect();
        queue.iter().for_each(|&i| out.data[i] = true);
        while let Some(i) = queue.pop() {
            let (x, y) = (i % w, i / w);
            let mut visit = |j: usize| {
                if self.data[j] && !out.data[j] {
                    out.data[j] = true;
                    queue.push(j);
                }
            };
            if x > 0 {
                visit(i - 1);
            }
            if x + 1 < w {
                visit(i + 1);
            }
            if y > 0 {
                visit(i - w);
            }
            if y + 1 < h {
                visit(i + w);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mean_keeps_a_flat_plane_flat() {
        let flat = Plane::new(17, 9, 0.375);
        assert!(flat.mean(20).data.iter().all(|v| (v - 0.375).abs() < 1e-5));
    }

    proptest! {
        #[test]
        fn growing_agrees_with_the_plain_definition(bits in proptest::collection::vec(any::<bool>(), 12 * 9), radius in 0usize..4) {
            let mask = Mask { width: 12, height: 9, data: bits };
            let grown = mask.grown(radius);
            let limit = (radius as f32 + 0.5).powi(2);
            for y in 0..9i32 {
                for x in 0..12i32 {
                    let near = (0..9i32).any(|v| (0..12i32).any(|u| {
                        let d = ((u - x).pow(2) + (v - y).pow(2)) as f32;
                        mask.at(u as usize, v as usize) && d <= limit
                    }));
                    prop_assert_eq!(grown.at(x as usize, y as usize), near);
                }
            }
        }
    }
}
