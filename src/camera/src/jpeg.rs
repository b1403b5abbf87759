//! JPEG frames as cameras send them: cut at their end marker, and completed with the standard Huffman tables that Motion
//! JPEG may leave out (ITU-T T.81 Annex K.3; UVC 1.5 payload specification for MJPEG, section 3).

use crate::bad_frame::BadFrame;

/// The markers that this module evaluates: second bytes after 0xff.
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DHT: u8 = 0xc4;

/// Where a JPEG is cut.
struct Cut {
    /// Where its first scan begins: tables must stand before.
    scan: usize,
    /// Just after its end marker.
    end: usize,
    /// Whether it has Huffman tables.
    tables: bool,
}

/// The frame from its start marker to its end marker, with Huffman tables. A frame without an end marker is refused, because
/// decoders would fill the missing part with grey.
pub(crate) fn complete(bytes: &[u8]) -> Result<Vec<u8>, BadFrame> {
    let Cut { scan, end, tables } = cut(bytes)?;
    let mut out = Vec::with_capacity(end + STANDARD_TABLES_LENGTH);
    out.extend_from_slice(&bytes[..scan]);
    if !tables {
        standard_tables(&mut out);
    }
    out.extend_from_slice(&bytes[scan..end]);
    Ok(out)
}

/// Where the next frame may start.
pub(crate) fn start(bytes: &[u8]) -> Option<usize> {
    bytes.windows(3).position(|three| three == [0xff, SOI, 0xff])
}

/// Length of the frame that starts with `bytes`, up to its end marker.
pub(crate) fn length(bytes: &[u8]) -> Result<usize, BadFrame> {
    cut(bytes).map(|cut| cut.end)
}

fn cut(bytes: &[u8]) -> Result<Cut, BadFrame> {
    let bad = |reason: &str| BadFrame::Jpeg(reason.to_owned());
    if bytes.len() < 4 || bytes[0] != 0xff || bytes[1] != SOI {
        return Err(bad("no start marker"));
    }
    let mut at = 2;
    let mut tables = false;
    let scan = loop {
        // Fill bytes before a marker are allowed.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(&kind)) = (bytes.get(at), bytes.get(at + 1)) else {
            return Err(bad("no marker where one must be"));
        };
        let length = bytes.get(at + 2..at + 4).map(|l| usize::from(l[0]) << 8 | usize::from(l[1]));
        match (kind, length) {
            (SOS, Some(length)) if length >= 2 => break at,
            (EOI, _) => return Err(bad("no picture data")),
            (kind, Some(length)) if length >= 2 => {
                tables |= kind == DHT;
                at += 2 + length;
            }
            _ => return Err(bad("a segment has no length")),
        }
    };
    let end = end_of(bytes, scan).ok_or_else(|| bad("no end marker"))?;
    Ok(Cut { scan, end, tables })
}

/// Where the picture ends, just after its end marker. Inside picture data 0xff is followed by 0x00 or a restart marker;
/// segments between scans are skipped by the same rule, because any marker that is not the end is passed over.
fn end_of(bytes: &[u8], scan: usize) -> Option<usize> {
    let mut at = scan + 2;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(at + 1)? {
            &EOI => return Some(at + 2),
            // A marker's own 0xff may be preceded by fill bytes.
            0xff => at += 1,
            _ => at += 2,
        }
    }
}

const STANDARD_TABLES_LENGTH: usize = 432;

const DC_LUMA: ([u8; 16], [u8; 12]) =
    ([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const DC_CHROMA: ([u8; 16], [u8; 12]) =
    ([0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
#[rustfmt::skip]
const AC_LUMA: ([u8; 16], [u8; 162]) = ([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d], [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
    0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
    0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37,
    0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
    0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83,
    0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3,
    0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
    0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
    0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
]);
#[rustfmt::skip]
const AC_CHROMA: ([u8; 16], [u8; 162]) = ([0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77], [
    0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
    0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1,
    0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x35, 0x36,
    0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
    0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a,
    0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
    0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba,
    0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
    0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
]);

/// Appends the four standard tables as one segment each.
fn standard_tables(out: &mut Vec<u8>) {
    let tables: [(u8, &[u8; 16], &[u8]); 4] = [
        (0x00, &DC_LUMA.0, &DC_LUMA.1),
        (0x10, &AC_LUMA.0, &AC_LUMA.1),
        (0x01, &DC_CHROMA.0, &DC_CHROMA.1),
        (0x11, &AC_CHROMA.0, &AC_CHROMA.1),
    ];
    for (class, counts, values) in tables {
        // 2 for the length itself, 1 for the class, 16 counts, at most 162 values: below 256.
        let length = (19 + values.len()) as u8;
        out.extend([0xff, DHT, 0, length, class]);
        out.extend(counts);
        out.extend(values);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// A small whole JPEG; the encoder writes the standard tables.
    pub(crate) fn sample() -> Vec<u8> {
        let image =
            RgbImage::from_fn(32, 24, |x, y| Rgb([(x * 8) as u8, (y * 10) as u8, ((x * y) % 251) as u8]));
        let mut bytes = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90)
            .encode_image(&image)
            .expect("encodes");
        bytes
    }

    fn without_tables(bytes: &[u8]) -> Vec<u8> {
        let mut out = bytes[..2].to_vec();
        let mut at = 2;
        loop {
            let length = usize::from(bytes[at + 2]) << 8 | usize::from(bytes[at + 3]);
            match bytes[at + 1] {
                SOS => break,
                DHT => {}
                _ => out.extend_from_slice(&bytes[at..at + 2 + length]),
            }
            at += 2 + length;
        }
        out.extend_from_slice(&bytes[at..]);
        out
    }

    #[test]
    fn a_frame_without_tables_gets_the_standard_ones() {
        let whole = sample();
        let bare = without_tables(&whole);
        assert!(bare.len() + 400 < whole.len() && image::load_from_memory(&bare).is_err());
        let completed = complete(&bare).expect("completed");
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("decodes").into_rgb8();
        assert_eq!(pixels(&completed), pixels(&whole));
    }

    #[test]
    fn what_follows_the_end_marker_is_cut_off() {
        let whole = sample();
        let mut padded = whole.clone();
        padded.extend([0; 64]);
        assert_eq!(complete(&padded).expect("whole"), whole);
    }

    #[test]
    fn a_frame_without_its_end_is_refused() {
        let whole = sample();
        for cut in [0, 1, 3, 20, whole.len() / 2, whole.len() - 1] {
            assert!(complete(&whole[..cut]).is_err(), "cut at {cut}");
        }
    }
}
