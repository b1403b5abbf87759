//! The finished file as colour separates it: person, strands, background, edge.

use crate::find::Mesh;
use crate::geometry::{Point, Window};
use crate::matte::person::face_pixels;
use crate::parallel::both;
use crate::plane::{Mask, Plane};
use image::RgbImage;

/// Difference from the background, levels of any channel, from which on a pixel is foreground to the half.
const FOREGROUND: u8 = 24;
/// Difference from which on a pixel may be a wisp of hair.
const WISP: u8 = 5;
/// So far from the person anything faint may be hair, and so far a thin strand, pixels.
const WISP_REACH: (usize, usize) = (24, 80);
/// Gaps in a strand, pixels: single hairs are dotted lines.
const GAP: usize = 3;
/// Half of the width from which on something faint is no strand but haze or a shadow, pixels.
const WISP_HALF: usize = 4;
/// Difference that JPEG makes of a flat colour far from any edge, levels; more is a gradient, a shadow or a remainder.
pub(super) const FLAT: f64 = 3.0;
/// Difference of the background's mean from the wanted colour, or from what this file's compression makes of it, levels. A
/// colour one level off is farther away, unless the compression makes the same of both.
pub(super) const MEAN: f64 = 0.6;
/// JPEG ripples reach so far from the person, pixels: one block and its halved chroma.
const RIPPLE: usize = 17;
/// Largest share of edge pixels whose colour belongs neither to the person nor to the background, per cent. Good
/// edges of 36 portraits reach 8.9, half of them 1.6; docs/MEASUREMENTS.md, "Routes to a matte", lists the degraded ones too.
pub(super) const FRINGE_MAX: f64 = 11.0;
/// Distance from the line between both colours that counts as foreign, levels.
const FOREIGN: f32 = 40.0;

/// How far a file's background is from the wanted colour, levels.
pub(super) struct OpenBackground {
    /// At the worst place.
    pub(super) worst: f64,
    /// Mean of all places.
    pub(super) mean: [f64; 3],
}

/// What JPEG makes of a flat `colour` (T.81, JFIF 1.02): whole brightness and colour differences, each kept in multiples of an
/// eighth of the first step of its quantisation table.
pub(super) fn compressed(colour: [u8; 3], steps: [u16; 2]) -> [f64; 3] {
    let [r, g, b] = colour.map(f64::from);
    let kept = |v: f64, step: u16| {
        let step = f64::from(step.max(1)) / 8.0;
        (((v.round() - 128.0) / step).round() * step + 128.0).round() - 128.0
    };
    let y = kept(0.299 * r + 0.587 * g + 0.114 * b, steps[0]) + 128.0;
    let blue = kept(128.0 - 0.168_736 * r - 0.331_264 * g + 0.5 * b, steps[1]);
    let red = kept(128.0 + 0.5 * r - 0.418_688 * g - 0.081_312 * b, steps[1]);
    [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue]
        .map(|v| v.round().clamp(0.0, 255.0))
}

/// Largest difference of two colours in one channel, levels.
pub(super) fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    (0..3).map(|c| (a[c] - b[c]).abs()).fold(0.0, f64::max)
}

/// What colours alone tell, before anybody knows where the face is.
pub(super) struct Colours {
    /// Differs clearly from the background.
    foreground: Mask,
    /// Differs enough to be a wisp of hair.
    faint: Mask,
    /// Faint, and broader than any strand.
    broad: Mask,
}

impl Colours {
    pub(super) fn of(picture: &RgbImage, background_rgb: [u8; 3]) -> Colours {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let apart: Vec<u8> =
            picture.as_raw().chunks_exact(3).map(|p| difference(p, background_rgb)).collect();
        let from = |least: u8| Mask { width, height, data: apart.iter().map(|d| *d >= least).collect() };
        let faint = from(WISP);
        let broad = faint.shrunk(WISP_HALF).grown(WISP_HALF);
        Colours { foreground: from(FOREGROUND), faint, broad }
    }
}

/// The file as colour separates it.
pub(super) struct Seen<'a> {
    picture: &'a RgbImage,
    colours: Colours,
    background_rgb: [u8; 3],
    /// Row of the chin.
    chin: f32,
    person: Mask,
}

