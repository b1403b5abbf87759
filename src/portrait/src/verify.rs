//! Verifying a finished file with its own eyes: headers, placement, background and edge are measured on the decoded bytes.
//!
//! It trusts nothing that the producer knew. The person is found by colour alone: what is not the background, hangs together
//! and carries the face. Whatever else is not the background is a remainder and counts against it.

use crate::assess::{Assessment, check, names};
use crate::decode::{DecodeError, decode};
use crate::find::{Face, yunet};
use crate::geometry::Window;
use crate::jpeg::Header;
use crate::matte::person::face_pixels;
use crate::models::{EngineError, Models};
use crate::plane::{Mask, Plane};
use crate::produce::FIND_SIDE;
use crate::silhouette::first_hair_row;
use image::RgbImage;
use standard::{BackgroundName, Check, CheckName as C, Limit, Phase, Preset, Threshold, Verdict};

/// Difference from the background, levels of any channel, from which on a pixel is foreground to the half.
const FOREGROUND: i16 = 24;
/// Difference from which on a pixel may be a wisp of hair.
const WISP: i16 = 5;
/// So far from the person anything faint may be hair, and so far a thin strand, pixels.
const WISP_REACH: (usize, usize) = (24, 80);
/// Gaps in a strand, pixels: single hairs are dotted lines.
const GAP: usize = 3;
/// Half of the width from which on something faint is no strand but haze or a shadow, pixels.
const WISP_HALF: usize = 4;
/// Difference that JPEG makes of a flat colour far from any edge, levels; more is a gradient, a shadow or a remainder.
const FLAT: f64 = 3.0;
/// JPEG ripples reach so far from the person, pixels: one block and its halved chroma.
const RIPPLE: usize = 17;
/// Largest share of edge pixels whose colour belongs neither to the person nor to the background, per cent. Measured on 36
/// portraits: with the old colours left in 1 to 41 (median 14), cleaned 0 to 14 (median 2).
const FRINGE_MAX: f64 = 16.0;
/// Distance from the line between both colours that counts as foreign, levels.
const FOREIGN: f32 = 40.0;

/// Why a file could not be judged.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The bytes are no usable picture.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A network is missing or broke off.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Measures every `file` rule on finished bytes.
pub(crate) fn verify(
    models: &Models,
    bytes: &[u8],
    preset: &Preset,
    background: BackgroundName,
) -> Result<Assessment, VerifyError> {
    let picture = decode(bytes)?;
    let mut checks = of_bytes(bytes, &picture, preset);
    let faces = yunet::faces(models, &picture, FIND_SIDE)?;
    let Some(main) = faces.first() else {
        let mut none = Assessment::without_face(&names(Phase::File));
        none.not_assessed.retain(|name| checks.iter().all(|c| c.name != *name));
        none.checks.extend(checks);
        return Ok(none);
    };
    let face = Face::measure(models, &picture, main)?;
    // A background that the standard does not permit is wrong whatever is seen.
    let wall = preset.background(background).map(|b| b.rgb);
    let seen = Seen::new(&picture, wall.unwrap_or([0; 3]), &face);
    checks.extend(of_placement(&seen, &face, &picture, preset));
    checks.push(seen.background(wall.is_some()));
    checks.push(seen.fringe());
    Ok(Assessment::collect(checks.into_iter().map(Ok), Some(face.report())))
}

fn judged(name: C, value: f64, unit: &str, limits: Threshold) -> Check {
    let verdict = if limits.holds(value) { Verdict::Pass } else { Verdict::Block };
    check(name, value, unit, limits, verdict)
}

const fn exactly(value: f64) -> Threshold {
    Threshold { min: Some(value), max: Some(value) }
}

const fn at_least(value: f64) -> Threshold {
    Threshold { min: Some(value), max: None }
}

const fn at_most(value: f64) -> Threshold {
    Threshold { min: None, max: Some(value) }
}

