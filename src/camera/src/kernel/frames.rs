//! Frames out of the kernel's buffers: with a time-out, cut to the filled bytes, and closed after every fault.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use v4l::Device;
use v4l::buffer::{Flags, Metadata, Type};
use v4l::device::Handle;
use v4l::io::traits::CaptureStream;
use v4l::prelude::MmapStream;

use super::errors::reason_of;
use super::negotiated::NegotiatedFormat;
use crate::backend::{Coding, RawFrame, STALL_TIMEOUT, StopSignal};
use crate::frame::LostReason;

/// Buffers the driver fills in turn: one is read, the others bridge the time that the reader takes.
const BUFFERS: u32 = 4;
/// Longest wait in the kernel before the stop signal is checked, in milliseconds.
const POLL_MS: i32 = 50;
/// There is a frame (poll.h).
const POLLIN: i16 = 0x001;

/// A running stream.
pub(crate) struct Frames {
    /// `None` only while it is being dropped.
    stream: Option<MmapStream<'static>>,
    handle: Arc<Handle>,
    format: NegotiatedFormat,
    phase: Phase,
}

/// Which buffers the driver has. `v4l` queues the last buffer again at every `next`, also after a wait in vain, which the
/// kernel refuses; so the waiting is done here, and `next` is called only where it has a buffer to give back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// None: not started.
    Idle,
    /// All of them.
    Primed,
    /// All but the one that was read last.
    Running,
}

impl Frames {
    pub(crate) fn start(device: &Device, format: NegotiatedFormat) -> Result<Self, LostReason> {
        let stream = MmapStream::with_buffers(device, Type::VideoCapture, BUFFERS);
        let mut stream = stream.map_err(|error| reason_of(&error))?;
        stream.set_timeout(Duration::ZERO);
        Ok(Self { handle: device.handle(), stream: Some(stream), format, phase: Phase::Idle })
    }

    /// The next frame; `None` as soon as it is not wanted any more; [`LostReason::Stalled`] after [`STALL_TIMEOUT`].
    pub(crate) fn next(&mut self, stop: &dyn StopSignal) -> Result<Option<RawFrame>, LostReason> {
        let since = Instant::now();
        while stop.continues() {
            match self.step() {
                Ok(Some(raw)) => return Ok(Some(raw)),
                Ok(None) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(reason_of(&error)),
            }
            if since.elapsed() > STALL_TIMEOUT {
                return Err(LostReason::Stalled);
            }
        }
        Ok(None)
    }

    /// Waits a moment for a frame.
    fn step(&mut self) -> io::Result<Option<RawFrame>> {
        let Some(stream) = &mut self.stream else { return Ok(None) };
        if self.phase != Phase::Idle && self.handle.poll(POLLIN, POLL_MS)? == 0 {
            return Ok(None);
        }
        if self.phase == Phase::Primed {
            // The crate gives no access to a buffer fetched this way, so the first frame is dropped.
            match CaptureStream::dequeue(stream) {
                Ok(_) => self.phase = Phase::Running,
                Err(error) if is_too_early(&error) => {}
                Err(error) => return Err(error),
            }
            return Ok(None);
        }
        match CaptureStream::next(stream) {
            Ok((bytes, meta)) => {
                self.phase = Phase::Running;
                Ok(Some(raw(bytes, meta, self.format)))
            }
            Err(error) if is_too_early(&error) => {
                self.phase = Phase::Primed;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        // It panics if the driver answers its end with another error than "no such device". Buffers and handle are
        // released all the same, and a panic while another one unwinds would end the kiosk.
        let stream = self.stream.take();
        if catch_unwind(AssertUnwindSafe(|| drop(stream))).is_err() {
            tracing::warn!("the driver refused to stop the camera");
        }
    }
}

fn is_too_early(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

fn raw(bytes: &[u8], meta: &Metadata, format: NegotiatedFormat) -> RawFrame {
    let NegotiatedFormat { width, height, coding, stride, .. } = format;
    let filled = bytes.get(..meta.bytesused as usize).unwrap_or(bytes);
    let bytes = packed(filled, coding, width, stride);
    RawFrame {
        coding,
        width,
        height,
        bytes,
        at: Instant::now(),
        incomplete: meta.flags.contains(Flags::ERROR),
    }
}

/// The bytes without the padding at the end of lines.
fn packed(bytes: &[u8], coding: Coding, width: u32, stride: u32) -> Vec<u8> {
    let line = match coding {
        Coding::Mjpeg => return bytes.to_vec(),
        Coding::Yuyv => width as usize * 2,
        Coding::Nv12 => width as usize,
    };
    let stride = stride as usize;
    if stride <= line {
        return bytes.to_vec();
    }
    bytes.chunks(stride).flat_map(|padded| &padded[..line.min(padded.len())]).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: NegotiatedFormat =
        NegotiatedFormat { width: 2, height: 2, fps: 30, coding: Coding::Yuyv, stride: 6 };

    #[test]
    fn a_frame_is_what_was_filled_without_padding() {
        let buffer = [1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0, 99, 99];
        let meta = Metadata { bytesused: 12, flags: Flags::ERROR, ..Metadata::default() };
        let frame = raw(&buffer, &meta, FORMAT);
        assert_eq!(frame.bytes, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(frame.incomplete);
        let jpeg = NegotiatedFormat { coding: Coding::Mjpeg, stride: 0, ..FORMAT };
        let meta = Metadata { bytesused: 3, ..Metadata::default() };
        assert_eq!(raw(&buffer, &meta, jpeg).bytes, [1, 2, 3]);
        let lies = Metadata { bytesused: 1000, ..Metadata::default() };
        assert_eq!(raw(&buffer, &lies, jpeg).bytes.len(), buffer.len());
    }
}
