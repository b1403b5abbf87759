//! The part of the picture that is the matting network's input: the portrait's frame and some space around it.

use crate::find::Mesh;
use crate::geometry::{Point, Window};
use image::RgbImage;
use standard::Preset;

/// Room left, right and above, over the portrait's width; 60 of 480 pixels.
const ROOM: f32 = 0.125;
/// Room below, over the portrait's width; 30 of 480 pixels.
const ROOM_BELOW: f32 = 0.0625;

/// Width over height of a full region of the 480 x 640 portrait.
const FULL: f32 = 600.0 / 730.0;

/// An upright rectangle of the picture, pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Region {
    /// The whole picture.
    pub(crate) fn of_picture(picture: &RgbImage) -> Region {
        Region { left: 0.0, top: 0.0, width: picture.width() as f32, height: picture.height() as f32 }
    }

    /// What `portrait` shows.
    pub(crate) fn frame(portrait: &Window, preset: &Preset) -> Region {
        Region {
            left: portrait.origin.x,
            top: portrait.origin.y,
            width: preset.size.width as f32 / portrait.scale,
            height: preset.size.height as f32 / portrait.scale,
        }
    }

    /// The frame of `portrait` with room around it.
    pub(crate) fn around(portrait: &Window, preset: &Preset) -> Region {
        let Region { left, top, width, height } = Region::frame(portrait, preset);
        Region {
            left: left - ROOM * width,
            top: top - ROOM * width,
            width: width * (1.0 + 2.0 * ROOM),
            height: height + (ROOM + ROOM_BELOW) * width,
        }
    }

    /// The part inside of `other`, to whole pixels outwards. Beyond the picture there is nothing to show a network: it takes
    /// repeated pixels for background and lets the person fade at the edge.
    pub(crate) fn within(&self, other: &Region) -> Region {
        let left = self.left.max(other.left).floor();
        let top = self.top.max(other.top).floor();
        let right = (self.left + self.width).min(other.left + other.width).ceil();
        let low = (self.top + self.height).min(other.top + other.height).ceil();
        Region { left, top, width: (right - left).max(1.0), height: (low - top).max(1.0) }
    }

    /// Where the portrait will probably be, from the face alone: hair usually begins 1.2 times the distance of eyes and chin
    /// above the eyes.
    pub(crate) fn guess(face: &Mesh, preset: &Preset) -> Region {
        let place = &preset.placement;
        let ([eye, other], [cheek, far]) = (face.eye_centres(), face.cheeks());
        let (eyes, width) = (eye.midpoint(other), face.width().max(1.0));
        let axis = f32::midpoint(eyes.x, cheek.midpoint(far).x);
        let hair = 1.2 * (face.chin().y - eyes.y).max(0.5 * width);
        let by_width = place.face_width.middle() as f32 / width;
        let by_hair = (place.eye_line.middle() - place.hair_top.middle()) as f32 / hair;
        let (least, most) = (place.face_width.min as f32 / width, place.face_width.max as f32 / width);
        let mut scale = f32::midpoint(by_width, by_hair).clamp(least, most);
        if scale > 1.0 {
            scale = least.max(1.0);
        }
        let origin = Point::new(
            axis - preset.size.width as f32 / 2.0 / scale,
            eyes.y - place.eye_line.middle() as f32 / scale,
        );
        Region::around(&Window::new(origin, scale), preset)
    }

    /// A larger region for tall hair: a third more on top and half of that on each side, so that its shape stays.
    pub(crate) fn raised(&self) -> Region {
        let more = self.height / 3.0;
        Region {
            left: self.left - self.width / 6.0,
            top: self.top - more,
            width: self.width * 4.0 / 3.0,
            height: self.height + more,
        }
    }

    /// The window through which `width` x `height` pixels show this region.
    pub(crate) fn window(&self, width: usize, height: usize) -> Window {
        Window {
            origin: Point::new(self.left, self.top),
            scale: width as f32 / self.width,
            scale_y: height as f32 / self.height,
        }
    }

    /// Whether `other` lies inside.
    pub(crate) fn covers(&self, other: &Region) -> bool {
        other.left >= self.left
            && other.top >= self.top
            && other.left + other.width <= self.left + self.width
            && other.top + other.height <= self.top + self.height
    }

    /// What a network of `width` x `height` for a full region sees of this one: as many pixels for each part of the picture,
    /// in multiples of 32.
    pub(crate) fn pixels(&self, width: usize, height: usize) -> (usize, usize) {
        let shape = FULL / (self.width / self.height);
        let side = |v: f32, most: usize| ((v / 32.0).round() as usize).clamp(3, most / 32) * 32;
        if shape >= 1.0 {
            (side(width as f32 / shape, width), height)
        } else {
            (width, side(height as f32 * shape, height))
        }
    }
}
