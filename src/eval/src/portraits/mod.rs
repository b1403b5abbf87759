//! Measurements of the photo engine.

pub mod compare;
/// The edits of the same photograph that the tests of `portrait` make.
#[path = "../../../portrait/tests/same_photo/edits.rs"]
mod edits;
pub mod faces;
pub mod faults;
mod fringe;
pub mod live_times;
/// The faults that the tests of `portrait` make on licence-clean pictures; here they are made on a whole set.
#[path = "../../../portrait/tests/faults/make.rs"]
mod make;
pub mod matte;
mod matte_scene;
pub mod pose;
pub mod quality;
pub mod same_photo;
pub mod stages;
mod subjects;
/// The turned heads of the same tests.
#[path = "../../../portrait/tests/faults/turn.rs"]
mod turn;
mod walls;

use portrait::{Engine, find_models};
use standard::Preset;

/// The product's route among [`portrait::ROUTES`].
const PRODUCT_ROUTE: usize = 6;

fn engine() -> anyhow::Result<Engine> {
    Ok(Engine::open(&find_models(None))?)
}

fn preset() -> anyhow::Result<Preset> {
    Ok(Preset::parse(include_str!("../../../../kiosk-config/presets/chsi.toml"))?)
}
