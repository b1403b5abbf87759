//! Outlines: corners of codes, and whether two of them are the same place.

/// Four corners, clockwise from the code's own top left, in pixels.
pub(crate) type Quad = [(f32, f32); 4];

/// Three finder patterns that may belong to one code: their centres, and the width of a module in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FinderTrio {
    pub bottom_left: (f32, f32),
    pub top_left: (f32, f32),
    pub top_right: (f32, f32),
    pub module: f32,
}

impl FinderTrio {
    /// Whether the patterns can belong to one code: two legs of similar length at nearly a right angle, of a possible size.
    pub(crate) fn plausible(&self) -> bool {
        let right = minus(self.top_right, self.top_left);
        let down = minus(self.bottom_left, self.top_left);
        let (across, along) = (right.0.hypot(right.1), down.0.hypot(down.1));
        if self.module < 1.0 || across.min(along) < 1.0 || across.max(along) > 1.4 * across.min(along) {
            return false;
        }
        let cosine = (right.0 * down.0 + right.1 * down.1) / (across * along);
        let modules = (across + along) / 2.0 / self.module + 7.0;
        cosine.abs() < 0.35 && (19.0..110.0).contains(&modules)
    }

    /// About how many modules lie along one side.
    pub(crate) fn modules(&self) -> f32 {
        let leg = |to: (f32, f32)| minus(to, self.top_left).0.hypot(minus(to, self.top_left).1);
        (leg(self.top_right) + leg(self.bottom_left)) / 2.0 / self.module.max(0.1) + 7.0
    }

    /// The same in a picture whose origin lies at `offset` of another one, in that one's pixels.
    pub(crate) fn moved(&self, offset: (f32, f32)) -> FinderTrio {
        let by = |(x, y): (f32, f32)| (x + offset.0, y + offset.1);
        FinderTrio {
            bottom_left: by(self.bottom_left),
            top_left: by(self.top_left),
            top_right: by(self.top_right),
            module: self.module,
        }
    }

    /// The whole code as a parallelogram through the three patterns.
    pub(crate) fn quad(&self) -> Quad {
        let right = minus(self.top_right, self.top_left);
        let down = minus(self.bottom_left, self.top_left);
        // Centres lie 3.5 modules inside the corners.
        let over = 3.5 * self.module / right.0.hypot(right.1).max(1.0);
        let under = 3.5 * self.module / down.0.hypot(down.1).max(1.0);
        let at = |u: f32, v: f32| {
            (self.top_left.0 + u * right.0 + v * down.0, self.top_left.1 + u * right.1 + v * down.1)
        };
        [at(-over, -under), at(1.0 + over, -under), at(1.0 + over, 1.0 + under), at(-over, 1.0 + under)]
    }
}

/// The bounding box of `quad` with a margin of `margin` of its size on every side, cut to the picture: left, top,
/// width, height, at least one pixel each.
pub(crate) fn bounds(quad: &Quad, margin: f32, width: u32, height: u32) -> (u32, u32, u32, u32) {
    let (mut left, mut top, mut right, mut bottom) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
    for (x, y) in quad {
        (left, right) = (left.min(*x), right.max(*x));
        (top, bottom) = (top.min(*y), bottom.max(*y));
    }
    let (more_x, more_y) = ((right - left) * margin, (bottom - top) * margin);
    // `as` saturates: a corner outside the picture lands on its edge.
    let x0 = ((left - more_x).max(0.0) as u32).min(width - 1);
    let y0 = ((top - more_y).max(0.0) as u32).min(height - 1);
    let x1 = ((right + more_x).max(0.0).ceil() as u32).clamp(x0 + 1, width);
    let y1 = ((bottom + more_y).max(0.0).ceil() as u32).clamp(y0 + 1, height);
    (x0, y0, x1 - x0, y1 - y0)
}

/// Whether two outlines are the same place: of similar size, and one's centre near the other's.
pub(crate) fn same_place(a: &Quad, b: &Quad) -> bool {
    let (ca, cb) = (centre(a), centre(b));
    let (larger, smaller) = (extent(a).max(extent(b)), extent(a).min(extent(b)));
    (ca.0 - cb.0).hypot(ca.1 - cb.1) < 0.35 * smaller && larger < 1.6 * smaller
}

/// Whether `inner` lies inside `outer`: all its corners are on the inner side of all four edges.
pub(crate) fn holds(outer: &Quad, inner: &Quad) -> bool {
    let side = |from: (f32, f32), to: (f32, f32), point: (f32, f32)| {
        let (edge, way) = (minus(to, from), minus(point, from));
        edge.0 * way.1 - edge.1 * way.0
    };
    let turns =
        |corner: &(f32, f32)| (0..4).map(|i| side(outer[i], outer[(i + 1) % 4], *corner)).collect::<Vec<_>>();
    inner.iter().all(|corner| {
        let sides = turns(corner);
        sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0)
    })
}

/// Length of the longer diagonal divided by the square root of two: about the side of the code.
pub(crate) fn extent(quad: &Quad) -> f32 {
    let first = minus(quad[0], quad[2]);
    let second = minus(quad[1], quad[3]);
    first.0.hypot(first.1).max(second.0.hypot(second.1)) / std::f32::consts::SQRT_2
}

fn centre(quad: &Quad) -> (f32, f32) {
    let sum = quad.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

fn minus(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0 - b.0, a.1 - b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trio(module: f32) -> FinderTrio {
        FinderTrio { bottom_left: (20.0, 60.0), top_left: (20.0, 20.0), top_right: (60.0, 20.0), module }
    }

    #[test]
    fn a_trio_becomes_the_square_around_its_patterns() {
        let quad = trio(2.0).quad();
        assert!((quad[0].0 - 13.0).abs() < 0.01 && (quad[2].1 - 67.0).abs() < 0.01, "{quad:?}");
        assert!(trio(2.0).plausible());
        assert!(!FinderTrio { top_right: (200.0, 20.0), ..trio(2.0) }.plausible());
    }

    #[test]
    fn bounds_stay_inside_the_picture() {
        let far = [(-50.0, -50.0), (500.0, -50.0), (500.0, 500.0), (-50.0, f32::NAN)];
        assert_eq!(bounds(&far, 0.2, 100, 80), (0, 0, 100, 80));
        let outside = [(900.0, 900.0); 4];
        let (x, y, w, h) = bounds(&outside, 0.2, 100, 80);
        assert!(x + w <= 100 && y + h <= 80 && w > 0 && h > 0);
    }
}
