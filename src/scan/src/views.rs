//! Views of one picture: the picture preprocessed so that a decoder can read what it missed before.

use image::imageops::{self, FilterType};
use image::{GrayImage, Luma};
use imageproc::contrast::{adaptive_threshold, otsu_level, stretch_contrast};
use imageproc::filter::{gaussian_blur_f32, sharpen_gaussian};
use imageproc::geometric_transformations::Projection;

use crate::outline::{FinderTrio, Quad, bounds};

/// Whether a view still has grey values, which a decoder thresholds by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Grey,
    Binary,
}

/// A prepared picture and the projection back to the coordinates of the picture it was made from.
pub(crate) struct View {
    pub picture: GrayImage,
    pub ink: Ink,
    back: Projection,
}

/// How a view is prepared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Prep {
    /// Unchanged.
    AsIs,
    /// Light and dark exchanged (dark mode).
    Inverted,
    /// With a white border: the code touches the picture's edge.
    Framed,
    /// Enlarged by the factor, smoothly, then sharpened.
    Enlarged(f32),
    /// Reduced by the factor (noise, moire, very large codes).
    Reduced(f32),
    /// Black or white by comparison with the neighbourhood, whose radius is this share of the shorter side.
    Local(f32),
    /// Enlarged by two, then as [`Prep::Local`].
    EnlargedLocal(f32),
    /// Black or white by one threshold for all (Otsu).
    Global,
    /// Softened with this standard deviation in pixels, then as [`Prep::Local`] (screens with a pixel grid).
    Softened(f32),
    /// Darkest to brightest hundredth stretched over the whole range (dim screens).
    Stretched,
    /// Rotated by so many degrees; `rqrr` dislikes some angles.
    Rotated(f32),
}

impl Prep {
    /// Its name in measurements.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AsIs => "as is",
            Self::Inverted => "inverted",
            Self::Framed => "framed",
            Self::Enlarged(factor) if factor > 2.0 => "enlarged 3",
            Self::Enlarged(_) => "enlarged 2",
            Self::Reduced(_) => "reduced",
            Self::Local(_) => "local threshold",
            Self::EnlargedLocal(_) => "enlarged, local threshold",
            Self::Global => "global threshold",
            Self::Softened(_) => "softened, local threshold",
            Self::Stretched => "stretched",
            Self::Rotated(_) => "rotated",
        }
    }

    /// How many pixels the view has for one of the picture's.
    pub(crate) fn growth(self) -> f64 {
        match self {
            Self::Enlarged(factor) => f64::from(factor * factor),
            Self::Reduced(factor) => f64::from(1.0 / (factor * factor)),
            Self::EnlargedLocal(_) => 4.0,
            Self::Framed => 1.3,
            Self::Rotated(_) => 2.0,
            Self::AsIs
            | Self::Inverted
            | Self::Local(_)
            | Self::Global
            | Self::Softened(_)
            | Self::Stretched => 1.0,
        }
    }
}

/// Prepares `picture`.
pub(crate) fn view(picture: &GrayImage, prep: Prep) -> View {
    let plain = |picture| View { picture, ink: Ink::Grey, back: Projection::scale(1.0, 1.0) };
    match prep {
        Prep::AsIs => plain(picture.clone()),
        Prep::Inverted => {
            let mut inverted = picture.clone();
            imageops::invert(&mut inverted);
            plain(inverted)
        }
        Prep::Framed => framed(picture),
        Prep::Enlarged(factor) => {
            let mut view = scaled(picture, factor);
            view.picture = sharpen_gaussian(&view.picture, 1.5, 1.2);
            view
        }
        Prep::Reduced(factor) => scaled(picture, 1.0 / factor),
        Prep::Local(share) => local(plain(picture.clone()), share),
        Prep::EnlargedLocal(share) => local(scaled(picture, 2.0), share),
        Prep::Global => {
            let level = otsu_level(picture);
            View {
                picture: map(picture, |grey| if grey > level { 255 } else { 0 }),
                ink: Ink::Binary,
                ..plain(GrayImage::new(0, 0))
            }
        }
        Prep::Softened(sigma) => local(plain(gaussian_blur_f32(picture, sigma)), 0.08),
        Prep::Stretched => plain(stretched(picture)),
        Prep::Rotated(degrees) => rotated(picture, degrees),
    }
}

impl View {
    /// Corners found in the view, in the coordinates of the picture it was made from.
    pub(crate) fn to_picture(&self, corners: Quad) -> Quad {
        corners.map(|corner| self.back * corner)
    }

    /// A trio found in the view, in the coordinates of the picture it was made from.
    pub(crate) fn trio_to_picture(&self, trio: &FinderTrio) -> FinderTrio {
        let leg = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1);
        let [bottom_left, top_left, top_right] =
            [trio.bottom_left, trio.top_left, trio.top_right].map(|point| self.back * point);
        let (here, there) = (leg(trio.top_left, trio.top_right), leg(top_left, top_right));
        FinderTrio { bottom_left, top_left, top_right, module: trio.module * there / here.max(1e-3) }
    }
}

