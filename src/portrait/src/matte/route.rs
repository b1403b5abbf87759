//! Routes to a matte. Network, size and edge treatment are fixed together, because quality is not monotonic in size and only
//! measured combinations are used (docs/MEASUREMENTS.md, "Routes to a matte").

use crate::geometry::Window;
use crate::matte::region::Region;
use crate::models::{EngineError, Models, Network};
use crate::plane::Plane;
use crate::resample::{Space, cut};
use image::RgbImage;

/// A way to a matte and to clean colours at its edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route {
    /// What the table calls it.
    pub name: &'static str,
    network: Network,
    sight: Sight,
    pub(super) edge: Edge,
    /// Whether the old background's colour is taken out of the edge.
    pub(super) cleaned: bool,
}

/// What the network sees.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sight {
    /// The portrait's surroundings, at so many pixels for a full region.
    Region(usize, usize),
    /// The same, always a square of so many pixels.
    Square(usize),
    /// The whole picture at a short side of 512 pixels.
    Picture,
}

/// What is done to the network's edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Edge {
    /// Nothing.
    Raw,
    /// Its faintest and its fullest shares are stretched away.
    Contrast,
    /// It is found anew between what is sure, by closed-form matting.
    ClosedForm,
}

/// The product's: closed form and clean colours on a size that loses nothing against larger ones that a portrait shows, in three
/// quarters of their time.
pub(crate) const BEST: Route = Route {
    name: "8 bits 352x416, closed form, clean colours (the product's)",
    network: Network::Matte,
    sight: Sight::Region(352, 416),
    edge: Edge::ClosedForm,
    cleaned: true,
};

/// The quick one: single hairs soften.
pub(crate) const FAST: Route = Route {
    name: "8 bits 352x416, contrast, clean colours (`--fast`)",
    sight: Sight::Region(352, 416),
    edge: Edge::Contrast,
    ..BEST
};

/// Every route that was compared; the first is MODNet alone, as others run it.
pub const ROUTES: [Route; 9] = [
    Route {
        name: "MODNet alone, 32 bits, whole picture",
        network: Network::MatteWide,
        sight: Sight::Picture,
        edge: Edge::Raw,
        cleaned: false,
    },
    Route { name: "8 bits 352x416 alone", edge: Edge::Raw, cleaned: false, ..FAST },
    FAST,
    Route {
        name: "8 bits 416x480, contrast, clean colours",
        sight: Sight::Region(416, 480),
        edge: Edge::Contrast,
        ..BEST
    },
    Route { name: "8 bits 416x480, closed form, clean colours", sight: Sight::Region(416, 480), ..BEST },
    Route { name: "8 bits 384x448, closed form, clean colours", sight: Sight::Region(384, 448), ..BEST },
    BEST,
    Route { name: "32 bits 352x416, closed form, clean colours", network: Network::MatteWide, ..BEST },
    Route {
        name: "selfie mask, closed form, clean colours",
        network: Network::Mask,
        sight: Sight::Square(256),
        ..BEST
    },
];

/// Sides of what the network sees of a whole picture, pixels: the short one, unless the long one becomes too long.
const SCENE_SHORT: f32 = 512.0;
const SCENE_LONG: f32 = 1024.0;

impl Route {
    /// The network's matte of what `region` sees, or of the whole picture.
    pub(crate) fn look(
        &self,
        models: &Models,
        picture: &RgbImage,
        region: &Region,
    ) -> Result<(Plane, Window), EngineError> {
        let (region, (w, h)) = match self.sight {
            Sight::Region(w, h) => (*region, region.pixels(w, h)),
            Sight::Square(side) => (*region, (side, side)),
            Sight::Picture => return self.look_at_all(models, picture),
        };
        self.see(models, picture, &region.window(w, h), (w, h))
    }

    /// The network's matte of the whole picture, for those who ask for all of it; at the size at which it was trained.
    pub(crate) fn look_at_all(
        &self,
        models: &Models,
        picture: &RgbImage,
    ) -> Result<(Plane, Window), EngineError> {
        let (w, h) = (picture.width() as f32, picture.height() as f32);
        let scale = (SCENE_SHORT / w.min(h)).min(SCENE_LONG / w.max(h));
        let side = |v: f32| ((v * scale / 32.0).round().max(1.0) as usize) * 32;
        let (w, h) = (side(w), side(h));
        self.see(models, picture, &Region::of_picture(picture).window(w, h), (w, h))
    }

    fn see(
        &self,
        models: &Models,
        picture: &RgbImage,
        window: &Window,
        (w, h): (usize, usize),
    ) -> Result<(Plane, Window), EngineError> {
        let seen = cut(picture, window, w, h, Space::Encoded);
        let outputs = if self.network == Network::Mask {
            models.run(self.network, &[1, h, w, 3], seen.data.as_flattened())?
        } else {
            let mut input = Vec::with_capacity(3 * w * h);
            (0..3).for_each(|c| input.extend(seen.data.iter().map(|p| p[c] * 2.0 - 1.0)));
            models.run(self.network, &[1, 3, h, w], &input)?
        };
        let data = outputs.into_iter().map(|(_, v)| v).find(|v| v.len() == w * h);
        let malformed =
            || EngineError::Failed { name: self.network.name(), reason: "unexpected output".into() };
        Ok((Plane { width: w, height: h, data: data.ok_or_else(malformed)? }, *window))
    }
}
