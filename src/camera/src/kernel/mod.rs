//! The kernel's video interface through the `v4l` crate, which lies beneath nokhwa: everything between choosing a camera
//! and its raw frames.
//!
//! nokhwa 0.10.11 is the project's camera crate and lists the devices. It cannot do the rest, for these reasons:
//!
//! - it has no time-out: a stalled camera blocks its reader forever;
//! - it hands out the whole buffer and hides how much of it was filled and whether the driver marked it as damaged, so a
//!   truncated frame in front of the rest of an older one cannot be told apart;
//! - it lists formats only after it has set one, refuses cameras whose present format it does not know (H.264) or whose
//!   rate is no whole number (29.97), and takes the node for metadata for a camera;
//! - its names for exposure and focus stand for controls that UVC cameras do not have;
//! - it keeps a handle it failed to close and gives it out again for the same number.
//!
//! `v4l` panics where it did not expect an answer; [`catch_panic`] turns that into a reason.

mod controls;
mod errors;
mod frames;
mod negotiated;

use v4l::capability::Flags;
use v4l::format::FourCC;
use v4l::frameinterval::FrameIntervalEnum;
use v4l::framesize::FrameSizeEnum;
use v4l::video::Capture as _;
use v4l::video::capture::Parameters;
use v4l::{Device, Format, Fraction};

use crate::backend::Coding;
use crate::config::Controls;
use crate::format_choice::{Offer, WantedFormat};
use crate::frame::{LostReason, Setting};
use errors::{EINVAL, ENOTTY, reason_of};
use negotiated::NegotiatedFormat;

pub(crate) use errors::catch_panic;
pub(crate) use frames::Frames;

/// An open video node that captures.
pub(crate) struct Video {
    device: Device,
}

impl Video {
    /// Opens `/dev/videoN`; [`LostReason::NoCamera`] for a node that gives no pictures, such as one for metadata.
    pub(crate) fn open(index: u32) -> Result<Self, LostReason> {
        let device = Device::new(index as usize).map_err(|error| reason_of(&error))?;
        let capabilities = device.query_caps().map_err(|error| reason_of(&error))?.capabilities;
        if capabilities.contains(Flags::VIDEO_CAPTURE | Flags::STREAMING) {
            Ok(Self { device })
        } else {
            Err(LostReason::NoCamera)
        }
    }

    /// Everything it offers that can be read. Where it offers a range, the range's ends and the value nearest to the wanted one.
    pub(crate) fn offers(&self, wanted: WantedFormat) -> Result<Vec<Offer>, LostReason> {
        let formats = self.device.enum_formats().map_err(|error| match error.raw_os_error() {
            Some(EINVAL | ENOTTY) => LostReason::NoFormat,
            _ => reason_of(&error),
        })?;
        let mut offers = Vec::new();
        for format in formats {
            let Some(coding) = coding_of(format.fourcc) else { continue };
            for (width, height) in self.sizes(format.fourcc, wanted) {
                for interval in self.intervals(format.fourcc, width, height, wanted) {
                    offers.push(Offer { width, height, fps: Offer::rate(interval), interval, coding });
                }
            }
        }
        Ok(offers)
    }

    fn sizes(&self, fourcc: FourCC, wanted: WantedFormat) -> Vec<(u32, u32)> {
        // A driver that cannot list its sizes takes the wanted size as a hint.
        let Ok(sizes) = self.device.enum_framesizes(fourcc) else {
            return vec![(wanted.width, wanted.height)];
        };
        let all = sizes.into_iter().flat_map(|size| match size.size {
            FrameSizeEnum::Discrete(size) => vec![(size.width, size.height)],
            FrameSizeEnum::Stepwise(s) => {
                let near = (
                    on_step(wanted.width, s.min_width, s.max_width, s.step_width),
                    on_step(wanted.height, s.min_height, s.max_height, s.step_height),
                );
                vec![near, (s.max_width, s.max_height)]
            }
        });
        all.filter(|(width, height)| (1..=MAX_SIDE).contains(width) && (1..=MAX_SIDE).contains(height))
            .collect()
    }

