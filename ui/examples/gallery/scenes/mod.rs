//! The scenes: screens in a state, a language, a size, with or without large text and high contrast.

/// Sets properties of a screen's global.
macro_rules! fill {
    ($app:ident . $global:ident { $($set:ident: $value:expr),* $(,)? }) => {{
        let view = slint::ComponentHandle::global::<$global<'_>>($app);
        $(view.$set(($value).into());)*
    }};
}

mod ask;
mod common;
mod identification;
mod other_flows;
mod school;
mod staff;
mod visit;

use slint::ComponentHandle as _;
use std::error::Error;
use ui::{AppWindow, Theme, speak};

/// One picture to take.
pub struct Scene {
    pub name: String,
    /// Which of the forms below; `plain` is none of them.
    pub form: &'static str,
    pub size: (u32, u32),
    large: bool,
    contrast: bool,
    english: bool,
    play: fn(&AppWindow),
}

impl Scene {
    fn of(name: &str, play: fn(&AppWindow)) -> Self {
        Self {
            name: name.into(),
            form: "plain",
            size: (1080, 1920),
            large: false,
            contrast: false,
            english: false,
            play,
        }
    }
    fn varied(&self, suffix: &'static str, change: fn(&mut Self)) -> Self {
        let mut scene = Self { name: format!("{}-{suffix}", self.name), form: suffix, ..*self };
        change(&mut scene);
        scene
    }

    /// Brings the window into this scene.
    pub fn set(&self, app: &AppWindow) -> Result<(), Box<dyn Error>> {
        app.global::<Theme<'_>>().set_large(self.large);
        app.global::<Theme<'_>>().set_contrast(self.contrast);
        speak(app, self.english)?;
        common::chrome(app);
        (self.play)(app);
        Ok(())
    }
}

type Named = (&'static str, fn(&AppWindow));

/// Every screen in portrait; then its English, large, high-contrast and landscape forms.
pub fn all() -> Vec<Scene> {
    let families: [&[Named]; 6] = [
        identification::SCENES,
        visit::SCENES,
        school::SCENES,
        ask::SCENES,
        other_flows::SCENES,
        staff::SCENES,
    ];
    let mut every = Vec::new();
    for (name, play) in families.into_iter().flatten() {
        let scene = Scene::of(name, *play);
        for (suffix, change) in FORMS {
            every.push(scene.varied(suffix, *change));
        }
        every.push(scene);
    }
    every
}

type Change = fn(&mut Scene);
const FORMS: &[(&str, Change)] = &[
    ("en", |s| s.english = true),
    ("large", |s| s.large = true),
    ("contrast", |s| (s.contrast, s.large) = (true, true)),
    ("landscape", |s| s.size = (1920, 1080)),
    ("small", |s| (s.size, s.english) = ((1280, 800), true)),
];
