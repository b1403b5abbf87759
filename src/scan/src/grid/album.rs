//! Evidence over several frames: the values of the modules of one code, averaged while the code stays the same.
//!
//! Noise, moire and a trembling hand differ from frame to frame; the code does not. Whether two frames show the same code
//! is judged by their modules, not by their place: the hand moves.

use super::Cells;
use super::blueprint::Blueprint;
use super::content::{self, Content};

/// Least correlation of a frame with the mean so far.
const SAME: f32 = 0.45;
/// Weight that earlier frames have at most, in frames: an old mistake fades.
const MEMORY: f32 = 12.0;

/// The mean of one code's modules over frames.
#[derive(Clone, Debug, Default)]
pub(crate) struct Album {
    mean: Option<Cells>,
    frames: f32,
}

impl Album {
    /// Adds one frame's modules; with more than one frame of the same code, tries to read their mean.
    pub(crate) fn add(&mut self, cells: &Cells, plan: &Blueprint) -> Option<Content> {
        match &mut self.mean {
            Some(mean) if mean.side == cells.side && correlation(mean, cells, plan) >= SAME => {
                for (mean, new) in mean.values.iter_mut().zip(&cells.values) {
                    *mean = (*mean * self.frames + new.clamp(-1.5, 1.5)) / (self.frames + 1.0);
                }
                self.frames = (self.frames + 1.0).min(MEMORY);
                content::read(mean, plan)
            }
            _ => {
                self.mean = Some(cells.clone());
                self.frames = 1.0;
                None
            }
        }
    }

    /// Forgets: another visit, or the code is gone.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Agreement of the unknown modules; the known ones agree for every code.
fn correlation(a: &Cells, b: &Cells, plan: &Blueprint) -> f32 {
    let dot = |a: &Cells, b: &Cells| -> f32 {
        let value =
            |cells: &Cells, (x, y): &(usize, usize)| cells.values[y * cells.side + x].clamp(-1.5, 1.5);
        plan.order.iter().map(|place| value(a, place) * value(b, place)).sum()
    };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(1e-6)
}