    fn intervals(&self, fourcc: FourCC, width: u32, height: u32, wanted: WantedFormat) -> Vec<(u32, u32)> {
        let interval = (1, wanted.fps);
        let Ok(intervals) = self.device.enum_frameintervals(fourcc, width, height) else {
            return vec![interval];
        };
        let seconds = |f: &Fraction| f64::from(f.numerator) / f64::from(f.denominator.max(1));
        let pair = |f: &Fraction| (f.numerator, f.denominator);
        let all = intervals.iter().flat_map(|offered| match &offered.interval {
            FrameIntervalEnum::Discrete(f) => vec![pair(f)],
            FrameIntervalEnum::Stepwise(s) => {
                let inside =
                    (seconds(&s.min)..=seconds(&s.max)).contains(&(1.0 / f64::from(wanted.fps.max(1))));
                if inside { vec![interval] } else { vec![pair(&s.min), pair(&s.max)] }
            }
        });
        all.filter(|(numerator, denominator)| *numerator > 0 && *denominator > 0).collect()
    }

    /// Sets format and rate; the driver may adjust the size, never the coding.
    pub(crate) fn set(&self, offer: &Offer) -> Result<NegotiatedFormat, LostReason> {
        let wanted = Format::new(offer.width, offer.height, fourcc_of(offer.coding));
        let got = self.device.set_format(&wanted).map_err(|error| reason_of(&error))?;
        if coding_of(got.fourcc) != Some(offer.coding) {
            return Err(LostReason::NoFormat);
        }
        let (numerator, denominator) = offer.interval;
        // Some drivers have one rate and no way to set it.
        let set = self.device.set_params(&Parameters::new(Fraction::new(numerator, denominator)));
        let fps = match set {
            Ok(params) if params.interval.numerator > 0 => {
                Offer::rate((params.interval.numerator, params.interval.denominator))
            }
            Err(error) if error.raw_os_error() != Some(ENOTTY) => return Err(reason_of(&error)),
            _ => offer.fps,
        };
        Ok(NegotiatedFormat {
            width: got.width,
            height: got.height,
            fps,
            coding: offer.coding,
            stride: got.stride,
        })
    }

    /// Sets the wanted controls, as far as there are any.
    pub(crate) fn control(&self, wanted: &Controls) -> Vec<Setting> {
        controls::set(&self.device, wanted)
    }

    /// Starts to stream in the negotiated format.
    pub(crate) fn frames(&self, format: NegotiatedFormat) -> Result<Frames, LostReason> {
        Frames::start(&self.device, format)
    }
}

/// Longest side that is asked for, in pixels.
const MAX_SIDE: u32 = 8192;

fn on_step(value: u32, least: u32, most: u32, step: u32) -> u32 {
    let inside = value.clamp(least, most.max(least));
    inside - (inside - least) % step.max(1)
}

fn coding_of(fourcc: FourCC) -> Option<Coding> {
    match &fourcc.repr {
        b"MJPG" | b"JPEG" => Some(Coding::Mjpeg),
        b"YUYV" => Some(Coding::Yuyv),
        b"NV12" => Some(Coding::Nv12),
        _ => None,
    }
}

fn fourcc_of(coding: Coding) -> FourCC {
    FourCC::new(match coding {
        Coding::Mjpeg => b"MJPG",
        Coding::Yuyv => b"YUYV",
        Coding::Nv12 => b"NV12",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_rounded_to_the_cameras_steps() {
        assert_eq!(on_step(1280, 2, 8192, 2), 1280);
        assert_eq!(on_step(1281, 2, 8192, 4), 1278);
        assert_eq!([on_step(10, 48, 640, 1), on_step(4000, 48, 640, 0)], [48, 640]);
    }
}
