//! ISO/IEC 29794-5's components and their mappings from raw value to score 0..=100, after OFIQ 1.0.3, its reference
//! implementation.
//!
//! The mapping is all that this module knows: which raw value a picture has, the other modules measure, on our landmarks and
//! matte. Published pairs of raw value and score (28 pictures, every component) are reproduced exactly; components that only
//! OFIQ's own networks can measure are here so that the whole publication can be held against it.

use serde::Serialize;

/// A component of ISO/IEC 29794-5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names are the standard's own; `raw` of each says what is measured")]
pub enum IsoComponent {
    UnifiedQualityScore,
    BackgroundUniformity,
    IlluminationUniformity,
    LuminanceMean,
    LuminanceVariance,
    UnderExposurePrevention,
    OverExposurePrevention,
    DynamicRange,
    Sharpness,
    CompressionArtifacts,
    NaturalColour,
    SingleFacePresent,
    EyesOpen,
    MouthClosed,
    EyesVisible,
    MouthOcclusionPrevention,
    FaceOcclusionPrevention,
    InterEyeDistance,
    HeadSize,
    LeftwardCropOfTheFaceImage,
    RightwardCropOfTheFaceImage,
    MarginAboveOfTheFaceImage,
    MarginBelowOfTheFaceImage,
    HeadPoseYaw,
    HeadPosePitch,
    HeadPoseRoll,
    ExpressionNeutrality,
    NoHeadCoverings,
}

use IsoComponent as I;

impl IsoComponent {
    /// Every component, in the order of OFIQ's table.
    pub const ALL: [IsoComponent; 28] = [
        I::UnifiedQualityScore,
        I::BackgroundUniformity,
        I::IlluminationUniformity,
        I::LuminanceMean,
        I::LuminanceVariance,
        I::UnderExposurePrevention,
        I::OverExposurePrevention,
        I::DynamicRange,
        I::Sharpness,
        I::CompressionArtifacts,
        I::NaturalColour,
        I::SingleFacePresent,
        I::EyesOpen,
        I::MouthClosed,
        I::EyesVisible,
        I::MouthOcclusionPrevention,
        I::FaceOcclusionPrevention,
        I::InterEyeDistance,
        I::HeadSize,
        I::LeftwardCropOfTheFaceImage,
        I::RightwardCropOfTheFaceImage,
        I::MarginAboveOfTheFaceImage,
        I::MarginBelowOfTheFaceImage,
        I::HeadPoseYaw,
        I::HeadPosePitch,
        I::HeadPoseRoll,
        I::ExpressionNeutrality,
        I::NoHeadCoverings,
    ];

