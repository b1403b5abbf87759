//! A rectified code: perspective and uneven light removed, so that each point says how much darker than its surroundings it
//! is.

use image::GrayImage;

use super::fit::{Fit, grey_at};
use super::soft_modules::SoftModules;

/// Quiet zone that is rectified with the code, in modules.
const MARGIN: usize = 3;
/// Most nodes of the bend along one side.
pub(crate) const MAX_NODES: usize = 6;

/// The rectified code and its bend.
pub(crate) struct Rectified {
    /// Modules along one side.
    pub side: usize,
    /// Pixels a module.
    scale: usize,
    /// Pixels along one side, margins included.
    width: usize,
    /// Darkness against the surroundings; about one for a plainly dark pixel.
    dark: Vec<f32>,
    /// Shifts in modules at `nodes` x `nodes` points spread evenly over the code.
    pub nodes: usize,
    pub shifts: Vec<(f32, f32)>,
}

impl Rectified {
    /// Rectifies the code; `radius` of the surroundings in modules.
    pub(crate) fn new(picture: &GrayImage, fit: &Fit, radius: f32) -> Option<Self> {
        let side = fit.side();
        let scale = if side <= 65 { 4 } else { 3 };
        let width = (side + 2 * MARGIN) * scale;
        let way = fit.projection()?;
        let mut grey = vec![0f32; width * width];
        for (i, value) in grey.iter_mut().enumerate() {
            let at = |pixel: usize| (pixel as f32 + 0.5) / scale as f32 - MARGIN as f32;
            let (x, y) = way * (at(i % width), at(i / width));
            *value = grey_at(picture, x, y);
        }
        let dark = darkness(&grey, width, (radius * scale as f32) as usize);
        Some(Self { side, scale, width, dark, nodes: 2, shifts: vec![(0.0, 0.0); 4] })
    }

    /// The values of all modules, with the bend.
    pub(crate) fn soft_modules(&self) -> SoftModules {
        let side = self.side;
        let values = (0..side * side).map(|i| self.module(i % side, i / side)).collect();
        SoftModules { side, values }
    }

    /// The value of one module, with the bend.
    pub(crate) fn module(&self, x: usize, y: usize) -> f32 {
        let (dx, dy) = self.shift(x, y);
        // Four points about the middle.
        let at = |v: usize, shift: f32, point: f32| {
            let pixel = (v as f32 + 0.5 + shift + MARGIN as f32) * self.scale as f32 + point;
            (pixel.max(0.0) as usize).min(self.width - 1)
        };
        let mut sum = 0.0;
        for (u, v) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
            sum += self.dark[at(y, dy, v) * self.width + at(x, dx, u)];
        }
        sum / 4.0
    }

    /// How far the module at (x, y) lies from where a flat code has it, bilinearly between the nodes.
    fn shift(&self, x: usize, y: usize) -> (f32, f32) {
        let span = (self.nodes - 1) as f32 / self.side as f32;
        let (u, v) = ((x as f32 + 0.5) * span, (y as f32 + 0.5) * span);
        let (i, j) = ((u as usize).min(self.nodes - 2), (v as usize).min(self.nodes - 2));
        let (fu, fv) = (u - i as f32, v - j as f32);
        let node = |i: usize, j: usize| self.shifts[j * self.nodes + i];
        let mix = |a: (f32, f32), b: (f32, f32), f: f32| (a.0 + (b.0 - a.0) * f, a.1 + (b.1 - a.1) * f);
        mix(mix(node(i, j), node(i + 1, j), fu), mix(node(i, j + 1), node(i + 1, j + 1), fu), fv)
    }

    /// The same bend with `nodes` nodes along a side.
    pub(crate) fn subdivide(&mut self, nodes: usize) {
        let at = |i: usize| (i * (self.side - 1)) / (nodes - 1);
        let shifts = (0..nodes * nodes).map(|n| self.shift(at(n % nodes), at(n / nodes))).collect();
        self.shifts = shifts;
        self.nodes = nodes;
    }
}

/// Mean of the surroundings minus the value, divided by the contrast of the surroundings, which counts as at least a fifth of
/// the whole code's, so that plain areas are not amplified to noise.
fn darkness(grey: &[f32], width: usize, radius: usize) -> Vec<f32> {
    let table = |of: &dyn Fn(f32) -> f32| {
        let mut sums = vec![0f64; (width + 1) * (width + 1)];
        for y in 0..width {
            let mut row = 0f64;
            for x in 0..width {
                row += f64::from(of(grey[y * width + x]));
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        sums
    };
    let (plain, squared) = (table(&|v| v), table(&|v| v * v));
    let box_mean = |sums: &[f64], x: usize, y: usize| {
        let (x0, y0) = (x.saturating_sub(radius), y.saturating_sub(radius));
        let (x1, y1) = ((x + radius + 1).min(width), (y + radius + 1).min(width));
        let at = |x: usize, y: usize| sums[y * (width + 1) + x];
        (at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)) / ((x1 - x0) * (y1 - y0)) as f64
    };
    let last = (width + 1) * (width + 1) - 1;
    let count = (width * width) as f64;
    let whole = (squared[last] / count - (plain[last] / count).powi(2)).max(1.0).sqrt();
    let mut dark = Vec::with_capacity(grey.len());
    for (i, value) in grey.iter().enumerate() {
        let (x, y) = (i % width, i / width);
        let mean = box_mean(&plain, x, y);
        let spread = (box_mean(&squared, x, y) - mean * mean).max(0.0).sqrt().max(0.2 * whole);
        dark.push(((mean - f64::from(*value)) / spread) as f32);
    }
    dark
}
