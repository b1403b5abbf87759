//! The long texts: every name in one way of writing, one line each.

use super::reading::{normal, readings};
use super::row::TaskRow;

/// Longest name that is read, characters.
const MAX_NAME: usize = 100;

/// Which name of a task a line is; earlier ones count more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    School,
    Task,
}

/// One line: whose it is and how long it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub start: u32,
    pub row: u32,
    pub part: Part,
    /// Characters of the name.
    pub length: u16,
}

/// All names in one way of writing.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Lines, each ended by `\n`, which no name holds.
    pub bytes: Vec<u8>,
    /// Ascending by start.
    pub lines: Vec<Line>,
    /// One bit a byte: a character, or a syllable, begins here.
    begins: Vec<u64>,
}

impl Text {
    fn line(&mut self, row: u32, part: Part, syllables: &[impl AsRef<str>]) {
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let length = u16::try_from(syllables.len()).unwrap_or(u16::MAX);
        self.lines.push(Line { start, row, part, length });
        for syllable in syllables {
            let at = self.bytes.len();
            self.begins.resize(at / 64 + 1, 0);
            self.begins[at / 64] |= 1 << (at % 64);
            self.bytes.extend_from_slice(syllable.as_ref().as_bytes());
        }
        self.bytes.push(b'\n');
    }

    /// Whether a syllable begins at this byte.
    pub fn begins(&self, at: usize) -> bool {
        self.begins.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// From this byte to the end of its line.
    pub fn rest(&self, at: usize) -> &[u8] {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(rest, |end| &rest[..end])
    }
}

/// The three ways of writing.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub written: Text,
    pub full: Text,
    pub initials: Text,
}

impl Texts {
    pub fn of(rows: &[TaskRow]) -> Texts {
        let mut texts = Texts::default();
        for (at, row) in rows.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for (part, name) in
                [(Part::School, &row.school), (Part::School, &row.school_code), (Part::Task, &row.name)]
            {
                texts.add(at, part, &normal(name, MAX_NAME));
            }
        }
        texts
    }

    fn add(&mut self, row: u32, part: Part, name: &str) {
        if name.is_empty() {
            return;
        }
        let characters: Vec<String> = name.chars().map(String::from).collect();
        self.written.line(row, part, &characters);
        let mut seen: Vec<Vec<String>> = Vec::new();
        for syllables in readings(name) {
            self.full.line(row, part, &syllables);
            let first = |s: &String| s.chars().take(1).collect::<String>();
            let initials: Vec<String> = syllables.iter().map(first).collect();
            if initials != characters && !seen.contains(&initials) {
                self.initials.line(row, part, &initials);
                seen.push(initials);
            }
        }
    }
}
