//! How a clip moves with time.

use std::f32::consts::TAU;
use std::time::Duration;

use super::clip::{Motion, Step};

/// How long coming in and going out take, in seconds.
const WALK: f32 = 1.2;

/// Where something is at one moment, against where the clip puts it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pose {
    /// To the right, in frame heights.
    pub x: f32,
    /// Downwards, in frame heights.
    pub y: f32,
    /// Size, 1 as placed.
    pub zoom: f32,
    /// Clockwise, in degrees.
    pub roll: f32,
}

impl Pose {
    /// As placed.
    pub(crate) const REST: Pose = Pose { x: 0.0, y: 0.0, zoom: 1.0, roll: 0.0 };

    /// Wholly out of sight.
    pub(crate) fn is_gone(self) -> bool {
        self.x.abs() >= OUTSIDE
    }
}

/// Far enough to the side that nothing of it is left in a frame of any usual shape.
const OUTSIDE: f32 = 2.4;

/// The pose `time` after the clip began.
pub(crate) fn pose(motion: Motion, time: Duration) -> Pose {
    let t = time.as_secs_f32();
    let wave = |hertz: f32, phase: f32| (TAU * (hertz * t + phase)).sin();
    match motion {
        Motion::Still => Pose::REST,
        // A slow sway of the arm, and the 8 Hz tremor of every hand; 1/720 of the height is a pixel of the usual frame.
        Motion::Hand => Pose {
            x: (4.0 * wave(0.31, 0.0) + 1.5 * wave(0.83, 0.2) + 0.5 * wave(8.1, 0.4)) / 720.0,
            y: (3.0 * wave(0.27, 0.6) + 1.2 * wave(0.71, 0.1) + 0.5 * wave(7.7, 0.7)) / 720.0,
            zoom: 1.0 + 0.006 * wave(0.19, 0.3),
            roll: 0.7 * wave(0.23, 0.8),
        },
        Motion::Enter => Pose { x: OUTSIDE * (1.0 - smooth(t / WALK)), ..Pose::REST },
        Motion::Leave => Pose { x: OUTSIDE * smooth(t / WALK), ..Pose::REST },
        Motion::Pan => Pose { x: 0.12 * wave(0.15, 0.0), ..Pose::REST },
        Motion::Zoom => Pose { zoom: 1.0 + 0.12 * wave(0.12, 0.0), ..Pose::REST },
    }
}

/// The pose of a script `time` after it began: each step begins where its own motion begins, the last goes on.
pub(crate) fn scripted(steps: &[Step], time: Duration) -> Pose {
    let mut left = time;
    for (i, step) in steps.iter().enumerate() {
        let long = Duration::from_secs_f32(step.seconds.clamp(0.0, 600.0));
        if left < long || i + 1 == steps.len() {
            return pose(step.motion, left);
        }
        left -= long;
    }
    Pose::REST
}

/// 0 to 1, slow at both ends.
fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(motion: Motion, seconds: f32) -> Pose {
        pose(motion, Duration::from_secs_f32(seconds))
    }

    #[test]
    fn entering_ends_at_rest_and_leaving_begins_there() {
        assert!(at(Motion::Enter, 0.0).is_gone());
        assert_eq!(at(Motion::Enter, 2.0), Pose::REST);
        assert_eq!(at(Motion::Leave, 0.0), Pose::REST);
        assert!(at(Motion::Leave, 2.0).is_gone());
    }

    #[test]
    fn a_script_goes_from_step_to_step_and_stays_in_the_last() {
        let step = |motion, seconds| Step { motion, seconds };
        let steps = [step(Motion::Enter, 1.2), step(Motion::Still, 2.0), step(Motion::Leave, 0.5)];
        let at = |seconds| scripted(&steps, Duration::from_secs_f32(seconds));
        assert!(at(0.0).is_gone() && at(60.0).is_gone());
        assert_eq!((at(1.5), at(3.0)), (Pose::REST, Pose::REST));
        assert_eq!(scripted(&[], Duration::from_secs(1)), Pose::REST);
    }

    #[test]
    fn a_hand_moves_a_little_all_the_time() {
        for step in 0..200 {
            let now = at(Motion::Hand, step as f32 / 30.0);
            assert!(now.x.abs() < 0.01 && now.y.abs() < 0.01 && now.roll.abs() < 1.0, "{now:?}");
            assert_ne!(now, at(Motion::Hand, (step + 1) as f32 / 30.0));
        }
    }
}
