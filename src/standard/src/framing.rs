//! How a student is framed before the camera: the part of a frame that the preview shows, and where its oval asks for the face.
//! The live verdict judges by it and the screen draws it, so both take it from here.

/// Width to height of the preview before the camera: the shape of the portrait.
pub const PREVIEW: (u32, u32) = (3, 4);

/// An upright ellipse, in fractions of the preview's width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oval {
    /// Its centre, from the left and from the top.
    pub centre: (f32, f32),
    /// Half its width and half its height.
    pub radii: (f32, f32),
}

/// The oval of the preview: who fills it gets a portrait with the head where the standard asks for it.
pub const OVAL: Oval = Oval { centre: (0.5, 0.39), radii: (0.267, 0.275) };

/// A part of a frame, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// From the frame's left edge.
    pub x: u32,
    /// From its upper edge.
    pub y: u32,
    /// At least 1.
    pub width: u32,
    /// At least 1.
    pub height: u32,
}

/// The centre of a frame of the size `frame`, as large as fits, in the shape of `shown`. Sides of zero count as one.
#[must_use]
pub fn centre_of(frame: (u32, u32), shown: (u32, u32)) -> Crop {
    let (fw, fh) = (u64::from(frame.0), u64::from(frame.1));
    let (sw, sh) = (u64::from(shown.0.max(1)), u64::from(shown.1.max(1)));
    let (w, h) = if fw * sh > fh * sw { (fh * sw / sh, fh) } else { (fw, fw * sh / sw) };
    let small = |v: u64| u32::try_from(v).unwrap_or(u32::MAX);
    Crop { x: small((fw - w) / 2), y: small((fh - h) / 2), width: small(w.max(1)), height: small(h.max(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crop_is_centred_and_has_the_shape_of_what_is_shown() {
        let crop = |x, y, width, height| Crop { x, y, width, height };
        assert_eq!(centre_of((1280, 720), (816, 1088)), crop(370, 0, 540, 720));
        assert_eq!(centre_of((1280, 720), PREVIEW), crop(370, 0, 540, 720));
        assert_eq!(centre_of((720, 1280), (1080, 960)), crop(0, 320, 720, 640));
    }
}
