//! Heads turned by known angles, for measuring the pose.

use image::RgbImage;
use portrait::Point;

/// The head turned by `yaw` and `pitch` degrees: every pixel near the face gets the depth of the mesh points around it, is turned
/// about the mesh's middle and drawn where it falls, nearest in front (parallel projection). Around the head the picture stays.
///
/// The angles are true for the network's own idea of depth: what is measured this way is whether turning a face turns the
/// measured pose by as much, not whether its depth is right.
pub fn turned(picture: &RgbImage, mesh: &[[f32; 3]], yaw: f32, pitch: f32) -> RgbImage {
    let n = mesh.len().max(1) as f32;
    let mean = |c: usize| mesh.iter().map(|p| p[c]).sum::<f32>() / n;
    let middle = [mean(0), mean(1), mean(2)];
    let reach = mesh.iter().map(|p| (p[0] - middle[0]).hypot(p[1] - middle[1])).fold(0.0, f32::max) * 1.25;
    let ((ys, yc), (ps, pc)) = (yaw.to_radians().sin_cos(), pitch.to_radians().sin_cos());
    let (w, h) = picture.dimensions();
    let mut out = picture.clone();
    let mut front = vec![f32::MIN; (w * h) as usize];
    let surface = Surface::of(mesh, Point::new(middle[0] - reach, middle[1] - reach), 2.0 * reach);
    // Two steps a pixel in both directions, so that what comes nearer leaves no holes.
    let steps = (4.0 * reach) as i32;
    for sy in 0..steps {
        for sx in 0..steps {
            let (dx, dy) = (sx as f32 / 2.0 - reach, sy as f32 / 2.0 - reach);
            let (x, y) = (middle[0] + dx, middle[1] + dy);
            let seen = dx.hypot(dy) < reach && x >= 0.0 && y >= 0.0 && x < w as f32 && y < h as f32;
            if !seen {
                continue;
            }
            // Towards the camera is positive here.
            let z = middle[2] - surface.depth(x, y);
            let (tx, tz) = (dx * yc + z * ys, -dx * ys + z * yc);
            let (ty, tz) = (dy * pc - tz * ps, dy * ps + tz * pc);
            let (u, v) = (middle[0] + tx, middle[1] + ty);
            if u >= 0.0 && v >= 0.0 && u < w as f32 && v < h as f32 {
                let at = v as usize * w as usize + u as usize;
                if tz > front[at] {
                    front[at] = tz;
                    out.put_pixel(u as u32, v as u32, *picture.get_pixel(x as u32, y as u32));
                }
            }
        }
    }
    out
}

/// Pixels between two places at which the surface's depth is worked out.
const CELL: f32 = 5.0;

/// The depth of a square of the picture.
struct Surface {
    corner: Point,
    columns: usize,
    depths: Vec<f32>,
}

impl Surface {
    fn of(mesh: &[[f32; 3]], corner: Point, side: f32) -> Surface {
        let columns = (side / CELL) as usize + 2;
        let place = |i: usize, start: f32| start + i as f32 * CELL;
        let depths = (0..columns * columns)
            .map(|i| weighted(mesh, place(i % columns, corner.x), place(i / columns, corner.y)))
            .collect();
        Surface { corner, columns, depths }
    }

    /// Depth at a place inside, bilinear between the places worked out.
    fn depth(&self, x: f32, y: f32) -> f32 {
        let last = (self.columns - 1) as f32 - 0.001;
        let (u, v) = ((x - self.corner.x) / CELL, (y - self.corner.y) / CELL);
        let (u, v) = (u.clamp(0.0, last), v.clamp(0.0, last));
        let (x0, y0) = (u as usize, v as usize);
        let at = |dx: usize, dy: usize| self.depths[(y0 + dy) * self.columns + x0 + dx];
        let top = at(0, 0) + (at(1, 0) - at(0, 0)) * u.fract();
        let low = at(0, 1) + (at(1, 1) - at(0, 1)) * u.fract();
        top + (low - top) * v.fract()
    }
}

/// Depth of the mesh around a place: its points, weighted by the fourth power of their nearness.
fn weighted(mesh: &[[f32; 3]], x: f32, y: f32) -> f32 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for p in mesh {
        let near = 1.0 / ((p[0] - x).powi(2) + (p[1] - y).powi(2) + 1.0);
        sum += near * near * p[2];
        weights += near * near;
    }
    sum / weights
}
