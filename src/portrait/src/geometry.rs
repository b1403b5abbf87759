//! Points, boxes and similarity transforms: scale, rotation and shift, never a reflection.
//!
//! The portrait itself is never rotated (the standard forbids it); rotation is for the crops that are the networks' input.

use serde::Serialize;

/// A point of a picture, pixels, x to the right and y downwards. Pixel `(0, 0)` covers `0.0..1.0` in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// The point at `(x, y)`.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    /// The point half way to `other`.
    #[must_use]
    pub fn midpoint(self, other: Point) -> Point {
        Point::new(f32::midpoint(self.x, other.x), f32::midpoint(self.y, other.y))
    }

    /// Distance to `other`, pixels.
    #[must_use]
    pub fn distance(self, other: Point) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A face's box, pixels of the input picture. It may reach over the picture's edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct FaceBox {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl FaceBox {
    /// Area, square pixels.
    #[must_use]
    pub fn area(&self) -> f32 {
        self.w * self.h
    }

    /// The middle of the box.
    #[must_use]
    pub fn centre(&self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Shared area over joint area, `0.0..=1.0`.
    #[must_use]
    pub fn overlap(&self, other: &FaceBox) -> f32 {
        let w = (self.x + self.w).min(other.x + other.w) - self.x.max(other.x);
        let h = (self.y + self.h).min(other.y + other.h) - self.y.max(other.y);
        let shared = w.max(0.0) * h.max(0.0);
        shared / (self.area() + other.area() - shared).max(f32::EPSILON)
    }
}

/// `(x, y) -> (a x - b y + tx, b x + a y + ty)`: scale, turn and shift, never a reflection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Similarity {
    a: f32,
    b: f32,
    tx: f32,
    ty: f32,
}

impl Similarity {
    /// The transform that brings `from` closest to `to` (least squares; Umeyama 1991 in the plane, as complex numbers).
    pub(crate) fn fit(from: &[Point], to: &[Point]) -> Similarity {
        let n = from.len().max(1) as f32;
        let mean = |p: &[Point]| {
            let (x, y) = p.iter().fold((0.0, 0.0), |(x, y), q| (x + q.x, y + q.y));
            Point::new(x / n, y / n)
        };
        let (f, t) = (mean(from), mean(to));
        let (mut re, mut im, mut norm) = (0.0, 0.0, 0.0);
        for (p, q) in from.iter().zip(to) {
            let (px, py, qx, qy) = (p.x - f.x, p.y - f.y, q.x - t.x, q.y - t.y);
            re += px * qx + py * qy;
            im += px * qy - py * qx;
            norm += px * px + py * py;
        }
        let norm = norm.max(1e-9);
        let (a, b) = (re / norm, im / norm);
        Similarity { a, b, tx: t.x - a * f.x + b * f.y, ty: t.y - b * f.x - a * f.y }
    }

    /// A square of `side` around `centre`, turned by `angle` (radians, clockwise on screen), brought to `0..size`.
    pub(crate) fn square(centre: Point, side: f32, angle: f32, size: f32) -> Similarity {
        let k = size / side.max(1e-3);
        let (a, b) = (k * angle.cos(), -k * angle.sin());
        Similarity {
            a,
            b,
            tx: size / 2.0 - a * centre.x + b * centre.y,
            ty: size / 2.0 - b * centre.x - a * centre.y,
        }
    }

    /// The image of `p`.
    pub(crate) fn apply(&self, p: Point) -> Point {
        Point::new(self.a * p.x - self.b * p.y + self.tx, self.b * p.x + self.a * p.y + self.ty)
    }

    /// The factor by which lengths grow.
    pub(crate) fn scale(&self) -> f32 {
        self.a.hypot(self.b)
    }

    /// The way back.
    pub(crate) fn inverse(&self) -> Similarity {
        let d = (self.a * self.a + self.b * self.b).max(1e-12);
        let (a, b) = (self.a / d, -self.b / d);
        Similarity { a, b, tx: -(a * self.tx - b * self.ty), ty: -(b * self.tx + a * self.ty) }
    }
}

/// An upright cut-out: `out = (source - origin) * scale`, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Window {
    /// Source point that lands on the cut-out's upper left corner.
    pub origin: Point,
    /// Pixels of the cut-out per pixel of the source, horizontally.
    pub scale: f32,
    /// The same, vertically; differs only in what a network is fed.
    pub scale_y: f32,
}

