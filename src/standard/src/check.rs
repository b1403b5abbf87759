//! The table of all checks: name, phase, unit, range of values, and the sentence of each.
//!
//! A name of ISO/IEC 29794-5 stands only for ISO's own method (formulas after the OFIQ reference implementation, on our
//! landmarks and matte); a method of ours has a name of ours.

use sentences::{Code, codes};
use serde::{Deserialize, Serialize};
use std::fmt;

/// When a check is asked: of the picture that was taken, or of the file that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Asked of the captured picture; staff may override it with a reason.
    Capture,
    /// Asked of the finished file; nobody can override it.
    File,
}

/// The unit of a check's value and limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// ISO's quality score, 0 to 100.
    #[serde(rename = "score")]
    Score,
    /// Degrees.
    #[serde(rename = "deg")]
    Degrees,
    /// A quotient.
    #[serde(rename = "ratio")]
    Ratio,
    /// Levels of an 8-bit channel.
    #[serde(rename = "levels")]
    Levels,
    /// A number of things.
    #[serde(rename = "count")]
    Count,
    /// Pixels.
    #[serde(rename = "px")]
    Pixels,
    /// Dots per inch.
    #[serde(rename = "dpi")]
    Dpi,
    /// Bytes.
    #[serde(rename = "bytes")]
    Bytes,
}