/// What the headers and the size of the file say.
fn of_bytes(bytes: &[u8], picture: &RgbImage, preset: &Preset) -> Vec<Check> {
    let header = Header::read(bytes);
    let (size, limits) = (preset.size, preset.bytes);
    let dpi = header.as_ref().and_then(|h| h.dpi).map_or(0.0, |(x, y)| if x == y { x } else { x.min(y) });
    let plain = header.as_ref().is_some_and(|h| h.components == 3 && h.precision == 8);
    let quality = header.as_ref().and_then(Header::quality).map_or(0.0, f64::from);
    let right_size = picture.dimensions() == (size.width, size.height);
    let shape = if right_size { Verdict::Pass } else { Verdict::Block };
    let length = bytes.len() as f64;
    let permitted = Threshold { min: Some(f64::from(limits.min)), max: Some(f64::from(limits.max)) };
    let mut weight = judged(C::ByteSize, length, "bytes", permitted);
    if weight.verdict == Verdict::Pass && length < f64::from(limits.aim_min) {
        weight.verdict = Verdict::Warn;
        weight.threshold.min = Some(f64::from(limits.aim_min));
    }
    vec![
        check(C::PixelSize, f64::from(picture.width()), "px", exactly(f64::from(size.width)), shape),
        judged(C::Resolution, dpi, "dpi", exactly(f64::from(size.dpi))),
        judged(C::ColourDepth, if plain { 24.0 } else { 0.0 }, "count", exactly(24.0)),
        weight,
        judged(C::JpegQuality, quality, "score", at_least(f64::from(limits.quality_min))),
    ]
}

/// Where the person stands.
fn of_placement(seen: &Seen<'_>, face: &Face, picture: &RgbImage, preset: &Preset) -> Vec<Check> {
    let place = &preset.placement;
    let within = |limit: Limit| Threshold { min: Some(limit.min), max: Some(limit.max) };
    let [left, right] = face.cheeks();
    let hair = first_hair_row(&seen.alpha, left.x, right.x).map_or(f64::NAN, |y| y as f64);
    let off = f64::from((face.axis() - picture.width() as f32 / 2.0).abs());
    let mut hair = judged(C::HairTop, hair, "px", within(place.hair_top));
    hair.value = hair.value.filter(|v| v.is_finite());
    vec![
        hair,
        judged(C::EyeLine, f64::from(face.eyes().y), "px", within(place.eye_line)),
        judged(C::FaceWidth, f64::from(face.width()), "px", within(place.face_width)),
        judged(C::FaceCentred, off, "px", at_most(place.centre_max)),
    ]
}

/// The file as colour separates it.
struct Seen<'a> {
    picture: &'a RgbImage,
    wall: [u8; 3],
    /// Row of the chin.
    chin: f32,
    /// 1 where the main person is, 0 elsewhere.
    alpha: Plane,
    person: Mask,
}

