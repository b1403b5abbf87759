//! The part of the picture that the matting network sees: the portrait's frame and some room around it.

use crate::find::Face;
use crate::geometry::{Point, Window};
use standard::Preset;

/// Room left, right and above, over the portrait's width; 60 of 480 pixels.
const ROOM: f32 = 0.125;
/// Room below, over the portrait's width; 30 of 480 pixels.
const ROOM_BELOW: f32 = 0.0625;

/// An upright rectangle of the picture, pixels. It may reach over the picture's edge, whose pixels are then repeated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Region {
    /// The frame of `portrait` with room around it.
    pub(crate) fn around(portrait: &Window, preset: &Preset) -> Region {
        let (w, h) = (preset.size.width as f32 / portrait.scale, preset.size.height as f32 / portrait.scale);
        Region {
            left: portrait.origin.x - ROOM * w,
            top: portrait.origin.y - ROOM * w,
            width: w * (1.0 + 2.0 * ROOM),
            height: h + (ROOM + ROOM_BELOW) * w,
        }
    }

    /// Where the portrait will probably be, from the face alone: hair usually begins 1.2 times the distance of eyes and chin
    /// above the eyes.
    pub(crate) fn guess(face: &Face, preset: &Preset) -> Region {
        let place = &preset.placement;
        let (eyes, width) = (face.eyes(), face.width().max(1.0));
        let hair = 1.2 * (face.chin().y - eyes.y).max(0.5 * width);
        let by_width = place.face_width.middle() as f32 / width;
        let by_hair = (place.eye_line.middle() - place.hair_top.middle()) as f32 / hair;
        let (least, most) = (place.face_width.min as f32 / width, place.face_width.max as f32 / width);
        let mut scale = f32::midpoint(by_width, by_hair).clamp(least, most);
        if scale > 1.0 {
            scale = least.max(1.0);
        }
        let origin = Point::new(
            face.axis() - preset.size.width as f32 / 2.0 / scale,
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

    /// Whether the frame of `portrait` lies inside.
    pub(crate) fn covers(&self, portrait: &Window, preset: &Preset) -> bool {
        let (w, h) = (preset.size.width as f32 / portrait.scale, preset.size.height as f32 / portrait.scale);
        portrait.origin.x >= self.left
            && portrait.origin.y >= self.top
            && portrait.origin.x + w <= self.left + self.width
            && portrait.origin.y + h <= self.top + self.height
    }
}
