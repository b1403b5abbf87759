//! A Motion JPEG file as a camera: its frames' own bytes, in a loop. JPEGs one after the other, or an AVI that holds
//! them in chunks (Microsoft's AVI RIFF reference; the index is not needed, the chunks are walked).

use std::io::{Cursor, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::backend::{CaptureBackend, Coding, FrameStream, Purpose, RawFrame, StopSignal, StreamInfo};
use crate::frame::LostReason;
use crate::jpeg;

/// Largest file that is read: ten minutes of a webcam.
const MAX_BYTES: u64 = 512 << 20;
/// Largest side of a recorded frame, in pixels.
const MAX_SIDE: u32 = 8192;

/// A file that is played at `fps` frames a second.
pub(crate) struct FileBackend {
    file: PathBuf,
    fps: u32,
}

struct FileStream {
    bytes: Vec<u8>,
    frames: Vec<Range<usize>>,
    at: usize,
    due: Instant,
    info: StreamInfo,
}

impl FileBackend {
    pub(crate) fn new(file: PathBuf, fps: u32) -> Self {
        Self { file, fps: fps.clamp(1, 120) }
    }
}

impl CaptureBackend for FileBackend {
    fn start(&mut self, _purpose: Purpose) -> Result<Box<dyn FrameStream + '_>, LostReason> {
        let name = self.file.display().to_string();
        let bytes = read(&self.file).map_err(|_| LostReason::NotThere(name.clone()))?;
        let frames = frames(&bytes);
        let first = frames.first().and_then(|range| bytes.get(range.clone())).ok_or(LostReason::NoFormat)?;
        let (width, height) = size(first).ok_or(LostReason::NoFormat)?;
        let info = StreamInfo {
            name,
            width,
            height,
            fps: self.fps,
            has_sensor: false,
            larger_stills: false,
            settings: Vec::new(),
        };
        Ok(Box::new(FileStream { bytes, frames, at: 0, due: Instant::now(), info }))
    }
}

impl FrameStream for FileStream {
    fn info(&self) -> StreamInfo {
        self.info.clone()
    }

    fn next(&mut self, stop: &dyn StopSignal) -> Result<Option<RawFrame>, LostReason> {
        let now = Instant::now();
        if !stop.continues_after(self.due.saturating_duration_since(now)) {
            return Ok(None);
        }
        self.due = self.due.max(now) + Duration::from_secs(1) / self.info.fps;
        let range = self.frames[self.at % self.frames.len()].clone();
        self.at += 1;
        let StreamInfo { width, height, .. } = self.info;
        let bytes = self.bytes[range].to_vec();
        Ok(Some(RawFrame {
            coding: Coding::Mjpeg,
            width,
            height,
            bytes,
            at: Instant::now(),
            incomplete: false,
        }))
    }
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn size(jpeg: &[u8]) -> Option<(u32, u32)> {
    let whole = jpeg::complete(jpeg).ok()?;
    let reader = image::ImageReader::with_format(Cursor::new(whole), image::ImageFormat::Jpeg);
    let (width, height) = reader.into_dimensions().ok()?;
    let fits = (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height);
    fits.then_some((width, height))
}

/// The byte ranges of the frames; anything else is skipped.
fn frames(bytes: &[u8]) -> Vec<Range<usize>> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"AVI ") {
        return chunks(bytes);
    }
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes.get(at..).and_then(jpeg::start).map(|offset| at + offset) {
        // A damaged frame ends where the next one may begin.
        match jpeg::length(&bytes[start..]) {
            Ok(length) => {
                all.push(start..start + length);
                at = start + length;
            }
            Err(_) => at = start + 2,
        }
    }
    all
}

/// The compressed video chunks of an AVI: lists are entered, all else is skipped.
fn chunks(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 12;
    while let (Some(id), Some(size)) = (bytes.get(at..at + 4), bytes.get(at + 4..at + 8)) {
        let size = size.iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        if id == b"LIST" || id == b"RIFF" {
            at += 12;
            continue;
        }
        let data = at + 8..(at + 8).saturating_add(size).min(bytes.len());
        if id.ends_with(b"dc") && data.len() > 4 {
            all.push(data.clone());
        }
        // Chunks lie on even offsets.
        at = data.end + data.end % 2;
        if data.len() < size {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn avi(frames: &[&[u8]]) -> Vec<u8> {
        let mut movi = b"movi".to_vec();
        for frame in frames {
            movi.extend(b"00dc");
            movi.extend((frame.len() as u32).to_le_bytes());
            movi.extend(*frame);
            movi.resize(movi.len().next_multiple_of(2), 0);
        }
        let mut out = b"RIFF\0\0\0\0AVI LIST".to_vec();
        out.extend((movi.len() as u32).to_le_bytes());
        out.extend(movi);
        out
    }

    #[test]
    fn frames_are_found_one_after_the_other_and_in_an_avi() {
        let one = jpeg::tests::sample();
        let joined = [b"junk".as_slice(), &one, &one[..one.len() / 2], &one].concat();
        let found: Vec<_> = frames(&joined).into_iter().map(|range| joined[range].to_vec()).collect();
        assert_eq!(found.len(), 2, "the half frame swallows the start of the next, or is skipped");
        assert_eq!(found[0], one);
        let film = avi(&[&one, &one, &one]);
        let found = frames(&film);
        assert_eq!(found.len(), 3);
        assert!(found.into_iter().all(|range| film[range] == one));
        assert_eq!(size(&one), Some((32, 24)));
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), film: bool) {
            let mut bytes = bytes;
            if film && bytes.len() > 12 {
                bytes[..4].copy_from_slice(b"RIFF");
                bytes[8..12].copy_from_slice(b"AVI ");
            }
            for range in frames(&bytes) {
                prop_assert!(range.end <= bytes.len());
                let _ = size(&bytes[range]);
            }
        }
    }
}