impl<'a> Seen<'a> {
    pub(super) fn new(
        picture: &'a RgbImage,
        colours: Colours,
        background_rgb: [u8; 3],
        mesh: &Mesh,
    ) -> Seen<'a> {
        let (w, h) = (picture.width() as usize, picture.height() as usize);
        let whole = Window::new(Point::default(), 1.0);
        let person = colours.foreground.connected(&face_pixels(mesh, &whole, w, h));
        Seen { picture, colours, background_rgb, chin: mesh.chin().y, person }
    }

    /// 1 where the main person is, 0 elsewhere.
    pub(super) fn alpha(&self) -> Plane {
        let data = self.person.data.iter().map(|p| f32::from(u8::from(*p))).collect();
        Plane { width: self.person.width, height: self.person.height, data }
    }

    /// What differs from the background and may belong to the person: strands of hair, and below the chin clothes, which may
    /// hardly differ from a light background and reach as far as they hang together.
    fn hair(&self) -> Mask {
        let (w, h) = (self.person.width, self.person.height);
        let mut hair = self.colours.faint.clone();
        let broad = &self.colours.broad;
        let (near, far) = both(|| self.person.grown(WISP_REACH.0), || self.person.grown(WISP_REACH.1));
        let clothes = (self.chin.max(0.0) as usize).min(h) * w;
        for (i, hair) in hair.data.iter_mut().enumerate() {
            *hair &= i >= clothes || near.data[i] || (far.data[i] && !broad.data[i]);
        }
        hair
    }

    /// The background away from the person. Without any, it is all wrong.
    pub(super) fn open_background(&self) -> OpenBackground {
        // Clothes of the background's colour are not holes: what the person encloses is not looked at.
        let (w, h) = (self.person.width, self.person.height);
        let near = self.hair().grown(GAP).connected(&self.person).grown(RIPPLE);
        let mut open = near;
        open.data.iter_mut().for_each(|v| *v = !*v);
        let mut rim = Mask::new(w, h);
        rim.data[..w].fill(true);
        for y in 0..h {
            rim.data[y * w] = true;
            rim.data[y * w + w - 1] = true;
        }
        let reached = open.connected(&rim);
        let (mut worst, mut total, mut count) = (None, [0.0f64; 3], 0.0f64);
        for y in 0..h {
            let sums = self.three_rows(y);
            let rows = (y + 2).min(h) - y.saturating_sub(1);
            let row = &reached.data[y * w..(y + 1) * w];
            for x in row.iter().enumerate().filter(|(_, open)| **open).map(|(x, _)| x) {
                let pixel = self.picture.get_pixel(x as u32, y as u32).0;
                (0..3).for_each(|c| total[c] += f64::from(pixel[c]));
                count += 1.0;
                let off = self.off_background(&sums, rows, x);
                worst = Some(worst.map_or(off, |worst: f64| worst.max(off)));
            }
        }
        OpenBackground { worst: worst.unwrap_or(255.0), mean: total.map(|t| t / f64::max(count, 1.0)) }
    }

    /// Each column's sum over row `y` and its neighbours, three channels each.
    fn three_rows(&self, y: usize) -> Vec<u16> {
        let stride = self.person.width * 3;
        let raw = self.picture.as_raw();
        let mut sums = vec![0u16; stride];
        for v in y.saturating_sub(1)..(y + 2).min(self.person.height) {
            sums.iter_mut().zip(&raw[v * stride..(v + 1) * stride]).for_each(|(s, p)| *s += u16::from(*p));
        }
        sums
    }

    /// Difference of the mean over 3 x 3 pixels from the background, levels: a single pixel's ripple is no stain.
    fn off_background(&self, sums: &[u16], rows: usize, x: usize) -> f64 {
        let (from, to) = (x.saturating_sub(1), (x + 2).min(self.person.width));
        let count = (rows * (to - from)) as f64;
        let channel = |c: usize| (from..to).map(|u| u32::from(sums[u * 3 + c])).sum::<u32>();
        let off = |c: usize| (f64::from(channel(c)) / count - f64::from(self.background_rgb[c])).abs();
        (0..3).map(off).fold(0.0, f64::max)
    }

    /// Share of the person's edge, per cent, that is brighter or of another hue than any mixture of the person just inside
    /// and the background: what is left of the old background. Darker than both is the shade of an edge, or an over-sharpened picture's own.
    pub(super) fn fringe(&self) -> f64 {
        let (w, h) = (self.person.width, self.person.height);
        let inner = self.person.shrunk(6);
        let mut edge = self.person.clone();
        let core = self.person.shrunk(2);
        edge.data.iter_mut().zip(&core.data).for_each(|(e, c)| *e &= !c);
        let (mut foreign, mut all) = (0.0f64, 0.0f64);
        for y in 0..h {
            for x in (0..w).filter(|x| edge.at(*x, y)) {
                let Some(own) = self.nearest(&inner, x, y) else { continue };
                let pixel = self.picture.get_pixel(x as u32, y as u32).0;
                all += 1.0;
                let dark = brightness(pixel.map(f32::from))
                    < brightness(own).min(brightness(self.background_rgb.map(f32::from)));
                foreign += f64::from(u8::from(!dark && off_line(pixel, own, self.background_rgb) > FOREIGN));
            }
        }
        if all > 0.0 { 100.0 * foreign / all } else { 100.0 }
    }

    /// Mean colour of the sure person within 12 pixels.
    fn nearest(&self, inner: &Mask, x: usize, y: usize) -> Option<[f32; 3]> {
        let (mut sum, mut count) = ([0.0f32; 3], 0.0);
        for v in (y.saturating_sub(12)..(y + 13).min(inner.height)).step_by(3) {
            for u in (x.saturating_sub(12)..(x + 13).min(inner.width)).step_by(3) {
                if inner.at(u, v) {
                    let p = self.picture.get_pixel(u as u32, v as u32).0;
                    (0..3).for_each(|c| sum[c] += f32::from(p[c]));
                    count += 1.0;
                }
            }
        }
        (count > 0.0).then(|| sum.map(|s| s / count))
    }
}

/// Largest difference over the channels, levels.
fn difference(pixel: &[u8], background_rgb: [u8; 3]) -> u8 {
    pixel.iter().zip(background_rgb).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

/// Distance of `pixel` from the straight line between two colours, levels.
fn off_line(pixel: [u8; 3], own: [f32; 3], background_rgb: [u8; 3]) -> f32 {
    let background_rgb = background_rgb.map(f32::from);
    let line: [f32; 3] = std::array::from_fn(|c| own[c] - background_rgb[c]);
    let from: [f32; 3] = std::array::from_fn(|c| f32::from(pixel[c]) - background_rgb[c]);
    let length: f32 = line.iter().map(|v| v * v).sum::<f32>().max(1.0);
    let share = (0..3).map(|c| line[c] * from[c]).sum::<f32>() / length;
    let share = share.clamp(0.0, 1.0);
    (0..3).map(|c| (from[c] - share * line[c]).powi(2)).sum::<f32>().sqrt()
}

/// Brightness of an encoded colour, levels (BT.601).
fn brightness(p: [f32; 3]) -> f32 {
    0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]
}