    /// The score of a raw value in OFIQ's unit: 0 is worst, 100 best, whole numbers.
    ///
    /// Raw values: mean Scharr gradient (`BackgroundUniformity`), histogram intersection (`IlluminationUniformity`), mean and
    /// variance of linear luminance `0..=1`, shares `0..=1` (exposure, occlusion, eyes visible, coverings), bits
    /// (`DynamicRange`), CIELAB distance (`NaturalColour`), ratio of areas (`SingleFacePresent`), lengths over eyes-to-chin
    /// (`EyesOpen`, `MouthClosed`, margins), pixels (`InterEyeDistance`), eyes-to-chin over height (`HeadSize`), lengths over
    /// the eyes' distance (crops), degrees (pose), and the outputs of OFIQ's own networks for the rest.
    #[must_use]
    pub fn score(self, raw: f64) -> f64 {
        match self {
            I::UnifiedQualityScore => sigmoid_score(raw, 23.0, 2.6),
            I::BackgroundUniformity => generic(raw, 190.0, 1.0, -1.0, 10.0, 100.0),
            I::IlluminationUniformity => whole(100.0 * raw.powf(0.3)),
            I::LuminanceMean => whole(100.0 * sigmoid(raw, 0.2, 0.05) * (1.0 - sigmoid(raw, 0.8, 0.05))),
            I::LuminanceVariance => {
                let x = 60.0 * raw;
                whole(100.0 * (std::f64::consts::PI * x / (x + 1.0)).sin())
            }
            I::UnderExposurePrevention => generic(raw, 120.0, 0.832, -1.0, 0.92, 0.05),
            I::OverExposurePrevention => whole(1.0 / (raw + 0.01)),
            I::DynamicRange => whole(12.5 * raw),
            I::Sharpness => generic(raw, 1.0, -14.0, 115.0, -20.0, 15.0),
            I::CompressionArtifacts => generic(raw, 1.0, -0.0278, 103.0, 0.3308, 0.092),
            I::NaturalColour => generic(raw, 200.0, 1.0, -1.0, 0.0, 10.0),
            I::SingleFacePresent
            | I::EyesVisible
            | I::MouthOcclusionPrevention
            | I::FaceOcclusionPrevention => whole(100.0 * (1.0 - raw)),
            I::EyesOpen => sigmoid_score(raw, 0.02, 0.01),
            I::MouthClosed => generic(raw, 100.0, 1.0, -1.0, 0.2, 0.06),
            I::InterEyeDistance => sigmoid_score(raw, 70.0, 20.0),
            I::HeadSize => generic((raw - 0.45).abs(), 200.0, 1.0, -1.0, 0.0, 0.05),
            I::LeftwardCropOfTheFaceImage | I::RightwardCropOfTheFaceImage => sigmoid_score(raw, 0.9, 0.1),
            I::MarginAboveOfTheFaceImage => sigmoid_score(raw, 1.4, 0.1),
            I::MarginBelowOfTheFaceImage => sigmoid_score(raw, 1.8, 0.1),
            I::HeadPoseYaw | I::HeadPosePitch | I::HeadPoseRoll => {
                whole(100.0 * raw.to_radians().cos().max(0.0).powi(2))
            }
            I::ExpressionNeutrality => sigmoid_score(raw, -5000.0, 5000.0),
            I::NoHeadCoverings => head_coverings(raw),
        }
    }
}

/// `1 / (1 + exp((x0 - x) / w))`.
fn sigmoid(x: f64, x0: f64, w: f64) -> f64 {
    1.0 / (1.0 + ((x0 - x) / w).exp())
}

/// OFIQ's generic mapping `h (a + s sig(x; x0, w))`, rounded, then clamped to 0..=100.
fn generic(x: f64, h: f64, a: f64, s: f64, x0: f64, w: f64) -> f64 {
    whole(h * (a + s * sigmoid(x, x0, w)))
}

/// The generic mapping with its usual `h` 100, `a` 0, `s` 1.
fn sigmoid_score(x: f64, x0: f64, w: f64) -> f64 {
    generic(x, 100.0, 0.0, 1.0, x0, w)
}

/// Rounded half away from zero and clamped to 0..=100.
fn whole(score: f64) -> f64 {
    score.round().clamp(0.0, 100.0)
}

