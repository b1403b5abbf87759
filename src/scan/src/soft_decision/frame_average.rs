//! Averages the module values of one code over several frames.
//!
//! Noise, moire and a trembling hand differ from frame to frame; the code does not. Whether two frames show the same code
//! is judged by their modules, not by their place, because the hand moves.

use super::content::{self, Content};
use super::function_patterns::FunctionPatterns;
use super::soft_modules::SoftModules;

/// Least correlation of a frame with the mean so far.
const MIN_CORRELATION: f32 = 0.45;
/// Greatest weight of the earlier frames, in frames, so that an old error fades.
const MAX_WEIGHT: f32 = 12.0;

/// The mean of one code's modules over frames.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrameAverage {
    mean: Option<SoftModules>,
    frames: f32,
}

impl FrameAverage {
    /// Adds one frame's modules; with more than one frame of the same code, tries to read their mean.
    pub(crate) fn add(&mut self, modules: &SoftModules, patterns: &FunctionPatterns) -> Option<Content> {
        match &mut self.mean {
            Some(mean)
                if mean.side == modules.side && correlation(mean, modules, patterns) >= MIN_CORRELATION =>
            {
                for (mean, new) in mean.values.iter_mut().zip(&modules.values) {
                    *mean = (*mean * self.frames + new.clamp(-1.5, 1.5)) / (self.frames + 1.0);
                }
                self.frames = (self.frames + 1.0).min(MAX_WEIGHT);
                content::read(mean, patterns)
            }
            _ => {
                self.mean = Some(modules.clone());
                self.frames = 1.0;
                None
            }
        }
    }

    /// Forgets all frames, for another visit or another code.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Correlation of the data modules; the function patterns agree for every code.
fn correlation(a: &SoftModules, b: &SoftModules, patterns: &FunctionPatterns) -> f32 {
    let dot = |a: &SoftModules, b: &SoftModules| -> f32 {
        let value = |modules: &SoftModules, (x, y): &(usize, usize)| {
            modules.values[y * modules.side + x].clamp(-1.5, 1.5)
        };
        patterns.order.iter().map(|place| value(a, place) * value(b, place)).sum()
    };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(1e-6)
}
