//! Chooses among the formats that a camera offers: by the nearest size first, then the coding, then the rate.

use crate::backend::Coding;

/// One combination that a camera offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub width: u32,
    pub height: u32,
    /// Frames a second, to the nearest whole one.
    pub fps: u32,
    /// Seconds between frames as a fraction, as the camera reports it: 29.97 a second is 1001/30000.
    pub interval: (u32, u32),
    pub coding: Coding,
}

impl Offer {
    /// The nearest whole rate of an interval of `interval.0 / interval.1` seconds.
    pub(crate) fn rate((numerator, denominator): (u32, u32)) -> u32 {
        let rate = f64::from(denominator) / f64::from(numerator.max(1));
        // Cameras report 0/0 where they do not know the rate; no camera has a rate above 1000.
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

/// Frames a second below which a preview is not usable.
const MIN_PREVIEW_RATE: u32 = 15;

/// The format that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WantedFormat {
    pub width: u32,
    pub height: u32,
    pub fps: u32,
}

/// How far an offer is from the wanted format. Too small a picture weighs four times as much as too large a one, because a
/// portrait must not be enlarged; fewer than 15 frames a second weigh more than any size.
pub(crate) fn distance(offer: &Offer, wanted: WantedFormat) -> f64 {
    let away = |have: u32, want: u32| {
        let ratio = (f64::from(have.max(1)) / f64::from(want.max(1))).ln();
        if ratio < 0.0 { -4.0 * ratio } else { ratio }
    };
    let size = away(offer.width, wanted.width) + away(offer.height, wanted.height);
    let coding = match offer.coding {
        Coding::Mjpeg => 0.0,
        Coding::Yuyv => 0.02,
        Coding::Nv12 => 0.03,
    };
    let rate = 0.01 * away(offer.fps, wanted.fps);
    size + coding + rate + if offer.fps < MIN_PREVIEW_RATE.min(wanted.fps) { 100.0 } else { 0.0 }
}

/// The offer nearest to the wanted format.
pub(crate) fn nearest(offers: &[Offer], wanted: WantedFormat) -> Option<Offer> {
    offers.iter().copied().min_by(|a, b| distance(a, wanted).total_cmp(&distance(b, wanted)))
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

    const WANTED: WantedFormat = WantedFormat { width: 1280, height: 720, fps: 30 };

    #[test]
    fn the_exact_size_is_taken_in_jpeg() {
        let offers = [
            offer(1280, 720, 10, Coding::Yuyv),
            offer(1280, 720, 30, Coding::Mjpeg),
            offer(1920, 1080, 30, Coding::Mjpeg),
            offer(640, 480, 30, Coding::Yuyv),
        ];
        assert_eq!(nearest(&offers, WANTED), Some(offers[1]));
    }

    #[test]
    fn a_larger_size_is_preferred_to_a_smaller_and_a_low_rate_is_avoided() {
        let offers = [
            offer(1280, 720, 5, Coding::Yuyv),
            offer(1280, 960, 30, Coding::Mjpeg),
            offer(1024, 576, 30, Coding::Mjpeg),
        ];
        assert_eq!(nearest(&offers, WANTED), Some(offers[1]));
        assert_eq!(nearest(&offers[..1], WANTED), Some(offers[0]));
        assert_eq!(nearest(&[], WANTED), None);
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
    fn fractional_rates_are_rounded() {
        assert_eq!([(1001, 30000), (2, 15), (1, 30), (0, 0)].map(Offer::rate), [30, 8, 30, 0]);
    }
}