/// The part of `picture` around `quad` with half its size of margin, and the offset of its top left.
pub(crate) fn cut_out(picture: &GrayImage, quad: &Quad) -> (GrayImage, (f32, f32)) {
    let (x, y, width, height) = bounds(quad, 0.35, picture.width(), picture.height());
    (imageops::crop_imm(picture, x, y, width, height).to_image(), (x as f32, y as f32))
}

/// The code at `quad`, `modules` wide, straightened to `module` pixels a module with the quiet zone around it.
pub(crate) fn straightened(picture: &GrayImage, quad: &Quad, modules: u32, module: f32) -> Option<View> {
    const QUIET: f32 = 4.0;
    let (near, far) = (QUIET * module, (QUIET + modules as f32) * module);
    let square = [(near, near), (far, near), (far, far), (near, far)];
    let forth = Projection::from_control_points(*quad, square)?;
    let side = (far + near) as u32;
    Some(resampled(picture, side, side, forth.invert()))
}

fn framed(picture: &GrayImage) -> View {
    let margin = (picture.width().min(picture.height()) / 12).max(12);
    let mut out =
        GrayImage::from_pixel(picture.width() + 2 * margin, picture.height() + 2 * margin, Luma([255]));
    imageops::replace(&mut out, picture, i64::from(margin), i64::from(margin));
    let margin = margin as f32;
    View { picture: out, ink: Ink::Grey, back: Projection::translate(-margin, -margin) }
}

fn scaled(picture: &GrayImage, factor: f32) -> View {
    let side = |pixels: u32| ((pixels as f32 * factor).round() as u32).max(1);
    let (width, height) = (side(picture.width()), side(picture.height()));
    let out = if factor < 1.0 {
        imageops::thumbnail(picture, width, height)
    } else {
        imageops::resize(picture, width, height, FilterType::CatmullRom)
    };
    View { picture: out, ink: Ink::Grey, back: Projection::scale(1.0 / factor, 1.0 / factor) }
}

fn local(mut view: View, share: f32) -> View {
    let shorter = view.picture.width().min(view.picture.height()) as f32;
    let radius = ((shorter * share) as u32).clamp(5, 200);
    view.picture = adaptive_threshold(&view.picture, radius, 6);
    view.ink = Ink::Binary;
    view
}

fn rotated(picture: &GrayImage, degrees: f32) -> View {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let out_width = (width * cosine.abs() + height * sine.abs()).ceil();
    let out_height = (width * sine.abs() + height * cosine.abs()).ceil();
    let forth = Projection::translate(out_width / 2.0, out_height / 2.0)
        * Projection::rotate(degrees.to_radians())
        * Projection::translate(-width / 2.0, -height / 2.0);
    resampled(picture, out_width as u32, out_height as u32, forth.invert())
}

/// `width` x `height` pixels, each taken where `back` says, bilinearly; outside the picture its edge goes on.
///
/// `imageproc`'s own warp overflows where a steep perspective sends a pixel towards infinity.
fn resampled(picture: &GrayImage, width: u32, height: u32, back: Projection) -> View {
    let (last_x, last_y) = ((picture.width() - 1) as f32, (picture.height() - 1) as f32);
    let at = |x: u32, y: u32| f32::from(picture.get_pixel(x, y).0[0]);
    let out = GrayImage::from_fn(width, height, |u, v| {
        let (x, y) = back * (u as f32, v as f32);
        // `max` first: a NaN becomes the left or upper edge.
        let (x, y) = (x.max(0.0).min(last_x), y.max(0.0).min(last_y));
        let (x0, y0) = (x as u32, y as u32);
        let (x1, y1) = ((x0 + 1).min(last_x as u32), (y0 + 1).min(last_y as u32));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let upper = at(x0, y0) * (1.0 - fx) + at(x1, y0) * fx;
        let lower = at(x0, y1) * (1.0 - fx) + at(x1, y1) * fx;
        Luma([(upper * (1.0 - fy) + lower * fy + 0.5) as u8])
    });
    View { picture: out, ink: Ink::Grey, back }
}

fn stretched(picture: &GrayImage) -> GrayImage {
    let mut histogram = [0u64; 256];
    for pixel in picture.as_raw() {
        histogram[usize::from(*pixel)] += 1;
    }
    let hundredth = picture.as_raw().len() as u64 / 100;
    let low = level_at(histogram.iter(), hundredth);
    let high = 255 - level_at(histogram.iter().rev(), hundredth);
    if high <= low {
        return picture.clone();
    }
    stretch_contrast(picture, low, high, 0, 255)
}

/// Index of the first count at which more than `share` are behind.
fn level_at<'a>(counts: impl Iterator<Item = &'a u64>, share: u64) -> u8 {
    let mut sum = 0;
    for (level, count) in counts.enumerate() {
        sum += count;
        if sum > share {
            return u8::try_from(level).unwrap_or(u8::MAX);
        }
    }
    u8::MAX
}

fn map(picture: &GrayImage, change: impl Fn(u8) -> u8) -> GrayImage {
    let mut out = picture.clone();
    for pixel in out.iter_mut() {
        *pixel = change(*pixel);
    }
    out
}
