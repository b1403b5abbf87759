//! Selects the person with the main face among all that the network took for people.

use crate::find::Mesh;
use crate::geometry::{Window, fill, hull};
use crate::plane::{Mask, Plane};
use image::{GrayImage, Luma};
use imageproc::region_labelling::{Connectivity, connected_components};

/// Mesh points around the face, without the forehead, which hair may hide.
pub(crate) const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
/// From this on a pixel is body, not haze.
const BODY: f32 = 0.5;
/// Below this a pixel is nothing.
const NOTHING: f32 = 0.02;
/// A separate body larger than this share of the matte is another person or a chair; a smaller one may be a lock of hair.
const INTRUDER: f32 = 0.002;

/// Pixels of the matte inside the face's outline.
pub(crate) fn face_pixels(mesh: &Mesh, window: &Window, width: usize, height: usize) -> Mask {
    let outline: Vec<_> = mesh.pick(&OVAL).into_iter().map(|p| window.forward(p)).collect();
    let mut mask = Mask::new(width, height);
    fill(&hull(&outline), width as u32, height as u32, |y, from, to| {
        mask.data[y * width + from..y * width + to].fill(true);
    });
    mask
}

/// Removes everything from `alpha` that is not connected with the face.
///
/// Bodies are the connected parts above one half. Haze belongs to the body that it reaches first; haze that reaches another
/// person's body first, or none, goes.
pub(crate) fn keep_main(alpha: &mut Plane, face: &Mask) {
    let (w, h) = (alpha.width, alpha.height);
    let body = Mask::of(alpha, |a| a >= BODY);
    let main = body.connected(face);
    // 0 unclaimed, 1 the main person, 2 another person
    let mut owner = vec![0u8; w * h];
    let mut front: Vec<usize> = Vec::new();
    for (i, of_main) in main.data.iter().enumerate().filter(|(_, m)| **m) {
        owner[i] = u8::from(*of_main);
        front.push(i);
    }
    for part in others(&body, &main) {
        if part.len() as f32 > INTRUDER * (w * h) as f32 {
            part.iter().for_each(|&i| owner[i] = 2);
            front.extend(part);
        }
    }
    while !front.is_empty() {
        let mut next = Vec::new();
        for &i in &front {
            let (x, y) = (i % w, i / w);
            for (ok, j) in [
                (x > 0, i.wrapping_sub(1)),
                (x + 1 < w, i + 1),
                (y > 0, i.wrapping_sub(w)),
                (y + 1 < h, i + w),
            ] {
                if ok && owner[j] == 0 && alpha.data[j] > NOTHING {
                    owner[j] = owner[i];
                    next.push(j);
                }
            }
        }
        front = next;
    }
    alpha.data.iter_mut().zip(&owner).filter(|(_, o)| **o != 1).for_each(|(a, _)| *a = 0.0);
}

/// The connected parts of `body` other than `main`, as lists of pixels.
fn others(body: &Mask, main: &Mask) -> Vec<Vec<usize>> {
    let rest = GrayImage::from_fn(body.width as u32, body.height as u32, |x, y| {
        let i = y as usize * body.width + x as usize;
        Luma([u8::from(body.data[i] && !main.data[i])])
    });
    let labels = connected_components(&rest, Connectivity::Four, Luma([0]));
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (i, label) in labels.pixels().enumerate().filter(|(_, label)| label.0[0] > 0) {
        let part = label.0[0] as usize - 1;
        if parts.len() <= part {
            parts.resize(part + 1, Vec::new());
        }
        parts[part].push(i);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bystander_and_his_haze_go_and_a_lock_of_hair_stays() {
        let mut alpha = Plane::new(100, 60, 0.0);
        let mut paint = |x0: usize, x1: usize, y0: usize, y1: usize, v: f32| {
            (y0..y1).for_each(|y| (x0..x1).for_each(|x| alpha.data[y * 100 + x] = v));
        };
        paint(10, 40, 10, 60, 1.0);
        paint(40, 60, 30, 31, 0.3);
        paint(60, 90, 10, 60, 1.0);
        paint(5, 10, 12, 13, 0.2);
        paint(3, 5, 12, 13, 0.8);
        let mut face = Mask::new(100, 60);
        face.data[20 * 100 + 25] = true;
        keep_main(&mut alpha, &face);
        assert!((alpha.at(25, 30) - 1.0).abs() < f32::EPSILON);
        assert!(alpha.at(75, 30).abs() < f32::EPSILON, "the bystander");
        assert!(alpha.at(58, 30).abs() < f32::EPSILON, "his haze");
        assert!(alpha.at(42, 30) > 0.2, "our haze");
        assert!(alpha.at(3, 12) > 0.7, "a lock of hair");
    }
}
