//! Assesses a captured picture: each finding with its value, its limits and its sentence.
//!
//! Every module measures one kind of thing; limits come from the preset alone. What cannot be judged honestly is listed as
//! not assessed.

mod aligned;
mod assessment;
mod clothes;
mod eyes;
mod features;
mod framing;
mod iso;
mod luminance;
mod scene;
mod sharpness;
mod shoulders;
mod skin;
mod uncovered;

use crate::find::Face;
use aligned::Aligned;
use image::RgbImage;
use skin::Skin;
use standard::{CheckName, Phase};

pub use assessment::Assessment;
pub(crate) use assessment::check;
pub use iso::IsoComponent;
pub(crate) use luminance::Light;
pub(crate) use scene::{CloseUp, Scene};
pub(crate) use sharpness::laplacian_energy;

/// Capture rules of the standard that cannot be judged automatically, so that a person has to. The reasons:
/// - `GazeForward`: the pupils are found to about a pixel of a 64-pixel eye, which is as far as they wander between the lens and a
///   screen next to it, and no picture of a known gaze is available.
/// - `ExpressionNeutral`: OFIQ's own networks judge it; the mesh says no more than how far the lips are apart.
/// - `HeadUncovered`: a matte tells a person from a wall, not a hat from hair.
/// - `GlassesClear`: tint would have to be told from shade, and no picture with glasses is at hand.
const NOT_ASSESSED: [CheckName; 4] =
    [CheckName::GazeForward, CheckName::ExpressionNeutral, CheckName::HeadUncovered, CheckName::GlassesClear];

impl CloseUp {
    pub(crate) fn of(picture: &RgbImage, face: &Face) -> CloseUp {
        let aligned = Aligned::new(picture, &face.mesh);
        let skin = Skin::of(&aligned);
        let mut findings = features::measure(face);
        findings.extend(luminance::measure(&aligned));
        findings.push((CheckName::SharpnessLaplacian, Some(sharpness::measure(&aligned))));
        findings.extend(eyes::measure(&aligned, face, skin.as_ref()));
        CloseUp { aligned, skin, findings }
    }
}

/// Makes every capture check.
pub(crate) fn judge(scene: &Scene<'_>) -> Assessment {
    let CloseUp { aligned, skin, findings } = scene.close_up;
    let mut findings = findings.clone();
    findings.extend(framing::measure(scene));
    findings.push(luminance::background(aligned, scene));
    findings.push(clothes::contrast(scene));
    findings.extend(uncovered::measure(aligned, scene, skin.as_ref()));
    findings.push(shoulders::slope(scene));
    let judged = findings.into_iter().map(|(name, value)| {
        let value = value.filter(|v| v.is_finite()).ok_or(name)?;
        let (mut verdict, threshold) = scene.preset.rule(name).judge(value);
        if name == CheckName::SingleFacePresent {
            verdict = framing::alone(scene, verdict);
        }
        Ok(check(name, value, threshold, verdict))
    });
    let found = Assessment::collect(judged.chain(NOT_ASSESSED.map(Err)), Some(scene.face.report()));
    let others = scene.faces.iter().skip(1).map(|f| f.area).collect();
    Assessment { others, ..found }
}

/// Names of all checks of a phase.
pub(crate) fn names(phase: Phase) -> Vec<CheckName> {
    CheckName::ALL.iter().copied().filter(|n| n.phase() == phase).collect()
}
