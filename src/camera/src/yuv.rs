//! Uncompressed frames to RGB: ITU-R BT.601, studio range, as UVC cameras send them.

use image::RgbImage;

use crate::bad_frame::BadFrame;

/// YUV 4:2:2, Y U Y V.
pub(crate) fn from_yuyv(bytes: &[u8], width: u32, height: u32) -> Result<RgbImage, BadFrame> {
    let need = width as usize * height as usize * 2;
    let bytes = checked(bytes, need, width, height)?;
    let mut out = Vec::with_capacity(need / 2 * 3);
    for pair in bytes.chunks_exact(4) {
        let (u, v) = (pair[1], pair[3]);
        out.extend(rgb(pair[0], u, v));
        out.extend(rgb(pair[2], u, v));
    }
    image(width, height, out)
}

/// YUV 4:2:0: a plane of Y, then a plane of U V pairs.
pub(crate) fn from_nv12(bytes: &[u8], width: u32, height: u32) -> Result<RgbImage, BadFrame> {
    let (w, h) = (width as usize, height as usize);
    let need = w * h * 3 / 2;
    let bytes = checked(bytes, need, width, height)?;
    let (luma, chroma) = bytes.split_at(w * h);
    let mut out = Vec::with_capacity(w * h * 3);
    for y in 0..h {
        for x in 0..w {
            let pair = (y / 2) * w + x / 2 * 2;
            out.extend(rgb(luma[y * w + x], chroma[pair], chroma[pair + 1]));
        }
    }
    image(width, height, out)
}

/// The first `need` bytes: drivers may append padding. Too few bytes, or odd sides, which these formats do not have, are a
/// damaged frame.
fn checked(bytes: &[u8], need: usize, width: u32, height: u32) -> Result<&[u8], BadFrame> {
    let odd = width % 2 == 1 || height % 2 == 1;
    match bytes.get(..need) {
        Some(bytes) if need > 0 && !odd => Ok(bytes),
        _ => Err(BadFrame::Length { have: bytes.len(), need }),
    }
}

fn image(width: u32, height: u32, pixels: Vec<u8>) -> Result<RgbImage, BadFrame> {
    let have = pixels.len();
    let need = width as usize * height as usize * 3;
    RgbImage::from_raw(width, height, pixels).ok_or(BadFrame::Length { have, need })
}

/// BT.601 in integers with 8 bits of fraction.
fn rgb(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (298 * (i32::from(y) - 16), i32::from(u) - 128, i32::from(v) - 128);
    let byte = |value: i32| ((value + 128) >> 8).clamp(0, 255) as u8;
    [byte(y + 409 * v), byte(y - 100 * u - 208 * v), byte(y + 516 * u)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_white_and_red_come_out() {
        assert_eq!(rgb(16, 128, 128), [0, 0, 0]);
        assert_eq!(rgb(235, 128, 128), [255, 255, 255]);
        let red = rgb(81, 90, 240);
        assert!(red[0] > 250 && red[1] < 5 && red[2] < 5, "{red:?}");
    }

    #[test]
    fn both_formats_agree_on_a_flat_picture() {
        let yuyv = from_yuyv(&[81, 90, 81, 240].repeat(8), 4, 4).expect("whole");
        let nv12 = from_nv12(&[vec![81; 16], [90, 240].repeat(4)].concat(), 4, 4).expect("whole");
        assert_eq!(yuyv, nv12);
        assert!(from_yuyv(&[0; 31], 4, 4).is_err());
    }
}
