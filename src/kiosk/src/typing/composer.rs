//! The state of the on-screen keyboard: which keys are shown, the letters in composition, their candidates. It holds no field:
//! what is written goes out as [`Edit`]s and is kept by the visit. All of it is overwritten when the field changes.

use super::candidates::{Candidate, candidates};
use super::{Purpose, syllables};
use zeroize::Zeroize;

/// Candidates on one sheet, 6 x 4.
pub const PAGE: usize = 24;

/// Which keys are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plane {
    /// Letters that are composed into 汉字.
    #[default]
    Pinyin,
    /// Latin letters.
    Latin,
    /// Digits and signs.
    Digits,
}

/// The field that is written into: what the keyboard must know of it, and nothing personal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Tells fields apart: with another number, composition starts anew.
    pub id: u64,
    /// Its purpose.
    pub purpose: Purpose,
    /// It is empty.
    pub empty: bool,
    /// Its last character is the middle dot.
    pub after_dot: bool,
    /// How many small Latin letters it ends with: in a search, these are being composed.
    pub tail: usize,
}

impl Field {
    /// A field with this text in it.
    #[must_use]
    pub fn of(id: u64, purpose: Purpose, text: &str) -> Field {
        let tail = text.chars().rev().take_while(char::is_ascii_lowercase).count();
        Field { id, purpose, empty: text.is_empty(), after_dot: text.ends_with('·'), tail }
    }
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter `a`..`z`.
    Letter(char),
    /// A digit or a sign, written as it is.
    Sign(char),
    /// 分词: the divider between syllables.
    Divide,
    /// 空格: the first candidate while composing, the dot inside a name, a space.
    Space,
    /// Removes the last letter, or the last character of the field.
    Backspace,
    /// Capital letters.
    Shift,
    /// 123 and back.
    Digits,
    /// 中/英.
    Language,
    /// The chevron: opens and closes the sheet of candidates.
    Sheet,
    /// The next sheet (`true`) or the one before.
    Page(bool),
    /// The n-th of the candidates that are shown.
    Choose(usize),
    /// Clears the field.
    Clear,
    /// The key at the lower right.
    Done,
}

impl Key {
    /// The key of this name, as the screen reports it; `None` for a name that no key has.
    #[must_use]
    pub fn named(name: &str) -> Option<Key> {
        Some(match name {
            "divide" => Key::Divide,
            "space" => Key::Space,
            "backspace" => Key::Backspace,
            "shift" => Key::Shift,
            "digits" => Key::Digits,
            "language" => Key::Language,
            "sheet" => Key::Sheet,
            "page-next" => Key::Page(true),
            "page-back" => Key::Page(false),
            "clear" => Key::Clear,
            "done" => Key::Done,
            _ => {
                let mut chars = name.chars();
                match (chars.next()?, chars.next()) {
                    (c, None) if c.is_ascii_lowercase() => Key::Letter(c),
                    (c, None) if !c.is_control() => Key::Sign(c),
                    _ => return None,
                }
            }
        })
    }
}

/// What a key does to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Writes this character at the end.
    Write(char),
    /// Removes the last character.
    Rub,
    /// Removes everything.
    Clear,
    /// Goes on.
    Done,
}

/// The letters in composition, their candidates, and the keys that are shown.
#[derive(Debug, Default)]
pub struct Composer {
    field: Field,
    plane: Plane,
    /// The plane of letters to return to from the digits.
    letters_plane: Plane,
    capital: bool,
    letters: String,
    candidates: Vec<Candidate>,
    sheet: bool,
    page: usize,
}

impl Composer {
    /// Writes into this field from now on. If it is another field than before, the composition is overwritten.
    pub fn attend(&mut self, field: Field) {
        if field.id != self.field.id || field.purpose != self.field.purpose {
            self.forget();
            self.capital = field.purpose == Purpose::Latin;
            self.plane = if self.capital { Plane::Latin } else { Plane::Pinyin };
            self.letters_plane = self.plane;
        }
        let began = field.empty != self.field.empty;
        self.field = field;
        let standing = self.letters.chars().filter(|c| *c != '\'').count();
        if self.live() && field.tail < standing {
            // The field was cleared or is full: letters that are not in it are not being composed.
            self.forget();
        } else if began {
            self.compose();
        }
    }

    /// Overwrites everything that was composed.
    pub fn forget(&mut self) {
        self.letters.zeroize();
        // Capacity for the longest composition, so that growing leaves no letters behind in memory.
        self.letters.reserve(syllables::MOST);
        self.candidates.zeroize();
        (self.sheet, self.page) = (false, 0);
    }

    /// The field that is written into.
    #[must_use]
    pub fn field(&self) -> Field {
        self.field
    }

    /// Which keys are shown.
    #[must_use]
    pub fn plane(&self) -> Plane {
        self.plane
    }