/// 100 without any covered pixel, 0 from a share of 0.95 on, a stretched sigmoid between.
fn head_coverings(share: f64) -> f64 {
    const FULL: f64 = 0.95;
    let at = |x: f64| sigmoid(x, 0.02, 0.1);
    if share <= 0.0 {
        100.0
    } else if share >= FULL {
        0.0
    } else {
        whole(100.0 * (at(FULL) - at(share)) / (at(FULL) - at(0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of raw value and score from OFIQ 1.0.3's table of expected results: for each component the lowest, the highest and a middle score.
    const PUBLISHED: &[(IsoComponent, f64, f64)] = &[
        (I::UnifiedQualityScore, 13.334_490, 2.0),
        (I::UnifiedQualityScore, 23.497_959, 55.0),
        (I::UnifiedQualityScore, 27.733_389, 86.0),
        (I::BackgroundUniformity, 242.789_467, 17.0),
        (I::BackgroundUniformity, 92.862_484, 58.0),
        (I::BackgroundUniformity, 35.980_417, 83.0),
        (I::IlluminationUniformity, 0.012_111, 27.0),
        (I::IlluminationUniformity, 0.141_003, 56.0),
        (I::IlluminationUniformity, 0.842_057, 95.0),
        (I::LuminanceMean, 0.103_719, 13.0),
        (I::LuminanceMean, 0.198_766, 49.0),
        (I::LuminanceMean, 0.497_561, 100.0),
        (I::LuminanceVariance, 0.067_912, 58.0),
        (I::LuminanceVariance, 0.015_774, 100.0),
        (I::UnderExposurePrevention, 0.135_860, 100.0),
        (I::OverExposurePrevention, 0.000_065, 99.0),
        (I::OverExposurePrevention, 0.0, 100.0),
        (I::DynamicRange, 5.558_990, 69.0),
        (I::DynamicRange, 7.609_802, 95.0),
        (I::Sharpness, 41.0, 99.0),
        (I::Sharpness, 50.0, 100.0),
        (I::CompressionArtifacts, 0.978_856, 100.0),
        (I::NaturalColour, 100.0, 0.0),
        (I::NaturalColour, 4.805_962, 76.0),
        (I::NaturalColour, 0.0, 100.0),
        (I::SingleFacePresent, 0.333_736, 67.0),
        (I::SingleFacePresent, 0.0, 100.0),
        (I::EyesOpen, 0.023_177, 58.0),
        (I::EyesOpen, 0.092_360, 100.0),
        (I::MouthClosed, 0.082_712, 88.0),
        (I::MouthClosed, 0.001_497, 96.0),
        (I::EyesVisible, 0.999_656, 0.0),
        (I::EyesVisible, 0.450_213, 55.0),
        (I::EyesVisible, 0.000_881, 100.0),
        (I::MouthOcclusionPrevention, 1.0, 0.0),
        (I::MouthOcclusionPrevention, 0.0, 100.0),
        (I::FaceOcclusionPrevention, 0.736_430, 26.0),
        (I::FaceOcclusionPrevention, 0.523_030, 48.0),
        (I::FaceOcclusionPrevention, 0.003_762, 100.0),
        (I::InterEyeDistance, 566.373_838, 100.0),
        (I::HeadSize, 0.147_008, 0.0),
        (I::HeadSize, 0.248_645, 4.0),
        (I::LeftwardCropOfTheFaceImage, 3.705_352, 100.0),
        (I::RightwardCropOfTheFaceImage, 3.863_576, 100.0),
        (I::MarginAboveOfTheFaceImage, 1.548_853, 82.0),
        (I::MarginAboveOfTheFaceImage, 2.230_722, 100.0),
        (I::MarginBelowOfTheFaceImage, 1.725_211, 32.0),
        (I::MarginBelowOfTheFaceImage, 1.750_326, 38.0),
        (I::MarginBelowOfTheFaceImage, 2.595_051, 100.0),
        (I::HeadPoseYaw, -7.966_364, 98.0),
        (I::HeadPoseYaw, -3.061_079, 100.0),
        (I::HeadPosePitch, 16.617_661, 92.0),
        (I::HeadPosePitch, -2.531_154, 100.0),
        (I::HeadPoseRoll, -27.373_343, 79.0),
        (I::HeadPoseRoll, -1.335_600, 100.0),
        (I::ExpressionNeutrality, -15_135.901_367, 12.0),
        (I::ExpressionNeutrality, -4_067.674_561, 55.0),
        (I::ExpressionNeutrality, 10_100.629_883, 95.0),
        (I::NoHeadCoverings, 0.507_551, 1.0),
        (I::NoHeadCoverings, 0.301_582, 10.0),
        (I::NoHeadCoverings, 0.0, 100.0),
    ];

    #[test]
    fn published_pairs_are_reproduced_exactly() {
        for component in IsoComponent::ALL {
            assert!(PUBLISHED.iter().any(|(c, _, _)| *c == component), "{component:?} has no pair");
        }
        for (component, raw, wanted) in PUBLISHED {
            let got = component.score(*raw);
            assert!((got - wanted).abs() < f64::EPSILON, "{component:?} of {raw} is {got}, not {wanted}");
        }
    }

    #[test]
    fn marked_points_of_the_mappings() {
        let is = |c: IsoComponent, raw: f64, wanted: f64| {
            assert!((c.score(raw) - wanted).abs() < f64::EPSILON, "{c:?}");
        };
        is(I::OverExposurePrevention, 0.01, 50.0);
        is(I::MouthClosed, 0.0, 97.0);
        is(I::EyesOpen, 0.0, 12.0);
        is(I::LuminanceVariance, 1.0 / 60.0, 100.0);
        is(I::LuminanceVariance, 0.25, 20.0);
        is(I::NaturalColour, 0.0, 100.0);
        is(I::HeadSize, 0.45, 100.0);
        is(I::NoHeadCoverings, 1.0, 0.0);
    }
}
