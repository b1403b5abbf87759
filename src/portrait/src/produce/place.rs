//! Where the person stands in the portrait: one scale and one shift that satisfy every placement rule at once.
//!
//! Three rules bind heights and widths to each other (hair top, eye line, face width), one binds the axis, and the
//! picture's own edges bind where the person touches them, because nothing may be invented there. For a given scale each
//! rule is an interval of the shift, so scales are walked through and the best shift inside the common interval is exact.

use crate::geometry::{Point, Window};
use crate::silhouette::Touch;
use sentences::{Code, codes};
use serde::Serialize;
use standard::{Limit, Preset};

/// Distance kept from every limit, pixels of the portrait, because `verify` measures independently and may differ slightly. The
/// smaller reserve is for heads that find no place with the larger one.
const RESERVES: [f32; 2] = [4.0, 1.0];
/// Scales that are tried.
const SCALES: usize = 320;
/// Enlargement from which on a smaller face is preferred to a softer one, and how strongly.
const SOFT: (f32, f32) = (1.0, 6.0);

/// What placement needs to know of the person, source pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Head {
    pub(crate) hair_top: f32,
    pub(crate) eye_line: f32,
    pub(crate) axis: f32,
    pub(crate) width: f32,
}

/// The picture and the edges that the person touches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Borders {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) touch: Touch,
}

/// A rule of placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The face's axis is near the middle.
    FaceCentred,
    /// The person is not cut by the captured picture's side.
    SideEdge,
    /// The person is not cut by the captured picture's lower edge.
    LowerEdge,
    /// The hair begins in its range.
    HairTop,
    /// The eyes lie in their range.
    EyeLine,
    /// The face is as wide as it must be.
    FaceWidth,
}

impl Rule {
    /// In the order in which they give way.
    const ALL: [Rule; 6] =
        [Rule::FaceCentred, Rule::SideEdge, Rule::LowerEdge, Rule::HairTop, Rule::EyeLine, Rule::FaceWidth];
    /// Together they need the person to stand elsewhere, so the pair is told by its first.
    const EDGES: [Rule; 3] = [Rule::FaceCentred, Rule::SideEdge, Rule::LowerEdge];

    /// Code of the sentence that says how to stand.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Rule::FaceCentred => codes::REFUSAL_NO_PLACEMENT_FACE_CENTRED,
            Rule::SideEdge => codes::REFUSAL_NO_PLACEMENT_SIDE_EDGE,
            Rule::LowerEdge => codes::REFUSAL_NO_PLACEMENT_LOWER_EDGE,
            Rule::HairTop => codes::REFUSAL_NO_PLACEMENT_HAIR_TOP,
            Rule::EyeLine => codes::REFUSAL_NO_PLACEMENT_EYE_LINE,
            Rule::FaceWidth => codes::REFUSAL_NO_PLACEMENT_FACE_WIDTH,
        }
    }
}

/// The best window, or the rule that would have to give way.
pub(crate) fn place(head: &Head, borders: &Borders, preset: &Preset) -> Result<Window, Rule> {
    let search = |waived: &[Rule]| {
        let tries = RESERVES.into_iter();
        tries.filter_map(|reserve| search(&Case { head, borders, preset, waived, reserve })).next()
    };
    if let Some(window) = search(&[]) {
        return Ok(window);
    }
    let one = Rule::ALL.into_iter().find(|rule| search(&[*rule]).is_some());
    let several = || search(&Rule::EDGES).map(|_| Rule::SideEdge);
    Err(one.or_else(several).unwrap_or(Rule::FaceWidth))
}

/// One question to the solver.
struct Case<'a> {
    head: &'a Head,
    borders: &'a Borders,
    preset: &'a Preset,
    waived: &'a [Rule],
    reserve: f32,
}

/// An interval of shifts.
#[derive(Clone, Copy)]
struct Range(f32, f32);

impl Range {
    fn and(self, other: Range) -> Range {
        Range(self.0.max(other.0), self.1.min(other.1))
    }

    fn nearest(self, wish: f32) -> Option<f32> {
        (self.0 <= self.1).then(|| wish.clamp(self.0, self.1))
    }
}

const ANY: Range = Range(-1e9, 1e9);

