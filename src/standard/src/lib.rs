//! The portrait standard as data.
//!
//! A registration portrait (学历证书电子注册图像) either obeys a published standard or it does not. This crate holds what
//! is needed to say so: the table of checks, the two phases in which they are asked, the verdict each one gives, and the
//! [`Preset`] that carries every number of one standard. It is pure: it opens no picture and no file, and reads no clock.

#![deny(clippy::wildcard_enum_match_arm)]

mod check;
mod comparing;
pub mod framing;
mod instruction;
mod preset;
mod verdict;

pub use check::{CheckName, Phase, Unit};
pub use comparing::{Band, Comparing, PASS_SCORE};
pub use instruction::Instruction;
pub use preset::{
    Background, BackgroundName, BackgroundNameError, Bytes, Limit, Offsets, Preset, PresetError, PresetFault,
    PresetMistakes, Rule, Severity, Size,
};
pub use verdict::{Check, Threshold, Verdict};
