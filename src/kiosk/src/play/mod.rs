//! `kiosk play`: a visit without a display. A script says what the camera sees and what is touched; everything else (codes,
//! verdicts, replies) comes from the same camera path, engine, store and network as on a collection day.

mod player;
mod script;
mod summary;

pub use player::play;
pub use script::{Script, ScriptError, Step};
pub use summary::{Shot, Summary};