impl Case<'_> {
    /// `range`, unless its rule is waived.
    fn kept(&self, rule: Rule, range: Range) -> Range {
        if self.waived.contains(&rule) { ANY } else { range }
    }

    /// Both ends of `limit`, the reserve kept.
    fn inside(&self, limit: Limit) -> Range {
        let reserve = self.reserve.min((limit.max - limit.min) as f32 / 4.0);
        Range(limit.min as f32 + reserve, limit.max as f32 - reserve)
    }

    /// Shifts that bring `value` into `limit`.
    fn shifts(&self, rule: Rule, limit: Limit, value: f32) -> Range {
        let Range(least, most) = self.inside(limit);
        self.kept(rule, Range(least - value, most - value))
    }

    /// The best shift downwards at one scale: the two wishes of hair and eyes, weighed by how much room each has.
    fn down(&self, scale: f32) -> Option<f32> {
        let place = &self.preset.placement;
        let (hair, eyes) = (scale * self.head.hair_top, scale * self.head.eye_line);
        let mut range = self.shifts(Rule::HairTop, place.hair_top, hair);
        range = range.and(self.shifts(Rule::EyeLine, place.eye_line, eyes));
        if self.borders.touch.bottom {
            let least = self.preset.size.height as f32 - scale * self.borders.height;
            range = range.and(self.kept(Rule::LowerEdge, Range(least, 1e9)));
        }
        let (a, b) = (half(place.hair_top).powi(-2), half(place.eye_line).powi(-2));
        let hair_wish = place.hair_top.middle() as f32 - hair;
        let eye_wish = place.eye_line.middle() as f32 - eyes;
        range.nearest((a * hair_wish + b * eye_wish) / (a + b))
    }

    /// The best shift to the right at one scale and shift downwards.
    fn across(&self, scale: f32, ty: f32) -> Option<f32> {
        let (w, h) = (self.preset.size.width as f32, self.preset.size.height as f32);
        let centre = self.preset.placement.centre_max as f32;
        let room = (centre - self.reserve.min(centre / 2.0)).max(0.0);
        let wish = w / 2.0 - scale * self.head.axis;
        let mut range = self.kept(Rule::FaceCentred, Range(wish - room, wish + room));
        let shown = |row: f32| scale * row + ty < h;
        if self.borders.touch.left.is_some_and(shown) {
            range = range.and(self.kept(Rule::SideEdge, Range(-1e9, 0.0)));
        }
        if self.borders.touch.right.is_some_and(shown) {
            range = range.and(self.kept(Rule::SideEdge, Range(w - scale * self.borders.width, 1e9)));
        }
        range.nearest(wish)
    }

    /// How far a placement is from ideal; each rule counts by the share of its room.
    fn cost(&self, scale: f32, tx: f32, ty: f32) -> f32 {
        let place = &self.preset.placement;
        let off = |value: f32, limit: Limit| ((value - limit.middle() as f32) / half(limit)).powi(2);
        let wish = self.preset.size.width as f32 / 2.0 - scale * self.head.axis;
        off(scale * self.head.hair_top + ty, place.hair_top)
            + off(scale * self.head.eye_line + ty, place.eye_line)
            + off(scale * self.head.width, place.face_width)
            + ((tx - wish) / (place.centre_max as f32).max(1.0)).powi(2)
            + ((scale - SOFT.0).max(0.0) * SOFT.1).powi(2)
    }
}

fn half(limit: Limit) -> f32 {
    ((limit.max - limit.min) as f32 / 2.0).max(1.0)
}

fn search(case: &Case<'_>) -> Option<Window> {
    let Range(least, most) = case.inside(case.preset.placement.face_width);
    let wide = if case.waived.contains(&Rule::FaceWidth) { 3.0 } else { 1.0 };
    let (least, most) = (least / case.head.width / wide, most / case.head.width * wide);
    let at = |i: usize| {
        let scale = least * (most / least).powf(i as f32 / (SCALES - 1) as f32);
        let ty = case.down(scale)?;
        let tx = case.across(scale, ty)?;
        Some((case.cost(scale, tx, ty), Window::new(Point::new(-tx / scale, -ty / scale), scale)))
    };
    let best = (0..SCALES).filter_map(at).min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(best.1)
}

#[cfg(test)]
mod tests;
