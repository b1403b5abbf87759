//! A USB camera through nokhwa (Video4Linux).
//!
//! What nokhwa 0.10.11 cannot do, and what is done about it here:
//!
//! - it has no time-out: a stalled camera blocks [`Stream::next`] for ever. The handle reports the stall by the age of the
//!   last frame; the thread itself comes back only when the driver does (an unplug frees it);
//! - it hands out the whole buffer and hides how much of it was filled. A JPEG is cut at its own end marker; a truncated
//!   frame in front of the rest of an older one cannot be told apart;
//! - `Closest` finds nothing where the exact size is missing, `Exact` is not checked: the choice is made here, from the list;
//! - a camera whose present format nokhwa does not know (H.264), or whose rate is no whole number, cannot be opened;
//! - dropping it may panic: the owner thread catches that.

use std::borrow::Cow;

use nokhwa::Camera;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};

use crate::device;
use crate::feed::{Coding, Feed, Identity, Raw, Stream, Wanted};
use crate::frame::LostReason;
use crate::offer::{Offer, nearest};

/// Every coding that is decoded here.
const READABLE: &[FrameFormat] = &[FrameFormat::MJPEG, FrameFormat::YUYV, FrameFormat::NV12];

/// The wish for a USB camera.
pub(crate) struct UsbFeed {
    pub pick: Option<String>,
    pub width: u32,
    pub height: u32,
    pub fps: u32,
}

struct UsbStream {
    camera: Camera,
    name: String,
    offer: Offer,
}

impl Feed for UsbFeed {
    fn start(&mut self) -> Result<Box<dyn Stream + '_>, LostReason> {
        let nodes = device::nodes();
        if nodes.is_empty() {
            return Err(LostReason::NoCamera);
        }
        let wanted: Vec<_> = nodes.iter().filter(|node| node.answers_to(self.pick.as_deref())).collect();
        if wanted.is_empty() {
            return Err(LostReason::NotThere(self.pick.clone().unwrap_or_default()));
        }
        // A camera has several nodes; the ones for metadata have no picture format, the next may.
        let mut reason = LostReason::NoFormat;
        for node in wanted {
            match self.open(node.index, &node.name) {
                Ok(stream) => return Ok(Box::new(stream)),
                Err(LostReason::NoFormat) => {}
                Err(other) => reason = other,
            }
        }
        Err(reason)
    }
}

impl UsbFeed {
    fn open(&self, index: u32, name: &str) -> Result<UsbStream, LostReason> {
        let offers = offers(index)?;
        let offer = nearest(&offers, self.width, self.height, self.fps).ok_or(LostReason::NoFormat)?;
        let resolution = Resolution::new(offer.width, offer.height);
        let exact =
            RequestedFormatType::Exact(CameraFormat::new(resolution, format_of(offer.coding), offer.fps));
        let mut camera = opened(index, exact)?;
        camera.open_stream().map_err(|error| reason_of(&error))?;
        Ok(UsbStream { camera, name: name.to_owned(), offer })
    }
}

impl Stream for UsbStream {
    fn identity(&self) -> Identity {
        let Offer { width, height, fps, .. } = self.offer;
        Identity { name: self.name.clone(), width, height, fps }
    }

    fn next(&mut self, _wanted: &dyn Wanted) -> Result<Raw, LostReason> {
        let Offer { width, height, coding, .. } = self.offer;
        let bytes = self.camera.frame_raw().map(Cow::into_owned).map_err(|error| reason_of(&error))?;
        Ok(Raw { coding, width, height, bytes })
    }
}

/// What the camera at `index` offers that can be read; empty for a metadata node.
pub(crate) fn offers(index: u32) -> Result<Vec<Offer>, LostReason> {
    let mut camera = opened(index, RequestedFormatType::None)?;
    let formats = camera.compatible_camera_formats().map_err(|error| reason_of(&error))?;
    Ok(formats.iter().filter_map(offer_of).collect())
}

fn opened(index: u32, wish: RequestedFormatType) -> Result<Camera, LostReason> {
    let request = RequestedFormat::with_formats(wish, READABLE);
    Camera::with_backend(CameraIndex::Index(index), request, ApiBackend::Video4Linux)
        .map_err(|error| reason_of(&error))
}

fn offer_of(format: &CameraFormat) -> Option<Offer> {
    let coding = match format.format() {
        FrameFormat::MJPEG => Coding::Mjpeg,
        FrameFormat::YUYV => Coding::Yuyv,
        FrameFormat::NV12 => Coding::Nv12,
        _ => return None,
    };
    Some(Offer { width: format.width(), height: format.height(), fps: format.frame_rate(), coding })
}

fn format_of(coding: Coding) -> FrameFormat {
    match coding {
        Coding::Mjpeg => FrameFormat::MJPEG,
        Coding::Yuyv => FrameFormat::YUYV,
        Coding::Nv12 => FrameFormat::NV12,
    }
}

/// nokhwa carries the system's error as text only, so the text is read.
fn reason_of(error: &nokhwa::NokhwaError) -> LostReason {
    let text = error.to_string();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["os error 16", "Device or resource busy"]) {
        LostReason::Busy
    } else if says(&["os error 19", "os error 6)", "os error 2)", "No such device"]) {
        LostReason::Unplugged
    } else if says(&["Failed to Fufill", "os error 25", "Inappropriate ioctl"]) {
        LostReason::NoFormat
    } else {
        LostReason::Driver(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nokhwa::NokhwaError;

    #[test]
    fn the_drivers_words_become_reasons() {
        let read = |text: &str| reason_of(&NokhwaError::ReadFrameError(text.into()));
        assert_eq!(read("Device or resource busy (os error 16)"), LostReason::Busy);
        assert_eq!(read("No such device (os error 19)"), LostReason::Unplugged);
        assert!(matches!(read("Input/output error (os error 5)"), LostReason::Driver(_)));
        let none = NokhwaError::GetPropertyError {
            property: "CameraFormat".into(),
            error: "Failed to Fufill".into(),
        };
        assert_eq!(reason_of(&none), LostReason::NoFormat);
    }
}
