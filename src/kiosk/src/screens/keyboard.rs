//! The on-screen keyboard's adapter: keys become characters of the field that is written into. Nothing is remembered between two
//! fields.

use super::OnTouch;
use crate::typing::{Composer, Edit, Field, Key, PAGE, Plane, Purpose};
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use std::cell::RefCell;
use std::rc::Rc;
use ui::{AppWindow, AskView, KeyPlane, KeyboardView, Reset as _, Theme};
use visit::{Keystroke, Touch};

/// Design pixels of the keyboard's width that the bar of candidates does not have: margins and the chevron.
const OUTSIDE_BAR: f32 = 52.0 + 112.0 + 12.0;
/// Widths of the keyboard: upright and on a large screen, on a small one lying down.
const WIDE: (f32, f32) = (1080.0, 960.0);
/// A candidate's padding, its least width and the gap behind it.
const PADDING: (f32, f32, f32) = (56.0, 96.0, 12.0);

/// The keyboard's memory, shared by its callbacks and the screens that show it.
#[derive(Clone, Default)]
pub struct Keyboard(Rc<RefCell<Memory>>);

#[derive(Default)]
struct Memory {
    composer: Composer,
    /// Whether the text of the field is complete.
    can_go_on: bool,
    done: SharedString,
    missing: SharedString,
}

/// The field that the keyboard writes into now.
pub(super) struct Writing<'a> {
    /// Tells this field from the visit's other fields, 0..=63.
    pub place: u64,
    pub purpose: Purpose,
    pub text: &'a str,
    pub can_go_on: bool,
    pub busy: bool,
    /// Words of the last key, and of what is missing.
    pub done: SharedString,
    pub missing: SharedString,
}

impl Keyboard {
    /// Overwrites the composition; no field is written into any more.
    fn forget(&self) {
        let memory = &mut *self.0.borrow_mut();
        memory.composer.attend(Field::default());
        memory.composer.forget();
        memory.can_go_on = false;
        (memory.done, memory.missing) = (SharedString::default(), SharedString::default());
    }

    /// Whether nothing is composed and no candidate is remembered.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        let composer = &self.0.borrow().composer;
        composer.letters().is_empty() && composer.shown().0.is_empty()
    }

    /// Composes these letters, as if they were typed.
    #[cfg(test)]
    pub(crate) fn compose(&self, letters: &str) {
        for letter in letters.chars() {
            self.0.borrow_mut().composer.press(Key::Letter(letter));
        }
    }

    fn press(&self, window: &AppWindow, touch: &OnTouch, key: Key) {
        let (edits, search) = {
            let composer = &mut self.0.borrow_mut().composer;
            (composer.press(key), composer.field().purpose == Purpose::Search)
        };
        for edit in edits {
            touch(match edit {
                // A search goes on with the only one that is found.
                Edit::Done if search => Touch::Row(0),
                Edit::Write(c) => Touch::Key(Keystroke::Char(c)),
                Edit::Rub => Touch::Key(Keystroke::Backspace),
                Edit::Clear => Touch::Key(Keystroke::Clear),
                Edit::Done => Touch::GoOn,
            });
        }
        self.paint(window);
    }

    /// Shows what the composer remembers.
    fn paint(&self, window: &AppWindow) {
        let memory = self.0.borrow();
        let composer = &memory.composer;
        let view = window.global::<KeyboardView<'_>>();
        let (shown, page, pages) = composer.shown();
        let words: Vec<SharedString> = shown.iter().map(|c| c.text.as_str().into()).collect();
        let fitting = fitting(window, &words);
        view.set_plane(match composer.plane() {
            Plane::Pinyin => KeyPlane::Pinyin,
            Plane::Latin => KeyPlane::Latin,
            Plane::Digits => KeyPlane::Digits,
        });
        view.set_capital(composer.is_capital());
        view.set_more(words.len() > fitting || pages > 1);
        view.set_bar(list(words.iter().take(fitting).cloned().collect()));
        view.set_sheet(list(words.into_iter().take(PAGE).collect()));
        view.set_sheet_open(composer.sheet_is_open());
        view.set_page(i32::try_from(page).unwrap_or_default());
        view.set_pages(i32::try_from(pages).unwrap_or(1));
        view.set_no_sound(composer.is_no_sound());
        view.set_composing(!composer.letters().is_empty());
        let field = composer.field();
        view.set_dot(field.purpose == Purpose::Name && composer.plane() != Plane::Latin);
        let composing = if field.purpose == Purpose::Search { "" } else { composer.letters() };
        // What is being composed can always be taken.
        let enabled = memory.can_go_on || !composing.is_empty() && !composer.is_no_sound();
        view.set_done(if enabled { memory.done.clone() } else { memory.missing.clone() });
        view.set_done_enabled(enabled);
        window.global::<AskView<'_>>().set_composing(composing.into());
    }

    /// Writes into this field of a visit from now on.
    pub(super) fn show(&self, window: &AppWindow, visit: u64, writing: Writing<'_>) {
        let id = visit.wrapping_mul(64).wrapping_add(writing.place);
        {
            let mut memory = self.0.borrow_mut();
            memory.composer.attend(Field::of(id, writing.purpose, writing.text));
            (memory.done, memory.missing) = (writing.done, writing.missing);
            memory.can_go_on = writing.can_go_on;
        }
        window.global::<KeyboardView<'_>>().set_busy(writing.busy);
        self.paint(window);
    }

    /// No field is written into by this screen.
    pub(super) fn rest(&self, window: &AppWindow) {
        if self.0.borrow().composer.field() != Field::default() {
            self.forget();
            self.paint(window);
        }
    }
}

fn list(words: Vec<SharedString>) -> ModelRc<SharedString> {
    ModelRc::new(VecModel::from(words))
}

/// How many candidates the bar holds, at least one.
fn fitting(window: &AppWindow, words: &[SharedString]) -> usize {
    let theme = window.global::<Theme<'_>>();
    let character: f32 = if theme.get_large() { 48.0 } else { 40.0 };
    let size = window.window().size().to_logical(window.window().scale_factor());
    let narrow = size.width > size.height && size.width < 1800.0;
    let bar = if narrow { WIDE.1 } else { WIDE.0 } - OUTSIDE_BAR;
    let mut right = 0.0;
    let places = words.iter().map(|word| {
        right += (word.chars().count() as f32 * character + PADDING.0).max(PADDING.1) + PADDING.2;
        right
    });
    places.take_while(|right| *right <= bar + PADDING.2).count().max(1)
}

pub(super) fn wire(window: &AppWindow, touch: &OnTouch, keyboard: &Keyboard) {
    let view = window.global::<KeyboardView<'_>>();
    let (weak, k, t) = (window.as_weak(), keyboard.clone(), touch.clone());
    view.on_key(move |name| {
        if let (Some(window), Some(key)) = (weak.upgrade(), Key::named(&name)) {
            k.press(&window, &t, key);
        }
    });
    let (weak, k, t) = (window.as_weak(), keyboard.clone(), touch.clone());
    view.on_choose(move |n| {
        if let (Some(window), Ok(n)) = (weak.upgrade(), usize::try_from(n)) {
            k.press(&window, &t, Key::Choose(n));
        }
    });
}

pub(super) fn clear(window: &AppWindow, keyboard: &Keyboard) {
    keyboard.forget();
    window.global::<KeyboardView<'_>>().reset();
}
