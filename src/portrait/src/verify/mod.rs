//! Verifies a finished file independently of its producer: headers, placement, background and edge are measured on the decoded
//! bytes.
//!
//! It trusts nothing that the producer knew. The person is found by colour alone: what is not the background, hangs together
//! and carries the face. Whatever else is not the background is a remainder and counts against it.

mod seen;

use crate::assess::{Assessment, check, names};
use crate::decode::{DecodeError, decode};
use crate::find::{Face, Mesh, pupils, yunet};
use crate::jpeg::Header;
use crate::models::{EngineError, Models};
use crate::parallel::both;
use crate::plane::Plane;
use crate::silhouette::first_hair_row;
use image::RgbImage;
use seen::{Colours, Seen};
use standard::{BackgroundName, Check, CheckName as C, Limit, Phase, Preset, Threshold, Verdict};

/// Long side of the copy on which the face is looked for, pixels: it fills a third of the file.
const LOOK_SIDE: u32 = 320;

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
    // A background that the standard does not permit is wrong whatever is seen.
    let background_rgb = preset.background(background).map(|b| b.rgb);
    let tint = background_rgb.unwrap_or([0; 3]);
    let find = || {
        let main = yunet::faces(models, &picture, LOOK_SIDE)?.into_iter().next();
        main.map(|main| Mesh::measure(models, &picture, &main).map(|mesh| (main, mesh))).transpose()
    };
    let (colours, found) = both(|| Colours::of(&picture, tint), find);
    let Some((main, mesh)) = found? else {
        let mut none = Assessment::without_face(&names(Phase::File));
        none.not_assessed.retain(|name| checks.iter().all(|c| c.name != *name));
        none.checks.extend(checks);
        return Ok(none);
    };
    let look = || {
        let seen = Seen::new(&picture, colours, tint, &mesh);
        let (share, open) = both(|| seen.fringe(), || seen.open_background());
        (seen.alpha(), share, open)
    };
    let (pupils, (alpha, share, open)) = both(|| pupils(models, &picture, &mesh), look);
    let pupils = pupils?;
    let face = Face::new(main, mesh, pupils);
    checks.extend(of_placement(&alpha, &face, &picture, preset));
    checks.push(plainness(&open, background_rgb, Header::read(bytes).as_ref()));
    checks.push(judged(C::EdgeFringe, share, at_most(seen::FRINGE_MAX)));
    Ok(Assessment::collect(checks.into_iter().map(Ok), Some(face.report())))
}

/// The background at its worst place; if that is fine, its mean.
fn plainness(open: &seen::OpenBackground, background_rgb: Option<[u8; 3]>, header: Option<&Header>) -> Check {
    let mut worst = judged(C::BackgroundColour, open.worst, at_most(seen::FLAT));
    let Some(background_rgb) = background_rgb else {
        worst.verdict = Verdict::Block;
        return worst;
    };
    let luminance = header.and_then(|h| h.luminance).map_or(1, |table| table[0]);
    let colour = header.and_then(|h| h.colour_step).unwrap_or(luminance);
    let off = seen::apart(open.mean, background_rgb.map(f64::from));
    let off = off.min(seen::apart(open.mean, seen::compressed(background_rgb, [luminance, colour])));
    let mean = judged(C::BackgroundColour, off, at_most(seen::MEAN));
    if worst.verdict == Verdict::Pass && mean.verdict == Verdict::Block { mean } else { worst }
}

fn judged(name: C, value: f64, limits: Threshold) -> Check {
    let verdict = if limits.holds(value) { Verdict::Pass } else { Verdict::Block };
    check(name, value, limits, verdict)
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
    let mut weight = judged(C::ByteSize, length, permitted);
    if weight.verdict == Verdict::Pass && length < f64::from(limits.aim_min) {
        weight.verdict = Verdict::Warn;
        weight.threshold.min = Some(f64::from(limits.aim_min));
    }
    vec![
        check(C::PixelSize, f64::from(picture.width()), exactly(f64::from(size.width)), shape),
        judged(C::Resolution, dpi, exactly(f64::from(size.dpi))),
        judged(C::ColourDepth, if plain { 24.0 } else { 0.0 }, exactly(24.0)),
        weight,
        judged(C::JpegQuality, quality, at_least(f64::from(limits.quality_min))),
    ]
}

/// Where the person stands.
fn of_placement(alpha: &Plane, face: &Face, picture: &RgbImage, preset: &Preset) -> Vec<Check> {
    let place = &preset.placement;
    let within = |limit: Limit| Threshold { min: Some(limit.min), max: Some(limit.max) };
    let [left, right] = face.cheeks();
    let hair = first_hair_row(alpha, left.x, right.x).map_or(f64::NAN, |y| y as f64);
    let off = f64::from((face.axis() - picture.width() as f32 / 2.0).abs());
    let mut hair = judged(C::HairTop, hair, within(place.hair_top));
    hair.value = hair.value.filter(|v| v.is_finite());
    vec![
        hair,
        judged(C::EyeLine, f64::from(face.eyes().y), within(place.eye_line)),
        judged(C::FaceWidth, f64::from(face.width()), within(place.face_width)),
        judged(C::FaceCentred, off, at_most(place.centre_max)),
    ]
}
