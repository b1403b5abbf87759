//! What kind of file the first bytes announce. Endings lie, so names are never looked at.

/// A file format, as far as its first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Read by the strict JPEG way.
    Jpeg,
    /// Read by way of `image`.
    Plain(image::ImageFormat),
    /// A picture format that is not read, by its name.
    Unread(&'static str),
    /// Something else altogether.
    Unknown,
}

/// Formats that phones, scanners and designers hand over and that are told by name instead of being "no picture".
const UNREAD: [(&[u8], &str); 9] = [
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"GIF8", "GIF"),
    (b"8BPS", "PSD"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"II\xbc", "JPEG XR"),
];
/// Brands of ISO base media files (ISO/IEC 14496-12) that hold pictures.
const BRANDS: [(&[u8], &str); 9] = [
    (b"heic", "HEIC"),
    (b"heix", "HEIC"),
    (b"heim", "HEIC"),
    (b"heis", "HEIC"),
    (b"hevc", "HEIC"),
    (b"mif1", "HEIC"),
    (b"msf1", "HEIC"),
    (b"avif", "AVIF"),
    (b"avis", "AVIF"),
];

impl Kind {
    /// The kind that `bytes` announce.
    pub(super) fn of(bytes: &[u8]) -> Kind {
        use image::ImageFormat as F;
        match bytes {
            [0xff, 0xd8, ..] => Kind::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Kind::Plain(F::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::Plain(F::WebP),
            [b'B', b'M', ..] => Kind::Plain(F::Bmp),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
                let named = BRANDS.iter().find(|(b, _)| brand.starts_with(b));
                named.map_or(Kind::Unknown, |(_, name)| Kind::Unread(name))
            }
            _ => {
                let named = UNREAD.iter().find(|(magic, _)| bytes.starts_with(magic));
                named.map_or(Kind::Unknown, |(_, name)| Kind::Unread(name))
            }
        }
    }
}
