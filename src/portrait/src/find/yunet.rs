//! YuNet (Wu et al. 2023; MIT): face boxes and five points each, on a reduced copy of the picture.

use super::detection::Detection;
use crate::geometry::{FaceBox, Point, Window};
use crate::models::{EngineError, Models, Network, Outputs, output};
use crate::resample::{Space, cut};
use image::RgbImage;

/// Lowest confidence that counts as a face.
const MIN_SCORE: f32 = 0.6;
/// Boxes that share more than this are one face.
const MAX_OVERLAP: f32 = 0.3;
/// A face larger than this share of the picture's short side is looked for again with room around it, because the
/// network has seen few faces that fill its whole input.
const CLOSE: f32 = 0.6;

/// Every face, the largest first. `long_side` bounds the reduced copy, pixels.
pub(crate) fn faces(
    models: &Models,
    picture: &RgbImage,
    long_side: u32,
) -> Result<Vec<Detection>, EngineError> {
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let scale = (long_side as f32 / w.max(h)).min(1.0);
    let found = look(models, picture, &Window::new(Point::default(), scale), w * scale, h * scale)?;
    let close = found.first().is_none_or(|f| f.area.w.max(f.area.h) > CLOSE * w.min(h));
    if !close {
        return Ok(found);
    }
    // Half the size with a margin on every side.
    let scale = scale / 2.0;
    let window = Window::new(Point::new(-w / 2.0, -h / 2.0), scale);
    let padded = look(models, picture, &window, 2.0 * w * scale, 2.0 * h * scale)?;
    let best = |list: &[Detection]| list.first().map_or(0.0, |d| d.score);
    Ok(if best(&padded) > best(&found) { padded } else { found })
}

/// Runs the network on one window of the picture; beyond the picture it sees black.
fn look(
    models: &Models,
    picture: &RgbImage,
    window: &Window,
    width: f32,
    height: f32,
) -> Result<Vec<Detection>, EngineError> {
    let multiple = |v: f32| (v.round().max(1.0) as usize).div_ceil(32) * 32;
    let (w, h) = (multiple(width), multiple(height));
    let seen = cut(picture, window, w, h, Space::Encoded);
    let mut input = vec![0.0f32; 3 * w * h];
    let (pw, ph) = (picture.width() as f32, picture.height() as f32);
    let inside = |at: f32, length: f32| (0.0..length).contains(&at);
    let column = |x: &usize| inside(window.back(Point::new(*x as f32 + 0.5, 0.0)).x, pw);
    let row = |y: &usize| inside(window.back(Point::new(0.0, *y as f32 + 0.5)).y, ph);
    let columns: Vec<usize> = (0..w).filter(column).collect();
    for y in (0..h).filter(row) {
        for x in &columns {
            let i = y * w + x;
            (0..3).for_each(|c| input[(2 - c) * w * h + i] = seen.data[i][c] * 255.0);
        }
    }
    let outputs = models.run(Network::Faces, &[1, 3, h, w], &input)?;
    let mut all: Vec<Detection> =
        [8, 16, 32].iter().flat_map(|s| candidates(&outputs, *s, w, window)).collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Detection> = Vec::new();
    for one in all {
        if kept.iter().all(|k| k.area.overlap(&one.area) <= MAX_OVERLAP) {
            kept.push(one);
        }
    }
    kept.sort_by(|a, b| b.area.area().total_cmp(&a.area.area()));
    Ok(kept)
}

/// Decodes one stride's grid: score = sqrt(cls obj), centre = (column + b0, row + b1) stride, size = exp(b2, b3) stride.
fn candidates(outputs: &Outputs, stride: usize, width: usize, window: &Window) -> Vec<Detection> {
    let get = |name: &str| output(outputs, &format!("{name}_{stride}"));
    let (cls, obj, boxes, points) = (get("cls"), get("obj"), get("bbox"), get("kps"));
    let (columns, s) = (width / stride, stride as f32);
    let scores = cls.iter().zip(obj).map(|(c, o)| (c.clamp(0.0, 1.0) * o.clamp(0.0, 1.0)).sqrt());
    let hits = scores.enumerate().filter(|(_, score)| *score > MIN_SCORE);
    hits.filter_map(|(i, score)| {
        let (b, k) = (boxes.get(4 * i..4 * i + 4)?, points.get(10 * i..10 * i + 10)?);
        let (col, row) = ((i % columns) as f32, (i / columns) as f32);
        let (cx, cy, bw, bh) = ((col + b[0]) * s, (row + b[1]) * s, b[2].exp() * s, b[3].exp() * s);
        let corner = window.back(Point::new(cx - bw / 2.0, cy - bh / 2.0));
        let area = FaceBox { x: corner.x, y: corner.y, w: bw / window.scale, h: bh / window.scale_y };
        let five =
            std::array::from_fn(|j| window.back(Point::new((col + k[2 * j]) * s, (row + k[2 * j + 1]) * s)));
        let finite = [area.x, area.y, area.w, area.h].iter().all(|v| v.is_finite());
        finite.then_some(Detection { score, area, five })
    })
    .collect()
}
