//! What a JPEG stream says about itself, read from its markers alone (ITU-T T.81 annex B, JFIF 1.02).
//!
//! The decoder is lenient: it paints a truncated picture grey and says nothing. This module is not.

/// The luminance table of T.81 annex K.1, in zigzag order; qualities 1..=100 are scalings of it.
const LUMINANCE: [u16; 64] = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40,
    58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103,
    104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/// The headers of a JPEG stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// 1 grey, 3 colour, 4 CMYK.
    pub(crate) components: u8,
    /// Bits a sample.
    pub(crate) precision: u8,
    /// Horizontal and vertical density of the JFIF header, dots per inch, if it has one.
    pub(crate) dpi: Option<(f64, f64)>,
    /// Whether the stream carries a colour profile, EXIF or another application's data.
    pub(crate) metadata: bool,
    /// Whether the end-of-image marker follows the last scan.
    pub(crate) complete: bool,
    /// Colours of unlike resolution in scans of their own: legal, and wrongly decoded by our decoder.
    pub(crate) scattered: bool,
    /// The scans hold too few bits for the declared size, however flat the picture: it breaks off, or never was one.
    pub(crate) starved: bool,
    /// Sampling factors of the components, horizontal and vertical.
    sampling: Vec<(u32, u32)>,
    progressive: bool,
    /// First luminance quantisation table, zigzag order.
    pub(crate) luminance: Option<[u16; 64]>,
    /// First step of the second table: how coarsely a place's mean colour is kept.
    pub(crate) colour_step: Option<u16>,
}

impl Header {
    /// Reads the headers; `None` if this is no JPEG stream at all.
    pub(crate) fn read(bytes: &[u8]) -> Option<Header> {
        if !bytes.starts_with(&[0xff, 0xd8]) {
            return None;
        }
        let mut header = Header::default();
        let mut at = 2;
        let mut scans = None;
        while let Some((marker, next)) = marker(bytes, at) {
            at = next;
            match marker {
                0xd9 => {
                    header.complete = true;
                    header.starved = scans.is_some_and(|from: usize| header.needs_more_than(at - from));
                    break;
                }
                0x01 | 0xd0..=0xd8 => {}
                _ => {
                    let Some(body) = segment(bytes, at) else { break };
                    header.take(marker, body);
                    at += body.len() + 2;
                    if marker == 0xda {
                        scans.get_or_insert(at);
                    }
                }
            }
        }
        Some(header)
    }

    fn take(&mut self, marker: u8, body: &[u8]) {
        match (marker, body) {
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, [p, h1, h0, w1, w0, n, ..]) => {
                self.precision = *p;
                self.height = u32::from(u16::from_be_bytes([*h1, *h0]));
                self.width = u32::from(u16::from_be_bytes([*w1, *w0]));
                self.components = *n;
                let factors = body[6..].chunks_exact(3).map(|c| (u32::from(c[1] >> 4), u32::from(c[1] & 15)));
                self.sampling = factors.collect();
                self.progressive = marker == 0xc2;
            }
            (0xda, [in_scan, ..]) => {
                let unlike = self.sampling.windows(2).any(|pair| pair[0] != pair[1]);
                self.scattered |= unlike && !self.progressive && *in_scan < self.components;
            }
            (0xe0, [b'J', b'F', b'I', b'F', 0, _, _, unit, x1, x0, y1, y0, ..]) => {
                let inch = match unit {
                    1 => 1.0,
                    2 => 2.54,
                    _ => return,
                };
                let dots = |hi: u8, lo: u8| f64::from(u16::from_be_bytes([hi, lo])) * inch;
                self.dpi = Some((dots(*x1, *x0), dots(*y1, *y0)));
            }
            (0xe1..=0xef | 0xfe, _) => self.metadata = true,
            (0xdb, _) => self.take_tables(body),
            _ => {}
        }
    }

    /// Whether no picture of the declared size fits `bytes` of scans: a block of 8 x 8 samples takes two bits at least (its mean
    /// and the end of the rest), and in a progressive stream one, because the rest may be left out.
    fn needs_more_than(&self, bytes: usize) -> bool {
        let most = |pick: fn(&(u32, u32)) -> u32| self.sampling.iter().map(pick).max().unwrap_or(1).max(1);
        let (across, down) = (most(|f| f.0), most(|f| f.1));
        let blocks = self
            .sampling
            .iter()
            .map(|(h, v)| u64::from(self.width * h / across / 8) * u64::from(self.height * v / down / 8));
        let bits = blocks.sum::<u64>() * if self.progressive { 1 } else { 2 };
        bits > bytes as u64 * 8
    }

    fn take_tables(&mut self, mut body: &[u8]) {
        while let Some((head, rest)) = body.split_first() {
            let wide = usize::from(head >> 4 != 0) + 1;
            let Some(values) = rest.get(..64 * wide) else { return };
            let value = |i: usize| match wide {
                1 => u16::from(values[i]),
                _ => u16::from_be_bytes([values[2 * i], values[2 * i + 1]]),
            };
            if head & 15 == 1 && self.colour_step.is_none() {
                self.colour_step = Some(value(0));
            }
            if head & 15 == 0 && self.luminance.is_none() {
                self.luminance = Some(std::array::from_fn(value));
            }
            body = &rest[64 * wide..];
        }
    }

    /// JPEG quality 1..=100: the scaling of annex K's luminance table that lies nearest to this stream's.
    pub(crate) fn quality(&self) -> Option<u8> {
        let table = self.luminance?;
        let distance = |quality: u8| {
            let q = u32::from(quality);
            let scale = if q < 50 { 5000 / q } else { 200 - 2 * q };
            let scaled = |v: u16| ((u32::from(v) * scale + 50) / 100).clamp(1, 255);
            let pairs = LUMINANCE.iter().zip(&table);
            pairs.map(|(k, t)| u64::from(scaled(*k).abs_diff(u32::from(*t)))).sum::<u64>()
        };
        (1..=100).min_by_key(|q| distance(*q))
    }
}

/// The next marker at or after `at` and the position behind it. Entropy-coded bytes in between are passed over.
fn marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == 0xff)?;
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let code = bytes[at];
        at += 1;
        if code != 0 {
            return Some((code, at));
        }
    }
}

/// The body of the segment whose length field stands at `at`.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length.max(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(quality: u8) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
        encoder.set_density(jpeg_encoder::PixelDensity::dpi(300));
        encoder
            .encode(&[90; 16 * 24 * 3], 16, 24, jpeg_encoder::ColorType::Rgb)
            .expect("a small flat picture");
        out
    }

    #[test]
    fn size_density_and_every_quality_are_read_back() {
        for quality in 30..=100 {
            let header = Header::read(&sample(quality)).expect("a JPEG stream");
            assert_eq!((header.width, header.height, header.components), (16, 24, 3));
            assert_eq!(header.dpi, Some((300.0, 300.0)));
            assert!(header.quality().expect("has tables").abs_diff(quality) <= 1, "quality {quality}");
            assert!(header.complete && !header.metadata);
        }
    }

    #[test]
    fn a_stream_without_its_end_is_incomplete() {
        let whole = sample(80);
        for cut in [whole.len() - 1, whole.len() - 2, whole.len() / 2, 40] {
            assert!(!Header::read(&whole[..cut]).expect("starts like JPEG").complete, "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic_the_reader(mut bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            if bytes.len() > 1 {
                bytes[0] = 0xff;
                bytes[1] = 0xd8;
            }
            if let Some(header) = Header::read(&bytes) {
                let _ = header.quality();
            }
        }
    }
}
