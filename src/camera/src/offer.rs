//! Choosing among what a camera offers: the nearest size first, then the coding, then the rate.

use crate::feed::Coding;

/// One combination that a camera offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub width: u32,
    pub height: u32,
    pub fps: u32,
    pub coding: Coding,
}

/// Rates below this are no preview.
const SLOW: u32 = 15;

/// The offer nearest to the wish. Too small a picture weighs four times as much as too large a one, because a portrait may
/// not be enlarged; a rate of fewer than 15 frames a second is taken only if there is no other of any size.
pub(crate) fn nearest(offers: &[Offer], width: u32, height: u32, fps: u32) -> Option<Offer> {
    let cost = |offer: &Offer| {
        let away = |have: u32, want: u32| {
            let ratio = (f64::from(have.max(1)) / f64::from(want.max(1))).ln();
            if ratio < 0.0 { -4.0 * ratio } else { ratio }
        };
        let size = away(offer.width, width) + away(offer.height, height);
        let coding = match offer.coding {
            Coding::Mjpeg => 0.0,
            Coding::Yuyv => 0.02,
            Coding::Nv12 => 0.03,
        };
        let rate = 0.01 * away(offer.fps, fps);
        size + coding + rate + if offer.fps < SLOW.min(fps) { 100.0 } else { 0.0 }
    };
    offers.iter().copied().min_by(|a, b| cost(a).total_cmp(&cost(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(width: u32, height: u32, fps: u32, coding: Coding) -> Offer {
        Offer { width, height, fps, coding }
    }

    #[test]
    fn the_exact_size_is_taken_in_jpeg() {
        let offers = [
            offer(1280, 720, 10, Coding::Yuyv),
            offer(1280, 720, 30, Coding::Mjpeg),
            offer(1920, 1080, 30, Coding::Mjpeg),
            offer(640, 480, 30, Coding::Yuyv),
        ];
        assert_eq!(nearest(&offers, 1280, 720, 30), Some(offers[1]));
    }

    #[test]
    fn rather_larger_than_smaller_and_never_a_slide_show() {
        let offers = [
            offer(1280, 720, 5, Coding::Yuyv),
            offer(1280, 960, 30, Coding::Mjpeg),
            offer(1024, 576, 30, Coding::Mjpeg),
        ];
        assert_eq!(nearest(&offers, 1280, 720, 30), Some(offers[1]));
        assert_eq!(nearest(&offers[..1], 1280, 720, 30), Some(offers[0]));
        assert_eq!(nearest(&[], 1280, 720, 30), None);
    }
}
