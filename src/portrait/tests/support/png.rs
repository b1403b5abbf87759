//! PNG files of every colour kind, depth and interlacing, written chunk by chunk, because encoders write only the usual ones.

use super::{SIZE, Wanted, encoded, quarters};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use sentences::codes;

/// The CRC-32 of PNG's chunks (ISO 3309).
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |mut crc, b| {
        crc ^= u32::from(*b);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
        crc
    })
}

/// One chunk.
pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    [&(body.len() as u32).to_be_bytes(), named.as_slice(), &crc32(&named).to_be_bytes()].concat()
}

/// `raw` as a zlib stream of stored blocks.
fn zlib(raw: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let count = raw.chunks(65_535).count();
    for (i, block) in raw.chunks(65_535).enumerate() {
        let length = block.len() as u16;
        out.push(u8::from(i + 1 == count));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (a, b) = raw.iter().fold((1u32, 0u32), |(a, b), v| {
        let a = (a + u32::from(*v)) % 65_521;
        (a, (a + b) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

/// How a PNG stores its pixels.
struct Form {
    depth: u8,
    /// 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.
    colour: u8,
    interlaced: bool,
}

impl Form {
    /// A file whose pixel at a place has the samples that `at` gives, with `between` before the pixels.
    fn file(&self, between: &[Vec<u8>], at: impl Fn(u32, u32) -> Vec<u16>) -> Vec<u8> {
        // Adam7 (PNG, section 8.2): first column and row, steps to the right and downwards.
        const ADAM7: [(u32, u32, u32, u32); 7] = [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
        let passes: &[_] = if self.interlaced { &ADAM7 } else { &[(0, 0, 1, 1)] };
        let mut raw = Vec::new();
        for (left, top, right, down) in passes {
            for y in (*top..SIZE.1).step_by(*down as usize) {
                raw.push(0);
                let row = (*left..SIZE.0).step_by(*right as usize).flat_map(|x| at(x, y));
                raw.extend(self.packed(row));
            }
        }
        let mut head = [SIZE.0.to_be_bytes(), SIZE.1.to_be_bytes()].concat();
        head.extend([self.depth, self.colour, 0, 0, u8::from(self.interlaced)]);
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        out.extend(chunk(b"IHDR", &head));
        between.iter().for_each(|c| out.extend(c));
        out.extend(chunk(b"IDAT", &zlib(&raw)));
        out.extend(chunk(b"IEND", &[]));
        out
    }

    fn packed(&self, samples: impl Iterator<Item = u16>) -> Vec<u8> {
        if self.depth == 16 {
            return samples.flat_map(u16::to_be_bytes).collect();
        }
        let (mut out, mut have, mut bits) = (Vec::new(), 0u32, 0u8);
        for sample in samples {
            have = have << self.depth | u32::from(sample);
            bits += self.depth;
            if bits == 8 {
                out.push(have as u8);
                (have, bits) = (0, 0);
            }
        }
        if bits > 0 {
            out.push((have << (8 - bits)) as u8);
        }
        out
    }
}

/// A file of the test picture with an alpha channel, and chunks of one's own before the pixels.
pub fn with_chunks(between: &[Vec<u8>]) -> Vec<u8> {
    let picture = quarters();
    Form { depth: 8, colour: 2, interlaced: false }
        .file(between, |x, y| picture.get_pixel(x, y).0.map(u16::from).to_vec())
}

fn with_size(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = with_chunks(&[]);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The index of the quarter that a place lies in.
fn quarter(x: u32, y: u32) -> u16 {
    u16::from(x >= SIZE.0 / 2) + 2 * u16::from(y >= SIZE.1 / 2)
}

fn palette() -> Vec<u8> {
    let picture = quarters();
    let corner = |i: u32| picture.get_pixel((i % 2) * (SIZE.0 - 1), (i / 2) * (SIZE.1 - 1)).0;
    chunk(b"PLTE", &(0..4).flat_map(corner).collect::<Vec<u8>>())
}

fn kinds() -> Vec<(String, Vec<u8>, Wanted)> {
    let picture = quarters();
    let mut all = Vec::new();
    for interlaced in [false, true] {
        let form = |depth, colour| Form { depth, colour, interlaced };
        let rgb = |x: u32, y: u32| picture.get_pixel(x, y).0.map(u16::from);
        let mut add = |name: &str, bytes: Vec<u8>, wanted| {
            let name = format!("png-{name}{}", if interlaced { "-interlaced" } else { "" });
            all.push((name, bytes, wanted));
        };
        add("rgb8", form(8, 2).file(&[], |x, y| rgb(x, y).to_vec()), Wanted::Quarters);
        let wide = form(16, 2).file(&[], |x, y| rgb(x, y).map(|v| v * 257).to_vec());
        add("rgb16", wide, Wanted::Quarters);
        let clear = |x: u32, y: u32| [rgb(x, y).as_slice(), &[255]].concat();
        add("rgba8", form(8, 6).file(&[], clear), Wanted::Quarters);
        let wide = form(16, 6).file(&[], |x, y| clear(x, y).iter().map(|v| v * 257).collect());
        add("rgba16", wide, Wanted::Quarters);
        for depth in [1u8, 2, 4, 8] {
            let top = (1u16 << depth) - 1;
            let grey = form(depth, 0).file(&[], |x, y| vec![quarter(x, y).min(top) * (top / 3).max(1)]);
            add(&format!("grey{depth}"), grey, Wanted::Grey);
            let (indexed, wanted) = match depth {
                1 => (form(1, 3).file(&[palette()], |x, y| vec![quarter(x, y) & 1]), Wanted::Any),
                _ => (form(depth, 3).file(&[palette()], |x, y| vec![quarter(x, y)]), Wanted::Quarters),
            };
            add(&format!("palette{depth}"), indexed, wanted);
        }
        add("grey16", form(16, 0).file(&[], |x, y| vec![quarter(x, y) * 20_000]), Wanted::Grey);
        add("grey-alpha8", form(8, 4).file(&[], |x, y| vec![quarter(x, y) * 60, 255]), Wanted::Grey);
    }
    all
}

pub fn files() -> Vec<(String, Vec<u8>, Wanted)> {
    let plain = with_chunks(&[]);
    let damaged = Wanted::Code(codes::REFUSAL_DAMAGED);
    let mut sum = plain.clone();
    sum[30] ^= 1;
    let frames = chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    let control = [0u32, SIZE.0, SIZE.1, 0, 0].iter().flat_map(|v| v.to_be_bytes());
    let control = chunk(b"fcTL", &control.chain([0, 1, 0, 10, 0, 0]).collect::<Vec<u8>>());
    let index = Form { depth: 8, colour: 3, interlaced: false }.file(&[], |x, y| vec![quarter(x, y)]);
    let clear =
        RgbaImage::from_fn(SIZE.0, SIZE.1, |x, y| Rgba([9, 9, 9, if quarter(x, y) == 0 { 0 } else { 255 }]));
    let mut all = kinds();
    all.extend(
        [
            ("png-animated", with_chunks(&[frames, control]), Wanted::Quarters),
            ("png-half", plain[..plain.len() / 2].to_vec(), Wanted::Code(codes::REFUSAL_TRUNCATED)),
            ("png-head-alone", plain[..33].to_vec(), Wanted::Code(codes::REFUSAL_TRUNCATED)),
            ("png-wrong-sum", sum, damaged),
            ("png-trailing-bytes", [plain.as_slice(), &[0x5a; 3000]].concat(), Wanted::Quarters),
            ("png-bomb", with_size(60_000, 60_000), Wanted::Code(codes::REFUSAL_PICTURE_TOO_LARGE)),
            ("png-too-many-pixels", with_size(9_000, 9_000), Wanted::Code(codes::REFUSAL_PICTURE_TOO_LARGE)),
            ("png-larger-than-its-data", with_size(64, 480), damaged),
            ("png-no-columns", with_size(0, 48), damaged),
            ("png-palette-without-colours", index, damaged),
            ("png-clear-quarter", encoded(&DynamicImage::ImageRgba8(clear), ImageFormat::Png), Wanted::Any),
        ]
        .map(|(name, bytes, wanted)| (name.to_owned(), bytes, wanted)),
    );
    all
}
