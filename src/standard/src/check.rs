//! The names of all checks, one list for the whole house.
//!
//! A name of ISO/IEC 29794-5 stands only for ISO's own method (formulas after the OFIQ reference implementation, on our
//! landmarks and matte); a method of ours has a name of ours.

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

macro_rules! check_names {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// A check by its right name.
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
        }
    };
}

check_names! {
    /// ISO: one face and no other of similar size.
    SingleFacePresent,
    /// ISO: distance between the eye centres, pixels.
    InterEyeDistance,
    /// ISO: eye midpoint to chin over the picture's height.
    HeadSize,
    /// ISO: room beside the face on its left.
    LeftwardCropOfTheFaceImage,
    /// ISO: room beside the face on its right.
    RightwardCropOfTheFaceImage,
    /// ISO: room above the face.
    MarginAboveOfTheFaceImage,
    /// ISO: room below the face.
    MarginBelowOfTheFaceImage,
    /// ISO: head turned left or right, degrees.
    HeadPoseYaw,
    /// ISO: head up or down, degrees.
    HeadPosePitch,
    /// ISO: head tilted to a shoulder, degrees.
    HeadPoseRoll,
    /// ISO: lid distance over eye-to-chin distance.
    EyesOpen,
    /// ISO: inner-lip distance over eye-to-chin distance.
    MouthClosed,
    /// ISO: likeness of the two cheeks' luminance histograms.
    IlluminationUniformity,
    /// ISO: mean luminance of the face.
    LuminanceMean,
    /// ISO: variance of the face's luminance.
    LuminanceVariance,
    /// ISO: share of the face that is too dark.
    UnderExposurePrevention,
    /// ISO: share of the face that is too bright.
    OverExposurePrevention,
    /// ISO: entropy of the face's luminance, bits.
    DynamicRange,
    /// ISO: cheek colour inside the range of skin.
    NaturalColour,
    /// ISO: gradient of the background.
    BackgroundUniformity,
    /// Ours: angle of the line through both pupils, degrees.
    PupilLineAngle,
    /// Ours: share of the face lost between its brighter and darker half (阴阳脸).
    IlluminationSymmetry,
    /// Ours: energy of the Laplacian over the face at a fixed face size.
    SharpnessLaplacian,
    /// Ours: factor by which the face must be enlarged to fill the portrait.
    EnlargementFactor,
    /// Ours: colour distance between clothes and the new background (黑边).
    ClothingContrast,
    /// Ours: bright specks on spectacle lenses.
    GlassesGlare,
    /// Ours: red pupils.
    RedEye,
    /// Ours: brows not covered by hair.
    BrowsVisible,
    /// Ours: ears not covered by hair.
    EarsVisible,
    /// Ours: slope of the shoulder line, degrees.
    ShouldersLevel,
    /// Ours: the picture shows hair, chin and both cheeks whole.
    HeadInside,
    /// Ours: eyes look into the lens.
    GazeForward,
    /// Ours: neither smile nor frown.
    ExpressionNeutral,
    /// Ours: no hat; a religious or medical covering that leaves the face free is for staff to judge.
    HeadUncovered,
    /// Ours: spectacle lenses without tint.
    GlassesClear,
    /// Ours, file: width and height in pixels.
    PixelSize,
    /// Ours, file: dots per inch declared in JFIF.
    Resolution,
    /// Ours, file: JPEG, three 8-bit channels, sRGB.
    ColourDepth,
    /// Ours, file: size in bytes.
    ByteSize,
    /// Ours, file: JPEG quality, estimated from the quantisation tables.
    JpegQuality,
    /// Ours, file: first row of hair, pixels from the top.
    HairTop,
    /// Ours, file: mean height of the pupils, pixels from the top.
    EyeLine,
    /// Ours, file: cheek to cheek, pixels.
    FaceWidth,
    /// Ours, file: distance of the face's axis from the middle, pixels.
    FaceCentred,
    /// Ours, file: largest difference of the background from the wanted colour, levels.
    BackgroundColour,
    /// Ours, file: old background's colour left along the person's edge.
    EdgeFringe,
}

impl CheckName {
    /// Unit of the check's value.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        use CheckName as C;
        match self {
            C::HeadPoseYaw | C::HeadPosePitch | C::HeadPoseRoll | C::PupilLineAngle | C::ShouldersLevel => {
                "deg"
            }
            C::IlluminationSymmetry
            | C::SharpnessLaplacian
            | C::EnlargementFactor
            | C::GlassesGlare
            | C::BrowsVisible
            | C::EarsVisible
            | C::EdgeFringe => "ratio",
            C::ClothingContrast | C::RedEye | C::BackgroundColour => "levels",
            C::HeadInside | C::ColourDepth => "count",
            C::PixelSize | C::HairTop | C::EyeLine | C::FaceWidth | C::FaceCentred => "px",
            C::Resolution => "dpi",
            C::ByteSize => "bytes",
            _ => "score",
        }
    }

    /// Smallest and largest value that the check can give, in its unit. A limit outside of it would judge nothing, or
    /// everything alike.
    #[must_use]
    pub const fn span(self) -> (f64, f64) {
        use CheckName as C;
        match self {
            C::SharpnessLaplacian | C::EnlargementFactor => (0.0, 1000.0),
            C::RedEye => (-255.0, 255.0),
            C::ClothingContrast => (0.0, 400.0),
            _ => match self.unit().as_bytes() {
                b"score" => (0.0, 100.0),
                b"deg" => (-90.0, 90.0),
                b"ratio" | b"count" => (0.0, 1.0),
                _ => (0.0, 1e9),
            },
        }
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
