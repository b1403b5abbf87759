//! Choosing among what a camera offers: the nearest size first, then the coding, then the rate.

use crate::feed::Coding;

/// One combination that a camera offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub width: u32,
    pub height: u32,
    /// Frames a second, to the nearest whole one.
    pub fps: u32,
    /// Seconds between frames as a fraction, as the camera says it: 29.97 a second is 1001/30000.
    pub interval: (u32, u32),
    pub coding: Coding,
}

impl Offer {
    /// The nearest whole rate of an interval of `interval.0 / interval.1` seconds.
    pub(crate) fn rate((numerator, denominator): (u32, u32)) -> u32 {
        let rate = f64::from(denominator) / f64::from(numerator.max(1));
        // Cameras say 0/0 where they do not know; any rate above 1000 is no camera's.
        (rate.round() as u32).min(1000)
    }

    fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether its pictures have more pixels than the other's.
    pub(crate) fn is_larger_than(&self, other: &Offer) -> bool {
        self.pixels() > other.pixels()
    }
}

/// Rates below this are no preview.
const SLOW: u32 = 15;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub width: u32,
    pub height: u32,
    pub fps: u32,
}

/// How far an offer is from the wish. Too small a picture weighs four times as much as too large a one, because a portrait
/// may not be enlarged; fewer than 15 frames a second weigh more than any size.
pub(crate) fn distance(offer: &Offer, wish: Wish) -> f64 {
    let away = |have: u32, want: u32| {
        let ratio = (f64::from(have.max(1)) / f64::from(want.max(1))).ln();
        if ratio < 0.0 { -4.0 * ratio } else { ratio }
    };
    let size = away(offer.width, wish.width) + away(offer.height, wish.height);
    let coding = match offer.coding {
        Coding::Mjpeg => 0.0,
        Coding::Yuyv => 0.02,
        Coding::Nv12 => 0.03,
    };
    let rate = 0.01 * away(offer.fps, wish.fps);
    size + coding + rate + if offer.fps < SLOW.min(wish.fps) { 100.0 } else { 0.0 }
}

/// The offer nearest to the wish.
pub(crate) fn nearest(offers: &[Offer], wish: Wish) -> Option<Offer> {
    offers.iter().copied().min_by(|a, b| distance(a, wish).total_cmp(&distance(b, wish)))
}

/// The offer with the most pixels, in JPEG if there is a choice: uncompressed ones of that size take seconds over USB 2.
pub(crate) fn largest(offers: &[Offer]) -> Option<Offer> {
    let key = |offer: &Offer| (offer.pixels(), offer.coding == Coding::Mjpeg, offer.fps);
    offers.iter().copied().max_by_key(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(width: u32, height: u32, fps: u32, coding: Coding) -> Offer {
        Offer { width, height, fps, interval: (1, fps), coding }
    }

    const WISH: Wish = Wish { width: 1280, height: 720, fps: 30 };

    #[test]
    fn the_exact_size_is_taken_in_jpeg() {
        let offers = [
            offer(1280, 720, 10, Coding::Yuyv),
            offer(1280, 720, 30, Coding::Mjpeg),
            offer(1920, 1080, 30, Coding::Mjpeg),
            offer(640, 480, 30, Coding::Yuyv),
        ];
        assert_eq!(nearest(&offers, WISH), Some(offers[1]));
    }

    #[test]
    fn rather_larger_than_smaller_and_never_a_slide_show() {
        let offers = [
            offer(1280, 720, 5, Coding::Yuyv),
            offer(1280, 960, 30, Coding::Mjpeg),
            offer(1024, 576, 30, Coding::Mjpeg),
        ];
        assert_eq!(nearest(&offers, WISH), Some(offers[1]));
        assert_eq!(nearest(&offers[..1], WISH), Some(offers[0]));
        assert_eq!(nearest(&[], WISH), None);
    }

    #[test]
    fn stills_are_taken_at_the_largest_size_in_jpeg() {
        let offers = [
            offer(1280, 720, 30, Coding::Mjpeg),
            offer(2592, 1944, 2, Coding::Yuyv),
            offer(2592, 1944, 15, Coding::Mjpeg),
        ];
        assert_eq!(largest(&offers), Some(offers[2]));
        assert!(offers[2].is_larger_than(&offers[0]) && !offers[1].is_larger_than(&offers[2]));
    }

    #[test]
    fn rates_that_are_no_whole_numbers_are_rates() {
        assert_eq!([(1001, 30000), (2, 15), (1, 30), (0, 0)].map(Offer::rate), [30, 8, 30, 0]);
    }
}
