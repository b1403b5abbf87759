//! The portrait standard as data.
//!
//! A registration portrait (学历证书电子注册图像) either obeys a published standard or it does not. This room holds the words
//! for saying so: the names of the checks, the two phases in which they are asked, the verdict each one gives, and the
//! [`Preset`] that carries every number of one standard. It is pure: no picture, no clock, no file is opened here.

mod check;
mod comparing;
pub mod framing;
mod instruction;
mod preset;
mod verdict;

pub use check::{CheckName, Phase};
pub use comparing::{Band, Comparing, PASS_SCORE};
pub use instruction::Instruction;
pub use preset::{
    Background, BackgroundName, Bytes, Limit, Offsets, Preset, PresetError, PresetFault, PresetMistakes,
    Rule, Severity, Size,
};
pub use verdict::{Check, Threshold, Verdict};
