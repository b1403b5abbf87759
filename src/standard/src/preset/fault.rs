//! What can be wrong with a preset file, each fault with its code and the numbers that its sentence names.

use config::Fault;
use sentences::{Code, codes};

/// One thing that is wrong with a preset file.
pub type PresetError = config::Mistake<PresetFault>;

/// A table of a preset's file that is being read.
pub(super) type Section<'a> = config::Section<'a, PresetFault>;

/// A kind of mistake.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PresetFault {
    /// The file is larger than any preset.
    #[error("the file is longer than {max} bytes")]
    TooLong {
        /// Most bytes that are read.
        max: usize,
    },
    /// The file is not TOML.
    #[error("is not TOML: {reason}")]
    Toml {
        /// The parser's own words.
        reason: String,
    },
    /// A key that must be there is not.
    #[error("is missing")]
    Missing,
    /// A key, or the name of a check, that nobody knows.
    #[error("is not known")]
    Unknown,
    /// A value of another type than the expected one.
    #[error("has the wrong form: {reason}")]
    Form {
        /// What was expected.
        reason: String,
    },
    /// A number that is none, or that lies outside of its range.
    #[error("{value} is outside of {min}..{max}")]
    Outside {
        /// The number in the file.
        value: f64,
        /// Smallest that makes sense.
        min: f64,
        /// Largest that makes sense.
        max: f64,
    },
    /// An interval whose ends are exchanged.
    #[error("min {min} is above max {max}")]
    Reversed {
        /// Its lower end.
        min: f64,
        /// Its upper end.
        max: f64,
    },
    /// A name with letters that no name has.
    #[error("use 1 to 40 of a-z, 0-9 and -")]
    Name,
    /// A text or list without content.
    #[error("is empty")]
    Empty,
    /// The same thing is given a second time.
    #[error("is there twice")]
    Twice,
    /// The eyes may lie above the hair.
    #[error("eyes from {eyes} on may lie above hair down to {hair}")]
    EyesAboveHair {
        /// Upper end of the hair's range, pixels.
        hair: f64,
        /// Lower end of the eyes' range, pixels.
        eyes: f64,
    },
    /// No head has the proportions that the ranges leave.
    #[error("eyes-to-hair over face width could only be {min:.2}..{max:.2}; heads have about 0.5..1.4")]
    NoHead {
        /// Least proportion that the ranges permit.
        min: f64,
        /// Largest.
        max: f64,
    },
    /// More bytes are asked for than the picture has without any compression.
    #[error("{min} bytes are more than the {raw} of the uncompressed picture")]
    MoreThanRaw {
        /// Fewest bytes permitted.
        min: f64,
        /// Width times height times three.
        raw: f64,
    },
    /// A check of the file among those of the capture.
    #[error("is a check of the file, not of the capture")]
    OfTheFile,
    /// A rule without any limit.
    #[error("has no limit and judges nothing")]
    JudgesNothing,
    /// The warning limits lie outside of the blocking ones.
    #[error("blocks what does not even warn")]
    BlocksBeforeWarning,
    /// A capture limit permits what `make` refuses.
    #[error("permits {permitted}, but enlargement_max is {limit}")]
    BeyondMake {
        /// Largest value that does not block.
        permitted: f64,
        /// What `make` refuses.
        limit: f64,
    },
    /// Two of ISO's checks that no picture passes together.
    #[error("contradicts {other}: no picture passes both")]
    Opposes {
        /// The other check.
        other: &'static str,
    },
}

impl PresetFault {
    /// Code of the sentence that says so to school IT (`config.preset.outside`).
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            PresetFault::TooLong { .. } => codes::CONFIG_PRESET_TOO_LONG,
            PresetFault::Toml { .. } => codes::CONFIG_PRESET_TOML,
            PresetFault::Missing => codes::CONFIG_PRESET_MISSING,
            PresetFault::Unknown => codes::CONFIG_PRESET_UNKNOWN,
            PresetFault::Form { .. } => codes::CONFIG_PRESET_FORM,
            PresetFault::Outside { .. } => codes::CONFIG_PRESET_OUTSIDE,
            PresetFault::Reversed { .. } => codes::CONFIG_PRESET_REVERSED,
            PresetFault::Name => codes::CONFIG_PRESET_NAME,
            PresetFault::Empty => codes::CONFIG_PRESET_EMPTY,
            PresetFault::Twice => codes::CONFIG_PRESET_TWICE,
            PresetFault::EyesAboveHair { .. } => codes::CONFIG_PRESET_EYES_ABOVE_HAIR,
            PresetFault::NoHead { .. } => codes::CONFIG_PRESET_NO_HEAD,
            PresetFault::MoreThanRaw { .. } => codes::CONFIG_PRESET_MORE_THAN_RAW,
            PresetFault::OfTheFile => codes::CONFIG_PRESET_OF_THE_FILE,
            PresetFault::JudgesNothing => codes::CONFIG_PRESET_JUDGES_NOTHING,
            PresetFault::BlocksBeforeWarning => codes::CONFIG_PRESET_BLOCKS_BEFORE_WARNING,
            PresetFault::BeyondMake { .. } => codes::CONFIG_PRESET_BEYOND_MAKE,
            PresetFault::Opposes { .. } => codes::CONFIG_PRESET_OPPOSES,
        }
    }
}

/// What the reader of TOML found, as a preset says it.
impl From<Fault> for PresetFault {
    fn from(fault: Fault) -> PresetFault {
        match fault {
            Fault::TooLong { max } => PresetFault::TooLong { max },
            Fault::Syntax { reason } => PresetFault::Toml { reason },
            Fault::Missing { .. } => PresetFault::Missing,
            Fault::Unknown => PresetFault::Unknown,
            Fault::Unreadable(reason) | Fault::Value(reason) => PresetFault::Form { reason },
        }
    }
}

impl PresetFault {
    /// Values for the places of the sentence; `{key}` is always among them.
    #[must_use]
    pub fn args(&self, key: &str) -> Vec<(&'static str, String)> {
        use PresetFault as F;
        let number = |v: f64| format!("{}", (v * 100.0).round() / 100.0);
        let mut args = vec![("key", key.to_owned())];
        let mut range = |min: f64, max: f64| args.extend([("min", number(min)), ("max", number(max))]);
        match self {
            F::Outside { value, min, max } => {
                range(*min, *max);
                args.push(("value", number(*value)));
            }
            F::Reversed { min, max } | F::NoHead { min, max } => range(*min, *max),
            F::EyesAboveHair { hair, eyes } => range(*eyes, *hair),
            F::MoreThanRaw { min, raw } => range(*min, *raw),
            F::BeyondMake { permitted, limit } => range(*permitted, *limit),
            F::TooLong { max } => args.push(("max", max.to_string())),
            F::Toml { reason } | F::Form { reason } => args.push(("reason", reason.clone())),
            F::Opposes { other } => args.push(("value", (*other).to_owned())),
            F::Missing
            | F::Unknown
            | F::Name
            | F::Empty
            | F::Twice
            | F::OfTheFile
            | F::JudgesNothing
            | F::BlocksBeforeWarning => {}
        }
        args
    }
}

/// Everything that is wrong with a preset file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the preset is refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct PresetMistakes(pub Vec<PresetError>);