impl Window {
    /// A window that scales both directions alike.
    #[must_use]
    pub fn new(origin: Point, scale: f32) -> Window {
        Window { origin, scale, scale_y: scale }
    }

    /// A source point in the cut-out's pixels.
    #[must_use]
    pub fn forward(&self, p: Point) -> Point {
        Point::new((p.x - self.origin.x) * self.scale, (p.y - self.origin.y) * self.scale_y)
    }

    /// A point of the cut-out in source pixels.
    #[must_use]
    pub fn back(&self, p: Point) -> Point {
        Point::new(p.x / self.scale + self.origin.x, p.y / self.scale_y + self.origin.y)
    }
}

/// The convex hull of `points` (Andrew's monotone chain), counter-clockwise in mathematical axes.
pub(crate) fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|p, q| p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y)));
    let turn = |o: Point, p: Point, q: Point| (p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x);
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for p in points {
            while chain.len() >= 2 && turn(chain[chain.len() - 2], chain[chain.len() - 1], p) <= 0.0 {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut ring = half(&mut sorted.iter().copied());
    ring.extend(half(&mut sorted.iter().rev().copied()));
    ring
}

/// Calls `paint(row, from, to)` for every row of `polygon` whose pixel centres lie inside; `from..to` are columns, clipped.
pub(crate) fn fill(polygon: &[Point], width: u32, height: u32, mut paint: impl FnMut(usize, usize, usize)) {
    for row in 0..height {
        let y = row as f32 + 0.5;
        let mut cuts: Vec<f32> = Vec::new();
        for (i, p) in polygon.iter().enumerate() {
            let q = polygon[(i + 1) % polygon.len()];
            if (p.y <= y) != (q.y <= y) {
                cuts.push(p.x + (y - p.y) / (q.y - p.y) * (q.x - p.x));
            }
        }
        cuts.sort_by(f32::total_cmp);
        for pair in cuts.chunks_exact(2) {
            let clip = |x: f32| (x - 0.5).ceil().clamp(0.0, width as f32) as usize;
            let (from, to) = (clip(pair[0]), clip(pair[1]));
            if from < to {
                paint(row as usize, from, to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_fitted_transform_returns_its_own_points(a in 0.2f32..3.0, b in -2.0f32..2.0, tx in -99.0f32..99.0, ty in -99.0f32..99.0) {
            let wanted = Similarity { a, b, tx, ty };
            let from: Vec<Point> = [(0.0, 0.0), (30.0, 5.0), (12.0, 40.0), (55.0, 61.0)].map(|(x, y)| Point::new(x, y)).to_vec();
            let to: Vec<Point> = from.iter().map(|p| wanted.apply(*p)).collect();
            let got = Similarity::fit(&from, &to);
            for p in &from {
                prop_assert!(got.apply(*p).distance(wanted.apply(*p)) < 0.05);
                prop_assert!(got.inverse().apply(got.apply(*p)).distance(*p) < 0.05);
            }
        }
    }

    #[test]
    fn a_hull_drops_inner_points_and_fills_its_area() {
        let square: Vec<Point> = [(2.0, 2.0), (12.0, 2.0), (7.0, 7.0), (12.0, 12.0), (2.0, 12.0)]
            .map(|(x, y)| Point::new(x, y))
            .to_vec();
        let ring = hull(&square);
        assert_eq!(ring.len(), 4);
        let mut area = 0;
        fill(&ring, 20, 20, |_, from, to| area += to - from);
        assert_eq!(area, 100);
    }
}
