//! What an adapter sees when it shows a stage, and how it puts sentences into the screen's language.

use super::{Keyboard, Pictures};
use crate::vault::Vault;
use sentences::{Code, Lang};
use slint::SharedString;
use standard::Background;
use ui::{AppWindow, Screen};
use visit::{StaffPanel, Visit};

/// The school and the telephone in the top bar and the foot while no student is here.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The school's name.
    pub school: String,
    /// The registry's telephone number.
    pub phone: String,
}

/// What adapters need to show a stage.
pub struct Scene<'a> {
    /// The window.
    pub window: &'a AppWindow,
    /// What the top bar says while no student is here.
    pub home: &'a Home,
    /// The visit.
    pub visit: &'a Visit,
    /// The staff panel, which covers a kiosk at rest.
    pub panel: &'a StaffPanel,
    /// The pictures of the visit.
    pub vault: &'a Vault,
    /// Pictures already turned into what the screen shows.
    pub pictures: &'a Pictures,
    /// What is being typed, where a screen has a keyboard.
    pub keyboard: &'a Keyboard,
}

impl Scene<'_> {
    /// The language of the screen.
    #[must_use]
    pub fn lang(&self) -> Lang {
        if self.visit.presentation().english { Lang::En } else { Lang::Zh }
    }

    /// The name of a background colour, in the screen's language.
    #[must_use]
    pub fn label(&self, background: &Background) -> SharedString {
        match self.lang() {
            Lang::Zh => background.zh.as_str().into(),
            Lang::En => background.en.as_str().into(),
        }
    }

    /// A sentence without placeholders, in the screen's language.
    #[must_use]
    pub fn say(&self, code: Code) -> SharedString {
        sentences::say(code, self.lang(), &[]).into()
    }

    /// A sentence with placeholders, in the screen's language.
    #[must_use]
    pub fn say_with(&self, code: Code, args: &[(&'static str, String)]) -> SharedString {
        let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
        sentences::say(code, self.lang(), &args).into()
    }

    /// The remedy: the sentence's second half, empty where it has none.
    #[must_use]
    pub fn remedy(&self, code: Code, args: &[(&'static str, String)]) -> SharedString {
        code.remedy().map(|code| self.say_with(code, args)).unwrap_or_default()
    }
}

/// The look of a stage.
#[derive(Clone, Copy)]
pub(super) struct Face {
    /// Its name in reports; states that look different have different names.
    pub name: &'static str,
    /// The screen that is switched to; `None`: the one that is there stays.
    pub screen: Option<Screen>,
}

impl Face {
    pub(super) const fn of(name: &'static str, screen: Screen) -> Face {
        Face { name, screen: Some(screen) }
    }
}

/// A stage that an adapter can show.
pub(super) trait Shown {
    /// Its look.
    fn face(&self) -> Face;

    /// Sets the screen's global.
    fn show(&self, scene: &Scene<'_>);

    /// Whether the keyboard may write into one of the screen's fields; it is put away otherwise.
    fn has_keyboard(&self) -> bool {
        false
    }
}
