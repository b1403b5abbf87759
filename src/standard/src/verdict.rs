//! What a check found: the value, the limits it was held against, and the verdict.

use crate::{CheckName, Phase, Unit};
use sentences::Code;
use serde::{Deserialize, Serialize};

/// The outcome of one check or of a whole assessment. Ordered: the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Within the limits.
    Pass,
    /// Could not be measured on this picture.
    NotAssessed,
    /// Outside the comfortable range: reported, never in the way.
    Warn,
    /// Outside the permitted range.
    Block,
}

/// The limits a value was held against, in the value's unit. An absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// Smallest permitted value.
    pub min: Option<f64>,
    /// Largest permitted value.
    pub max: Option<f64>,
}

impl Threshold {
    /// Whether `value` lies inside, ends included. NaN lies outside of everything.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        !value.is_nan() && self.min.is_none_or(|m| value >= m) && self.max.is_none_or(|m| value <= m)
    }
}

/// One check with everything a person needs to understand it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Which check.
    pub name: CheckName,
    /// When it is asked.
    pub phase: Phase,
    /// The measured value; `None` where it could not be measured.
    pub value: Option<f64>,
    /// Unit of `value` and `threshold`.
    pub unit: Unit,
    /// The limits that decided the verdict.
    pub threshold: Threshold,
    /// The outcome.
    pub verdict: Verdict,
    /// The sentence that says what is wrong and how to fix it (`check.head_pose_roll`).
    #[serde(deserialize_with = "sentences::find_or_general")]
    pub code: Code,
}