impl Unit {
    /// The unit as it is written in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Score => "score",
            Unit::Degrees => "deg",
            Unit::Ratio => "ratio",
            Unit::Levels => "levels",
            Unit::Count => "count",
            Unit::Pixels => "px",
            Unit::Dpi => "dpi",
            Unit::Bytes => "bytes",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! check_table {
    ($($(#[$doc:meta])* $name:ident: $phase:ident, $unit:ident, $min:literal..=$max:literal, $code:ident;)+) => {
        /// A check by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum CheckName { $($(#[$doc])* $name,)+ }

        impl CheckName {
            /// Every check, in the order in which they are listed to people.
            pub const ALL: &'static [CheckName] = &[$(CheckName::$name,)+];

            /// The name as it is written in reports.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(CheckName::$name => stringify!($name),)+ }
            }

            /// When the check is asked.
            #[must_use]
            pub const fn phase(self) -> Phase {
                match self { $(CheckName::$name => Phase::$phase,)+ }
            }

            /// Unit of the check's value.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(CheckName::$name => Unit::$unit,)+ }
            }

            /// Smallest and largest value that the check can give, in its unit. A limit outside of it would judge nothing, or
            /// everything alike.
            #[must_use]
            pub const fn span(self) -> (f64, f64) {
                match self { $(CheckName::$name => ($min, $max),)+ }
            }

            /// The sentence that says what is wrong and how to fix it.
            #[must_use]
            pub const fn code(self) -> Code {
                match self { $(CheckName::$name => codes::$code,)+ }
            }
        }
    };
}

check_table! {
    /// ISO: one face and no other of similar size.
    SingleFacePresent: Capture, Score, 0.0..=100.0, CHECK_SINGLE_FACE_PRESENT;
    /// ISO: distance between the eye centres, pixels.
    InterEyeDistance: Capture, Score, 0.0..=100.0, CHECK_INTER_EYE_DISTANCE;
    /// ISO: eye midpoint to chin over the picture's height.
    HeadSize: Capture, Score, 0.0..=100.0, CHECK_HEAD_SIZE;
    /// ISO: space between the face and the left edge.
    LeftwardCropOfTheFaceImage: Capture, Score, 0.0..=100.0, CHECK_LEFTWARD_CROP_OF_THE_FACE_IMAGE;
    /// ISO: space between the face and the right edge.
    RightwardCropOfTheFaceImage: Capture, Score, 0.0..=100.0, CHECK_RIGHTWARD_CROP_OF_THE_FACE_IMAGE;
    /// ISO: space above the face.
    MarginAboveOfTheFaceImage: Capture, Score, 0.0..=100.0, CHECK_MARGIN_ABOVE_OF_THE_FACE_IMAGE;
    /// ISO: space below the face.
    MarginBelowOfTheFaceImage: Capture, Score, 0.0..=100.0, CHECK_MARGIN_BELOW_OF_THE_FACE_IMAGE;
    /// ISO: head turned left or right, degrees.
    HeadPoseYaw: Capture, Degrees, -90.0..=90.0, CHECK_HEAD_POSE_YAW;
    /// ISO: head up or down, degrees.
    HeadPosePitch: Capture, Degrees, -90.0..=90.0, CHECK_HEAD_POSE_PITCH;
    /// ISO: head tilted to a shoulder, degrees.
    HeadPoseRoll: Capture, Degrees, -90.0..=90.0, CHECK_HEAD_POSE_ROLL;
    /// ISO: lid distance over eye-to-chin distance.
    EyesOpen: Capture, Score, 0.0..=100.0, CHECK_EYES_OPEN;
    /// ISO: inner-lip distance over eye-to-chin distance.
    MouthClosed: Capture, Score, 0.0..=100.0, CHECK_MOUTH_CLOSED;
    /// ISO: likeness of the two cheeks' luminance histograms.
    IlluminationUniformity: Capture, Score, 0.0..=100.0, CHECK_ILLUMINATION_UNIFORMITY;
    /// ISO: mean luminance of the face.
    LuminanceMean: Capture, Score, 0.0..=100.0, CHECK_LUMINANCE_MEAN;
    /// ISO: variance of the face's luminance.
    LuminanceVariance: Capture, Score, 0.0..=100.0, CHECK_LUMINANCE_VARIANCE;
    /// ISO: share of the face that is too dark.
    UnderExposurePrevention: Capture, Score, 0.0..=100.0, CHECK_UNDER_EXPOSURE_PREVENTION;
    /// ISO: share of the face that is too bright.
    OverExposurePrevention: Capture, Score, 0.0..=100.0, CHECK_OVER_EXPOSURE_PREVENTION;
    /// ISO: entropy of the face's luminance, bits.
    DynamicRange: Capture, Score, 0.0..=100.0, CHECK_DYNAMIC_RANGE;
    /// ISO: cheek colour inside the range of skin.
    NaturalColour: Capture, Score, 0.0..=100.0, CHECK_NATURAL_COLOUR;
    /// ISO: gradient of the background.
    BackgroundUniformity: Capture, Score, 0.0..=100.0, CHECK_BACKGROUND_UNIFORMITY;
    /// Ours: angle of the line through both pupils, degrees.
    PupilLineAngle: Capture, Degrees, -90.0..=90.0, CHECK_PUPIL_LINE_ANGLE;
    /// Ours: share of the face lost between its brighter and darker half (阴阳脸).
    IlluminationSymmetry: Capture, Ratio, 0.0..=1.0, CHECK_ILLUMINATION_SYMMETRY;
    /// Ours: energy of the Laplacian over the face at a fixed face size.
    SharpnessLaplacian: Capture, Ratio, 0.0..=1000.0, CHECK_SHARPNESS_LAPLACIAN;
    /// Ours: factor by which the face must be enlarged to fill the portrait.
    EnlargementFactor: Capture, Ratio, 0.0..=1000.0, CHECK_ENLARGEMENT_FACTOR;
    /// Ours: colour distance between clothes and the new background (黑边).
    ClothingContrast: Capture, Levels, 0.0..=400.0, CHECK_CLOTHING_CONTRAST;
    /// Ours: bright specks on spectacle lenses.
    GlassesGlare: Capture, Ratio, 0.0..=1.0, CHECK_GLASSES_GLARE;
    /// Ours: red pupils.
    RedEye: Capture, Levels, -255.0..=255.0, CHECK_RED_EYE;
    /// Ours: brows not covered by hair.
    BrowsVisible: Capture, Ratio, 0.0..=1.0, CHECK_BROWS_VISIBLE;
    /// Ours: ears not covered by hair.
    EarsVisible: Capture, Ratio, 0.0..=1.0, CHECK_EARS_VISIBLE;
    /// Ours: slope of the shoulder line, degrees.
    ShouldersLevel: Capture, Degrees, -90.0..=90.0, CHECK_SHOULDERS_LEVEL;
    /// Ours: the picture shows hair, chin and both cheeks whole.
    HeadInside: Capture, Count, 0.0..=1.0, CHECK_HEAD_INSIDE;
    /// Ours: eyes look into the lens.
    GazeForward: Capture, Score, 0.0..=100.0, CHECK_GAZE_FORWARD;
    /// Ours: neither smile nor frown.
    ExpressionNeutral: Capture, Score, 0.0..=100.0, CHECK_EXPRESSION_NEUTRAL;
    /// Ours: no hat; a religious or medical covering that leaves the face free is for staff to judge.
    HeadUncovered: Capture, Score, 0.0..=100.0, CHECK_HEAD_UNCOVERED;
    /// Ours: spectacle lenses without tint.
    GlassesClear: Capture, Score, 0.0..=100.0, CHECK_GLASSES_CLEAR;
    /// Ours: width and height in pixels.
    PixelSize: File, Pixels, 0.0..=1e9, CHECK_PIXEL_SIZE;
    /// Ours: dots per inch declared in JFIF.
    Resolution: File, Dpi, 0.0..=1e9, CHECK_RESOLUTION;
    /// Ours: JPEG, three 8-bit channels, sRGB.
    ColourDepth: File, Count, 0.0..=24.0, CHECK_COLOUR_DEPTH;
    /// Ours: size in bytes.
    ByteSize: File, Bytes, 0.0..=1e9, CHECK_BYTE_SIZE;
    /// Ours: JPEG quality, estimated from the quantisation tables.
    JpegQuality: File, Score, 0.0..=100.0, CHECK_JPEG_QUALITY;
    /// Ours: first row of hair, pixels from the top.
    HairTop: File, Pixels, 0.0..=1e9, CHECK_HAIR_TOP;
    /// Ours: mean height of the pupils, pixels from the top.
    EyeLine: File, Pixels, 0.0..=1e9, CHECK_EYE_LINE;
    /// Ours: cheek to cheek, pixels.
    FaceWidth: File, Pixels, 0.0..=1e9, CHECK_FACE_WIDTH;
    /// Ours: distance of the face's axis from the middle, pixels.
    FaceCentred: File, Pixels, 0.0..=1e9, CHECK_FACE_CENTRED;
    /// Ours: largest difference of the background from the wanted colour, levels.
    BackgroundColour: File, Levels, 0.0..=1e9, CHECK_BACKGROUND_COLOUR;
    /// Ours: old background's colour left along the person's edge.
    EdgeFringe: File, Ratio, 0.0..=1.0, CHECK_EDGE_FRINGE;
}

impl CheckName {
    /// The check of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<CheckName> {
        CheckName::ALL.iter().copied().find(|check| check.as_str() == name)
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_the_sentence_of_its_name_and_a_short_name() {
        for check in CheckName::ALL {
            let snake: String = check
                .as_str()
                .chars()
                .flat_map(|c| [c.is_ascii_uppercase().then_some('_'), Some(c.to_ascii_lowercase())])
                .flatten()
                .collect();
            assert_eq!(check.code().as_str(), format!("check.{}", snake.trim_start_matches('_')));
            assert!(check.code().name().is_some(), "{check} has no short name");
        }
    }

    #[test]
    fn a_unit_is_written_the_same_everywhere() {
        for check in CheckName::ALL {
            assert_eq!(toml::Value::try_from(check.unit()).unwrap().as_str(), Some(check.unit().as_str()));
        }
    }
}
