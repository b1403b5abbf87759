//! The `rxing` route: finder patterns, sampling and error correction of the ZXing family.
//!
//! The steps are called one by one instead of through its reader, because the finder patterns are needed too (a code that is
//! seen but not read), and so are the payload's bytes, which its reader turns into text.

use image::GrayImage;
use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::{BinaryBitmap, Luma8Source};

use crate::consensus::{Read, Route};
use crate::outline::FinderTrio;
use crate::views::Ink;
use containment::contained;

/// Sets of finder patterns that are sampled in one picture; a picture full of small squares has thousands.
const MOST_SETS: usize = 24;

/// The result of one pass over a picture.
#[derive(Default)]
pub(crate) struct Found {
    /// Codes read, in the picture's own coordinates.
    pub reads: Vec<Read>,
    /// The most plausible trio of finder patterns, read or not.
    pub trio: Option<FinderTrio>,
}

/// Reads the codes in `picture`.
pub(crate) fn read(picture: &GrayImage, ink: Ink) -> Found {
    contained("rxing", || find(picture, ink)).unwrap_or_default()
}

fn find(picture: &GrayImage, ink: Ink) -> Found {
    match ink {
        Ink::Binary => match given_bits(picture) {
            Some(bits) => find_in(&bits),
            None => Found::default(),
        },
        Ink::Grey => {
            let Ok(source) = Luma8Source::new_with_slice(picture.as_raw(), picture.width(), picture.height())
            else {
                return Found::default();
            };
            find_in(BinaryBitmap::new(HybridBinarizer::new(source)).get_black_matrix())
        }
    }
}

fn given_bits(picture: &GrayImage) -> Option<BitMatrix> {
    let mut bits = BitMatrix::new(picture.width(), picture.height()).ok()?;
    for (x, y, pixel) in picture.enumerate_pixels() {
        if pixel.0[0] < 128 {
            bits.set(x, y);
        }
    }
    Some(bits)
}

fn find_in(bits: &BitMatrix) -> Found {
    let mut patterns = FindFinderPatterns(bits, true, 0);
    let sets = GenerateFinderPatternSets(&mut patterns);
    let trio = sets.iter().map(trio_of).find(FinderTrio::plausible);
    let mut found = Found { reads: Vec::new(), trio };
    let mut used = Vec::new();
    for set in sets.iter().take(MOST_SETS) {
        if [set.bl, set.tl, set.tr].iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        if let Some(read) = sample(bits, set) {
            used.extend([set.bl, set.tl, set.tr]);
            found.reads.push(read);
        }
    }
    found
}

fn trio_of(set: &FinderPatternSet) -> FinderTrio {
    let of = |pattern: &rxing::common::cpp_essentials::ConcentricPattern| (pattern.p.x, pattern.p.y);
    let size = (set.bl.size + set.tl.size + set.tr.size) as f32 / 3.0;
    FinderTrio { bottom_left: of(&set.bl), top_left: of(&set.tl), top_right: of(&set.tr), module: size / 7.0 }
}

fn sample(bits: &BitMatrix, set: &FinderPatternSet) -> Option<Read> {
    let sampled = SampleQR(bits, set).ok()?;
    let decoded = Decode(sampled.getBits()).ok()?;
    let content = decoded.content();
    // An all-white field is a valid codeword of zeroes with nothing in it: no code.
    if !decoded.isValid() || content.bytes().is_empty() {
        return None;
    }
    let points = sampled.getPoints();
    if points.len() < 4 {
        return None;
    }
    // The sampler gives top left, top right, bottom left, bottom right.
    let corners = [0, 1, 3, 2].map(|i| (points[i].x, points[i].y));
    Some(Read {
        bytes: content.bytes().to_vec(),
        declared: content.has_eci.then(|| content.to_string()),
        corners,
        modules: sampled.getBits().width(),
        route: Route::Rxing,
    })
}
