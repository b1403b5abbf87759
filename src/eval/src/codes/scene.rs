//! What the camera sees: a code on a screen, and everything that degrades its picture, as numbers.

/// One generated view of one code.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Version of the code, 1 to 40: `17 + 4 * version` modules a side.
    pub version: i16,
    /// Width of a module in the frame, in pixels, where the tilt does not change it.
    pub module: f32,
    /// Rotation in the picture plane, degrees.
    pub roll: f32,
    /// Tilt of the screen against the camera's axis, degrees, about an axis in the screen plane.
    pub tilt: f32,
    /// Direction of that axis, degrees.
    pub axis: f32,
    /// Standard deviation of the defocus, in frame pixels.
    pub defocus: f32,
    /// Length of the motion blur, in frame pixels.
    pub motion: f32,
    /// Standard deviation of the sensor's noise, in grey levels.
    pub noise: f32,
    /// JPEG quality of the camera.
    pub jpeg: u8,
    /// Grey level of the bright modules.
    pub white: f32,
    /// Grey level of the dark modules.
    pub black: f32,
    /// Radius of the glare in code widths; none at zero.
    pub glare: f32,
    /// How visible the gaps between the screen's pixels are, 0 to 1.
    pub grid: f32,
    /// Screen pixels of a module.
    pub pitch: f32,
    /// Share of the light that falls off from one corner of the frame to the other.
    pub falloff: f32,
    /// Cracks across the glass.
    pub cracks: usize,
    /// Sag of a bent surface, in modules.
    pub bend: f32,
    /// Quiet zone, in modules; a dark screen lies beyond it.
    pub quiet: f32,
    /// Light modules on a dark screen.
    pub inverted: bool,
    /// Seen in a mirror (a selfie camera's view).
    pub mirrored: bool,
}

impl Default for Scene {
    /// An easy view: a version 5 code, 4 pixels a module, in good light.
    fn default() -> Self {
        Self {
            version: 5,
            module: 4.0,
            roll: 0.0,
            tilt: 6.0,
            axis: 30.0,
            defocus: 0.5,
            motion: 0.0,
            noise: 3.0,
            jpeg: 88,
            white: 215.0,
            black: 35.0,
            glare: 0.0,
            grid: 0.0,
            pitch: 8.0,
            falloff: 0.15,
            cracks: 0,
            bend: 0.0,
            quiet: 4.0,
            inverted: false,
            mirrored: false,
        }
    }
}

/// One axis along which scenes get harder.
pub struct Axis {
    /// Its name in the table.
    pub name: &'static str,
    /// The unit of its values.
    pub unit: &'static str,
    /// Its values, from easy to hard.
    pub steps: &'static [f32],
    /// Sets a value.
    pub set: fn(&mut Scene, f32),
}

/// Every axis of the table.
pub const AXES: &[Axis] = &[
    Axis { name: "module", unit: "px", steps: &[4.0, 3.0, 2.5, 2.0, 1.8, 1.6], set: |s, v| s.module = v },
    Axis {
        name: "version, 3 px a module",
        unit: "",
        steps: &[2.0, 5.0, 8.0, 11.0, 14.0, 17.0, 20.0],
        set: |s, v| (s.version, s.module) = (v as i16, 3.0),
    },
    Axis {
        name: "rotation",
        unit: "degrees",
        steps: &[0.0, 15.0, 30.0, 45.0, 135.0, 180.0],
        set: |s, v| s.roll = v,
    },
    Axis {
        name: "tilt",
        unit: "degrees",
        steps: &[0.0, 20.0, 35.0, 45.0, 55.0, 65.0],
        set: |s, v| s.tilt = v,
    },
    Axis { name: "defocus", unit: "px", steps: &[0.5, 1.0, 1.5, 2.0, 2.5, 3.0], set: |s, v| s.defocus = v },
    Axis { name: "motion", unit: "px", steps: &[0.0, 3.0, 5.0, 7.0, 9.0, 12.0], set: |s, v| s.motion = v },
    Axis { name: "noise", unit: "levels", steps: &[5.0, 15.0, 30.0, 45.0, 60.0], set: |s, v| s.noise = v },
    Axis {
        name: "JPEG quality",
        unit: "",
        steps: &[80.0, 50.0, 30.0, 15.0, 8.0],
        set: |s, v| s.jpeg = v as u8,
    },
    Axis {
        name: "contrast",
        unit: "levels",
        steps: &[120.0, 60.0, 30.0, 20.0, 12.0],
        set: |s, v| (s.white, s.black) = (90.0 + v / 2.0, 90.0 - v / 2.0),
    },
    Axis {
        name: "dim screen, white at",
        unit: "",
        steps: &[120.0, 80.0, 50.0, 30.0],
        set: |s, v| (s.white, s.black) = (v, 10.0),
    },
    Axis {
        name: "light falling off",
        unit: "share",
        steps: &[0.2, 0.5, 0.7, 0.85],
        set: |s, v| s.falloff = v,
    },
    Axis {
        name: "glare, radius",
        unit: "code widths",
        steps: &[0.1, 0.15, 0.2, 0.25, 0.3],
        set: |s, v| s.glare = v,
    },
    Axis {
        name: "screen grid, 4 pixels a module",
        unit: "depth",
        steps: &[0.3, 0.6, 0.9],
        set: |s, v| (s.grid, s.pitch, s.defocus) = (v, 4.0, 0.35),
    },
    Axis {
        name: "moire, screen pixels a module at depth 0.9",
        unit: "",
        steps: &[8.0, 4.3, 3.0, 2.0, 1.0],
        set: |s, v| (s.grid, s.pitch, s.defocus) = (0.9, v, 0.35),
    },
    Axis {
        name: "cracked glass",
        unit: "cracks",
        steps: &[1.0, 3.0, 6.0, 10.0],
        set: |s, v| s.cracks = v as usize,
    },
    Axis { name: "bent surface", unit: "modules", steps: &[0.5, 1.0, 1.5, 2.0, 3.0], set: |s, v| s.bend = v },
    Axis { name: "quiet zone", unit: "modules", steps: &[4.0, 2.0, 1.0, 0.5, 0.0], set: |s, v| s.quiet = v },
    Axis {
        name: "dark mode, module",
        unit: "px",
        steps: &[4.0, 2.5, 2.0],
        set: |s, v| (s.inverted, s.module) = (true, v),
    },
    Axis {
        name: "mirrored, module",
        unit: "px",
        steps: &[4.0, 2.5, 2.0],
        set: |s, v| (s.mirrored, s.module) = (true, v),
    },
    Axis {
        name: "all of it, module",
        unit: "px",
        steps: &[5.0, 4.0, 3.0, 2.5],
        set: |s, v| {
            (s.module, s.tilt, s.defocus, s.noise, s.jpeg) = (v, 25.0, 0.9, 10.0, 55);
            (s.grid, s.pitch, s.glare, s.falloff, s.white) = (0.5, 5.0, 0.1, 0.4, 170.0);
        },
    },
];