    /// Whether letters come out as capitals.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.capital
    }

    /// The letters in composition; in a search they are in the field as well.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Whether the letters are no syllables: 没有这个音，换个写法.
    #[must_use]
    pub fn is_no_sound(&self) -> bool {
        !self.letters.is_empty() && self.candidates.is_empty()
    }

    /// Whether the sheet of candidates covers the keys.
    #[must_use]
    pub fn sheet_is_open(&self) -> bool {
        self.sheet
    }

    /// The candidates of the sheet that is shown, its index, and the number of sheets.
    #[must_use]
    pub fn shown(&self) -> (&[Candidate], usize, usize) {
        let sheets = self.candidates.len().div_ceil(PAGE).max(1);
        let from = (self.page * PAGE).min(self.candidates.len());
        let to = (from + PAGE).min(self.candidates.len());
        (&self.candidates[from..to], self.page, sheets)
    }

    /// Whether the letters are written into the field while they are composed, as in a search.
    fn live(&self) -> bool {
        self.field.purpose == Purpose::Search
    }

    fn compose(&mut self) {
        self.candidates.zeroize();
        self.page = 0;
        if !self.letters.is_empty() {
            let first = self.field.empty || self.live();
            self.candidates = candidates(&self.letters, self.field.purpose, first);
        }
        self.sheet &= !self.candidates.is_empty();
    }

    /// Presses a key; returns what it does to the field.
    pub fn press(&mut self, key: Key) -> Vec<Edit> {
        match key {
            Key::Letter(c) => self.letter(c),
            Key::Sign(c) => self.sign(c),
            Key::Divide => {
                if !self.letters.is_empty() && !self.letters.ends_with('\'') {
                    self.push('\'');
                }
                Vec::new()
            }
            Key::Space => self.space(),
            Key::Backspace => self.backspace(),
            Key::Choose(n) => self.choose(self.page * PAGE + n),
            Key::Clear => {
                self.forget();
                vec![Edit::Clear]
            }
            Key::Done if self.letters.is_empty() || self.live() => vec![Edit::Done],
            // Going on takes the composition first, so that it is not lost.
            Key::Done => self.choose(0),
            Key::Shift | Key::Digits | Key::Language | Key::Sheet | Key::Page(_) => {
                self.turn(key);
                Vec::new()
            }
        }
    }

    fn turn(&mut self, key: Key) {
        let sheets = self.shown().2;
        match key {
            Key::Shift => self.capital = !self.capital,
            Key::Digits if self.plane == Plane::Digits => self.plane = self.letters_plane,
            Key::Digits => self.plane = Plane::Digits,
            Key::Language => {
                let to = if self.letters_plane == Plane::Pinyin { Plane::Latin } else { Plane::Pinyin };
                (self.plane, self.letters_plane) = (to, to);
                self.capital = self.field.purpose == Purpose::Latin;
                self.forget();
            }
            Key::Sheet => (self.sheet, self.page) = (!self.sheet && !self.candidates.is_empty(), 0),
            Key::Page(true) => self.page = (self.page + 1).min(sheets - 1),
            Key::Page(false) => self.page = self.page.saturating_sub(1),
            // These write; `press` handles them.
            Key::Letter(_)
            | Key::Sign(_)
            | Key::Divide
            | Key::Space
            | Key::Backspace
            | Key::Choose(_)
            | Key::Clear
            | Key::Done => {}
        }
    }

    fn push(&mut self, c: char) -> bool {
        let fits = self.letters.len() < syllables::MOST;
        if fits {
            self.letters.push(c);
            self.compose();
        }
        fits
    }

    fn letter(&mut self, c: char) -> Vec<Edit> {
        let c = c.to_ascii_lowercase();
        if self.plane == Plane::Pinyin {
            let taken = c.is_ascii_lowercase() && self.push(c);
            return if taken && self.live() { vec![Edit::Write(c)] } else { Vec::new() };
        }
        let written = if self.capital { c.to_ascii_uppercase() } else { c };
        vec![Edit::Write(written)]
    }

    fn sign(&mut self, c: char) -> Vec<Edit> {
        let mut edits = if self.live() || self.letters.is_empty() { Vec::new() } else { self.choose(0) };
        self.forget();
        edits.push(Edit::Write(c));
        edits
    }

    fn space(&mut self) -> Vec<Edit> {
        if !self.letters.is_empty() {
            return self.choose(0);
        }
        match (self.field.purpose, self.plane) {
            _ if self.field.empty => Vec::new(),
            // The dot between the parts of a name; never twice in a row, never at the beginning.
            (Purpose::Name, Plane::Pinyin | Plane::Digits) if self.field.after_dot => Vec::new(),
            (Purpose::Name, Plane::Pinyin | Plane::Digits) => vec![Edit::Write('·')],
            (Purpose::Search, _) => Vec::new(),
            (Purpose::Name, Plane::Latin) | (Purpose::Text | Purpose::Latin, _) => vec![Edit::Write(' ')],
        }
    }

    fn backspace(&mut self) -> Vec<Edit> {
        let Some(last) = self.letters.pop() else { return vec![Edit::Rub] };
        self.compose();
        if self.live() && last != '\'' { vec![Edit::Rub] } else { Vec::new() }
    }

    fn choose(&mut self, place: usize) -> Vec<Edit> {
        let Some(chosen) = self.candidates.get(place) else { return Vec::new() };
        let written: Vec<Edit> = chosen.text.chars().map(Edit::Write).collect();
        let rest = self.letters.split_off(chosen.letters.min(self.letters.len()));
        let mut edits = Vec::new();
        if self.live() {
            let written_letters = self.letters.chars().chain(rest.chars()).filter(|c| *c != '\'').count();
            edits.extend(std::iter::repeat_n(Edit::Rub, written_letters));
        }
        edits.extend(written);
        if self.live() {
            edits.extend(rest.chars().filter(|c| *c != '\'').map(Edit::Write));
        }
        self.forget();
        self.letters.push_str(&rest);
        let mut rest = rest;
        rest.zeroize();
        self.field.empty = false;
        self.compose();
        edits
    }
}

impl Drop for Composer {
    fn drop(&mut self) {
        self.forget();
    }
}
