//! Pictures of the visit at the exact size the screen shows, made once and forgotten with the visit.

use crate::preview::fitted;
use crate::vault::Vault;
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use visit::FrameId;

type Key = (FrameId, (u32, u32));

/// Pictures by handle and size.
#[derive(Default)]
pub struct Pictures {
    made: RefCell<BTreeMap<Key, Image>>,
    code: RefCell<Option<(String, Image)>>,
}

impl Pictures {
    /// A captured frame, centred and cropped to the shape that is shown.
    pub fn capture(&self, vault: &Vault, id: FrameId, size: (u32, u32)) -> Image {
        self.once((id, size), || {
            vault.with_capture(id, |c| fitted(&c.image, size)).flatten().map(Image::from_rgb8)
        })
    }

    /// A finished portrait.
    pub fn portrait(&self, vault: &Vault, id: FrameId, size: (u32, u32)) -> Image {
        self.once((id, size), || {
            let picture = vault.with_portrait(id, portrait::decode)?.ok()?;
            fitted(&picture, size).map(Image::from_rgb8)
        })
    }

    /// The admission photo as shown next to the portrait; `None` where it cannot be shown.
    pub fn admission(&self, vault: &Vault, id: FrameId) -> Option<Image> {
        let shown = vault.with_admission(id, |photo| photo.shown.clone()).flatten()?;
        Some(self.once((id, ui::size::REFERENCE), || Some(Image::from_rgb8(shown))))
    }

    /// A QR code of this text: whole pixels a module, quiet zone of four.
    pub fn code(&self, text: &str) -> Image {
        if text.is_empty() {
            return Image::default();
        }
        if let Some((known, image)) = self.code.borrow().as_ref()
            && known == text
        {
            return image.clone();
        }
        let image = draw_code(text).unwrap_or_default();
        *self.code.borrow_mut() = Some((text.to_owned(), image.clone()));
        image
    }

    /// Lets go of every picture.
    pub fn wipe(&self) {
        self.made.borrow_mut().clear();
        *self.code.borrow_mut() = None;
    }

    fn once(&self, key: Key, make: impl FnOnce() -> Option<Image>) -> Image {
        if let Some(image) = self.made.borrow().get(&key) {
            return image.clone();
        }
        let Some(image) = make() else { return Image::default() };
        self.made.borrow_mut().insert(key, image.clone());
        image
    }
}

fn draw_code(text: &str) -> Option<Image> {
    /// Smallest side of a code on the screen, pixels.
    const SIDE: usize = 300;
    let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
    let modules = code.width() + 8;
    let scale = SIDE.div_ceil(modules).max(1);
    let side = u32::try_from(modules * scale).ok()?;
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(side, side);
    let colours = code.to_colors();
    for (i, pixel) in buffer.make_mut_slice().iter_mut().enumerate() {
        let (x, y) = (i % side as usize / scale, i / side as usize / scale);
        let inside = (4..modules - 4).contains(&x) && (4..modules - 4).contains(&y);
        let dark = inside && colours[(y - 4) * code.width() + x - 4] == qrcode::Color::Dark;
        *pixel = if dark { Rgb8Pixel::new(0, 0, 0) } else { Rgb8Pixel::new(255, 255, 255) };
    }
    Some(Image::from_rgb8(buffer))
}
