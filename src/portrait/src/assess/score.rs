//! The mappings from raw values to scores 0..=100, after OFIQ 1.0.3 (ISO/IEC 29794-5's reference implementation).

/// `1 / (1 + exp((x0 - x) / w))`.
fn sigmoid(x: f64, x0: f64, w: f64) -> f64 {
    1.0 / (1.0 + ((x0 - x) / w).exp())
}

/// OFIQ's generic mapping `h (a + s sig(x; x0, w))`, rounded, then clamped to 0..=100.
pub(super) fn generic(x: f64, h: f64, a: f64, s: f64, x0: f64, w: f64) -> f64 {
    clamp(h * (a + s * sigmoid(x, x0, w)))
}

/// Rounded half away from zero and clamped to 0..=100.
pub(super) fn clamp(score: f64) -> f64 {
    score.round().clamp(0.0, 100.0)
}

pub(super) fn single_face(ratio: f64) -> f64 {
    clamp(100.0 * (1.0 - ratio))
}

pub(super) fn inter_eye_distance(pixels: f64) -> f64 {
    generic(pixels, 100.0, 0.0, 1.0, 70.0, 20.0)
}

pub(super) fn head_size(ratio: f64) -> f64 {
    generic((ratio - 0.45).abs(), 200.0, 1.0, -1.0, 0.0, 0.05)
}

pub(super) fn crop(ratio: f64) -> f64 {
    generic(ratio, 100.0, 0.0, 1.0, 0.9, 0.1)
}

pub(super) fn margin_above(ratio: f64) -> f64 {
    generic(ratio, 100.0, 0.0, 1.0, 1.4, 0.1)
}

pub(super) fn margin_below(ratio: f64) -> f64 {
    generic(ratio, 100.0, 0.0, 1.0, 1.8, 0.1)
}

pub(super) fn eyes_open(ratio: f64) -> f64 {
    generic(ratio, 100.0, 0.0, 1.0, 0.02, 0.01)
}

pub(super) fn mouth_closed(ratio: f64) -> f64 {
    generic(ratio, 100.0, 1.0, -1.0, 0.2, 0.06)
}

pub(super) fn illumination_uniformity(overlap: f64) -> f64 {
    clamp(100.0 * overlap.powf(0.3))
}

pub(super) fn luminance_mean(mean: f64) -> f64 {
    clamp(100.0 * sigmoid(mean, 0.2, 0.05) * (1.0 - sigmoid(mean, 0.8, 0.05)))
}

pub(super) fn luminance_variance(variance: f64) -> f64 {
    let x = 60.0 * variance;
    clamp(100.0 * (std::f64::consts::PI * x / (x + 1.0)).sin())
}

pub(super) fn under_exposure(share: f64) -> f64 {
    generic(share, 120.0, 0.832, -1.0, 0.92, 0.05)
}

pub(super) fn over_exposure(share: f64) -> f64 {
    clamp(1.0 / (share + 0.01))
}

pub(super) fn dynamic_range(bits: f64) -> f64 {
    clamp(12.5 * bits)
}

pub(super) fn natural_colour(distance: f64) -> f64 {
    generic(distance, 200.0, 1.0, -1.0, 0.0, 10.0)
}

pub(super) fn background_uniformity(gradient: f64) -> f64 {
    generic(gradient, 190.0, 1.0, -1.0, 10.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_points_of_the_mappings() {
        assert!((over_exposure(0.01) - 50.0).abs() < f64::EPSILON);
        assert!((mouth_closed(0.0) - 97.0).abs() < f64::EPSILON);
        assert!((eyes_open(0.0) - 12.0).abs() < f64::EPSILON);
        assert!((luminance_variance(1.0 / 60.0) - 100.0).abs() < f64::EPSILON);
        assert!((luminance_variance(0.25) - 20.0).abs() < f64::EPSILON);
        assert!((natural_colour(0.0) - 100.0).abs() < f64::EPSILON);
        assert!((head_size(0.45) - 100.0).abs() < f64::EPSILON);
    }
}
