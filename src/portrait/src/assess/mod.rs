//! Assessing: what is right and wrong about a captured picture, each finding with its value, its limits and its sentence.
//!
//! Every module measures one kind of thing; limits come from the preset alone. What cannot be judged honestly is listed as
//! not assessed.

mod aligned;
mod clothes;
mod eyes;
mod features;
mod framing;
mod iso;
mod luminance;
mod sharpness;
mod shoulders;
mod skin;
mod uncovered;

use crate::find::{Detection, Face, FaceReport};
use crate::geometry::{FaceBox, Window};
use crate::produce::Unplaced;
use crate::silhouette::Silhouette;
use aligned::Aligned;
use image::RgbImage;
use iso::IsoComponent as Iso;
use serde::Serialize;
use skin::Skin;
use standard::{Check, CheckName, Phase, Preset, Threshold, Verdict};

pub use iso::IsoComponent;
pub(crate) use luminance::Light;
pub(crate) use sharpness::laplacian_energy;

/// Capture rules of the standard that nothing here can judge, so that a person has to. The reasons:
/// - `GazeForward`: the pupils are found to about a pixel of a 64-pixel eye, which is as far as they wander between the lens and a
///   screen beside it, and no picture of a known gaze is at hand.
/// - `ExpressionNeutral`: OFIQ's own networks judge it; the mesh says no more than how far the lips are apart.
/// - `HeadUncovered`: a matte tells a person from a wall, not a hat from hair.
/// - `GlassesClear`: tint would have to be told from shade, and no picture with glasses is at hand.
const NOT_ASSESSED: [CheckName; 4] =
    [CheckName::GazeForward, CheckName::ExpressionNeutral, CheckName::HeadUncovered, CheckName::GlassesClear];

/// Everything that was found about one picture or file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// The worst verdict of all checks.
    pub verdict: Verdict,
    /// The checks, in the standard's order.
    pub checks: Vec<Check>,
    /// The main face, if there is one.
    pub face: Option<FaceReport>,
    /// Every other face, on a poster too, the largest first.
    pub others: Vec<FaceBox>,
    /// Checks that could not be made on this picture, or are not made at all.
    pub not_assessed: Vec<CheckName>,
}

impl Assessment {
    /// Puts measured values together. An absent value is listed as not assessed.
    pub(crate) fn collect(
        checks: impl IntoIterator<Item = Result<Check, CheckName>>,
        face: Option<FaceReport>,
    ) -> Assessment {
        let (mut done, mut open) = (Vec::new(), Vec::new());
        for check in checks {
            match check {
                Ok(check) => done.push(check),
                Err(name) => open.push(name),
            }
        }
        done.sort_by_key(|c| c.name);
        let verdict = done.iter().map(|c| c.verdict).max().unwrap_or(Verdict::NotAssessed);
        Assessment { verdict, checks: done, face, others: Vec::new(), not_assessed: open }
    }

    /// The assessment of a picture without a face: it blocks, and nothing else can be said.
    pub(crate) fn without_face(names: &[CheckName]) -> Assessment {
        let mut none =
            check(CheckName::SingleFacePresent, 0.0, "score", Threshold::default(), Verdict::Block);
        none.value = None;
        none.code = "refusal.no_face".to_owned();
        Assessment {
            verdict: Verdict::Block,
            checks: vec![none],
            face: None,
            others: Vec::new(),
            not_assessed: names.to_vec(),
        }
    }

    /// The check called `name`, if it was made.
    #[must_use]
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|c| c.name == name)
    }

    /// The names of all blocking checks.
    #[must_use]
    pub fn blocking(&self) -> Vec<CheckName> {
        self.checks.iter().filter(|c| c.verdict == Verdict::Block).map(|c| c.name).collect()
    }
}

/// A finished check. Values are rounded to a thousandth, so that a last bit of another CPU changes no report.
pub(crate) fn check(
    name: CheckName,
    value: f64,
    unit: &str,
    threshold: Threshold,
    verdict: Verdict,
) -> Check {
    let code = format!("check.{}", snake(name.as_str()));
    let value = Some((value * 1000.0).round() / 1000.0);
    Check { name, phase: Preset::phase(name), value, unit: unit.to_owned(), threshold, verdict, code }
}

fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 6);
    for (i, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && i > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// One measurement: what and how much, in [`CheckName::unit`]; `None` where it cannot be made on this picture.
pub(crate) type Finding = (CheckName, Option<f64>);

/// All that the capture checks look at.
pub(crate) struct Scene<'a> {
    pub(crate) picture: &'a RgbImage,
    pub(crate) faces: &'a [Detection],
    pub(crate) face: &'a Face,
    pub(crate) close_up: &'a CloseUp,
    pub(crate) silhouette: &'a Silhouette,
    pub(crate) placed: Result<Window, Unplaced>,
    /// The background that the portrait will have, sRGB.
    pub(crate) wall: [u8; 3],
    pub(crate) preset: &'a Preset,
}

/// What the face alone tells, before anybody knows where the person ends: measured while the matting network works.
pub(crate) struct CloseUp {
    aligned: Aligned,
    skin: Option<Skin>,
    findings: Vec<Finding>,
}

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
        Ok(check(name, value, name.unit(), threshold, verdict))
    });
    let found = Assessment::collect(judged.chain(NOT_ASSESSED.map(Err)), Some(scene.face.report()));
    let others = scene.faces.iter().skip(1).map(|f| f.area).collect();
    Assessment { others, ..found }
}

/// Names of all checks of a phase.
pub(crate) fn names(phase: Phase) -> Vec<CheckName> {
    CheckName::ALL.iter().copied().filter(|n| Preset::phase(*n) == phase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_sentences() {
        for name in CheckName::ALL {
            let code = format!("check.{}", snake(name.as_str()));
            assert!(sentences::has(&code), "{code} has no sentence");
        }
    }

    #[test]
    fn the_worst_check_decides() {
        let pass = check(CheckName::EyesOpen, 90.0, "score", Threshold::default(), Verdict::Pass);
        let block = check(CheckName::HeadPoseRoll, 20.0, "deg", Threshold::default(), Verdict::Block);
        let all = Assessment::collect([Ok(block), Ok(pass), Err(CheckName::RedEye)], None);
        assert_eq!(all.verdict, Verdict::Block);
        assert_eq!(all.blocking(), [CheckName::HeadPoseRoll]);
        assert_eq!(all.not_assessed, [CheckName::RedEye]);
    }
}
