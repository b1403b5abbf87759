//! The demo student: a recording that does what a person would do who sees the screen. It is cued by what the screen asks for,
//! holds a phone up or stands before the camera, and supplies frames and nothing else; the kiosk is not told what is on them.

use crate::config::CameraChoice;
use camera::{Clip, Motion, SceneControl};
use std::path::Path;
use visit::Stage;

/// Height of the picture in frame heights: the demo's head-and-shoulders pictures fill the oval at this size.
const NEAR: f32 = 1.12;

/// A student of flesh and blood would look at the screen; this one is told its name.
pub struct DemoStudent {
    director: SceneControl,
    phone: Clip,
    person: Clip,
    shows_phone: Option<bool>,
}

impl DemoStudent {
    /// A demo student for that choice of camera, if it is one.
    #[must_use]
    pub fn new(choice: &CameraChoice, director: SceneControl) -> Option<DemoStudent> {
        let CameraChoice::Demo { code, person, .. } = choice else { return None };
        let person = Clip { zoom: Some(NEAR), motion: Some(Motion::Enter), ..Clip::person(person) };
        Some(DemoStudent { director, phone: Clip::phone(code), person, shows_phone: None })
    }

    /// Does what the screen asks for.
    pub fn look(&mut self, stage: &Stage) {
        let phone = matches!(stage, Stage::Scan(_));
        if self.shows_phone == Some(phone) {
            return;
        }
        let clip = if phone { &self.phone } else { &self.person };
        match self.director.play(clip, Path::new("")) {
            Ok(()) => self.shows_phone = Some(phone),
            Err(error) => tracing::error!(%error, "the demo recording cannot be played"),
        }
    }
}
