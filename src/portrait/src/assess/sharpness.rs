//! Ours: sharpness as the energy of the Laplacian at a fixed size of the face.
//!
//! At a fixed size, focus, motion and lack of pixels all cost the same thing: fine detail of eyes, brows and skin. The value
//! is the standard deviation of the 4-neighbour Laplacian of encoded luma over the face, in per cent of the mean luma, so
//! that a dim picture is not called blurred.

use super::aligned::Aligned;
use crate::plane::Mask;
use crate::resample::Colour;

/// Sharpness of the aligned face, per cent of its mean luma.
pub(super) fn measure(aligned: &Aligned) -> f64 {
    laplacian_energy(&aligned.picture, &aligned.face)
}

/// The measure on any picture and region. Zero for an empty region.
pub(crate) fn laplacian_energy(picture: &Colour, region: &Mask) -> f64 {
    let (w, h) = (picture.width, picture.height);
    let luma: Vec<f32> = picture.data.iter().map(|p| 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]).collect();
    let inner = region.shrunk(3);
    let (mut sum, mut squares, mut light, mut count) = (0.0f64, 0.0f64, 0.0f64, 0.0f64);
    for y in 1..h - 1 {
        for x in (1..w - 1).filter(|x| inner.at(*x, y)) {
            let i = y * w + x;
            let edge = f64::from(luma[i - 1] + luma[i + 1] + luma[i - w] + luma[i + w] - 4.0 * luma[i]);
            sum += edge;
            squares += edge * edge;
            light += f64::from(luma[i]);
            count += 1.0;
        }
    }
    if count == 0.0 || light == 0.0 {
        return 0.0;
    }
    let variance = (squares - sum * sum / count) / count;
    100.0 * variance.max(0.0).sqrt() / (light / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_lowers_it_and_dimming_does_not() {
        let grain = |i: usize| 0.5 + 0.2 * (((i * 7919) % 13) as f32 / 13.0 - 0.5);
        let make = |f: &dyn Fn(usize) -> f32| Colour {
            width: 64,
            height: 64,
            data: (0..64 * 64).map(|i| [f(i); 3]).collect(),
        };
        let all = Mask { width: 64, height: 64, data: vec![true; 64 * 64] };
        let sharp = laplacian_energy(&make(&grain), &all);
        let dim = laplacian_energy(&make(&|i| grain(i) * 0.5), &all);
        let soft = laplacian_energy(&make(&|i| (grain(i) + grain(i + 1) + grain(i + 2)) / 3.0), &all);
        assert!((sharp - dim).abs() < 0.01 * sharp);
        assert!(soft < 0.7 * sharp);
    }
}