impl<'a> Seen<'a> {
    fn new(picture: &'a RgbImage, wall: [u8; 3], face: &Face) -> Seen<'a> {
        let (w, h) = (picture.width() as usize, picture.height() as usize);
        let data = picture.pixels().map(|p| difference(p.0, wall) >= FOREGROUND).collect();
        let foreground = Mask { width: w, height: h, data };
        let whole = Window::new(crate::geometry::Point::default(), 1.0);
        let person = foreground.connected(&face_pixels(face, &whole, w, h));
        let data = person.data.iter().map(|p| f32::from(u8::from(*p))).collect();
        Seen { picture, wall, chin: face.chin().y, alpha: Plane { width: w, height: h, data }, person }
    }

    /// What differs from the background and may belong to the person: strands of hair, and below the chin clothes, which may
    /// hardly differ from a light background and reach as far as they hang together.
    fn hair(&self) -> Mask {
        let (w, h) = (self.person.width, self.person.height);
        let faint = self.picture.pixels().map(|p| difference(p.0, self.wall) >= WISP).collect();
        let mut hair = Mask { width: w, height: h, data: faint };
        let broad = hair.shrunk(WISP_HALF).grown(WISP_HALF);
        let (near, far) = (self.person.grown(WISP_REACH.0), self.person.grown(WISP_REACH.1));
        let clothes = (self.chin.max(0.0) as usize).min(h) * w;
        for (i, hair) in hair.data.iter_mut().enumerate() {
            *hair &= i >= clothes || near.data[i] || (far.data[i] && !broad.data[i]);
        }
        hair
    }

    /// Largest difference from the wanted colour, levels, away from the person.
    fn background(&self, permitted: bool) -> Check {
        // Clothes of the background's colour are not holes: what the person encloses is not looked at.
        let (w, h) = (self.person.width, self.person.height);
        let near = self.hair().grown(GAP).connected(&self.person).grown(RIPPLE);
        let mut open = near.clone();
        open.data.iter_mut().for_each(|v| *v = !*v);
        let mut rim = Mask::new(w, h);
        for x in 0..w {
            rim.data[x] = true;
        }
        for y in 0..h {
            rim.data[y * w] = true;
            rim.data[y * w + w - 1] = true;
        }
        let wall = open.connected(&rim);
        let places = (0..w * h).filter(|i| wall.data[*i]).map(|i| (i % w, i / w));
        let worst = places.map(|(x, y)| self.around(x, y)).fold(f64::NAN, f64::max);
        let worst = if worst.is_nan() { 255.0 } else { worst };
        let mut check = judged(C::BackgroundColour, worst, "levels", at_most(FLAT));
        if !permitted {
            check.verdict = Verdict::Block;
        }
        check
    }

    /// Difference of the mean over 3 x 3 pixels from the background, levels: a single pixel's ripple is no stain.
    fn around(&self, x: usize, y: usize) -> f64 {
        let (w, h) = (self.person.width, self.person.height);
        let (mut sum, mut count) = ([0.0f64; 3], 0.0f64);
        for v in y.saturating_sub(1)..(y + 2).min(h) {
            for u in x.saturating_sub(1)..(x + 2).min(w) {
                let p = self.picture.get_pixel(u as u32, v as u32).0;
                (0..3).for_each(|c| sum[c] += f64::from(p[c]));
                count += 1.0;
            }
        }
        (0..3).map(|c| (sum[c] / count - f64::from(self.wall[c])).abs()).fold(0.0, f64::max)
    }

    /// Share of the person's edge, per cent, that is brighter or of another hue than any mixture of the person just inside
    /// and the background: what is left of the old wall.
    fn fringe(&self) -> Check {
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
                foreign += f64::from(u8::from(off_line(pixel, own, self.wall) > FOREIGN));
            }
        }
        let share = if all > 0.0 { 100.0 * foreign / all } else { 100.0 };
        judged(C::EdgeFringe, share, "ratio", at_most(FRINGE_MAX))
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
fn difference(a: [u8; 3], b: [u8; 3]) -> i16 {
    (0..3).map(|c| (i16::from(a[c]) - i16::from(b[c])).abs()).max().unwrap_or(0)
}

/// Distance of `pixel` from the straight line between two colours, levels.
fn off_line(pixel: [u8; 3], own: [f32; 3], wall: [u8; 3]) -> f32 {
    let wall = wall.map(f32::from);
    let line: [f32; 3] = std::array::from_fn(|c| own[c] - wall[c]);
    let from: [f32; 3] = std::array::from_fn(|c| f32::from(pixel[c]) - wall[c]);
    let length: f32 = line.iter().map(|v| v * v).sum::<f32>().max(1.0);
    let share = (0..3).map(|c| line[c] * from[c]).sum::<f32>() / length;
    let share = share.clamp(0.0, 1.0);
    (0..3).map(|c| (from[c] - share * line[c]).powi(2)).sum::<f32>().sqrt()
}
