//! Finding a short text in a long one.

use super::text::{Part, Text, Texts};
use super::typo;
use memchr::memmem;

/// How well a row was met; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// Whole name, beginning, or within, of the school and then of the task.
    place: u8,
    /// Characters of the name: a short one is more likely the one that was meant.
    length: u16,
}

impl Hit {
    /// Of a row that was not searched for.
    pub const ANY: Hit = Hit { place: u8::MAX, length: 0 };
}

/// What meets rows, and what it is kept in.
struct Search<'a, F> {
    text: &'a Text,
    open: &'a F,
    best: &'a mut [Option<Hit>],
    line: usize,
}

impl<F: Fn(usize) -> bool> Search<'_, F> {
    /// A name is met from this byte on, for so many bytes. Calls come with rising bytes, or after [`Search::rewind`].
    fn meet(&mut self, at: usize, bytes: usize) {
        let lines = &self.text.lines;
        let after = |line: usize| lines.get(line + 1).is_some_and(|next| next.start as usize <= at);
        if after(self.line) {
            // Most steps are short; a long one is halved.
            let near = (self.line..self.line + 8).find(|line| !after(*line));
            self.line =
                near.unwrap_or_else(|| lines.partition_point(|l| l.start as usize <= at).saturating_sub(1));
        }
        let Some(line) = lines.get(self.line) else { return };
        let row = line.row as usize;
        if !(self.open)(row) {
            return;
        }
        let begins = at == line.start as usize;
        let whole = begins && self.text.bytes.get(at + bytes) == Some(&b'\n');
        let place = match (whole, begins) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let place = if line.part == Part::School { place } else { place + 3 };
        let hit = Hit { place, length: line.length };
        if let Some(best) = self.best.get_mut(row) {
            *best = Some(best.map_or(hit, |b| b.min(hit)));
        }
    }

    fn rewind(&mut self) {
        self.line = 0;
    }
}

/// Rows with a name that holds the typed text from the beginning of a character or syllable on.
pub(super) fn exact(texts: &Texts, typed: &str, open: &impl Fn(usize) -> bool, best: &mut [Option<Hit>]) {
    let all: &[&Text] = if typed.is_ascii() { &[&texts.full, &texts.initials] } else { &[&texts.written] };
    for text in all {
        let mut search = Search { text, open, best, line: 0 };
        for at in places(&text.bytes, typed.as_bytes()).filter(|at| text.begins(*at)) {
            search.meet(at, typed.len());
        }
    }
}

/// Every place of `needle`, overlapping ones too: a place inside a syllable must not hide one that begins with it.
fn places<'a>(bytes: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let finder = memmem::Finder::new(needle).into_owned();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + finder.find(bytes.get(from..)?)?;
        from = at + 1;
        Some(at)
    })
}

/// Rows with a name that holds the typed text but for one typo.
pub(super) fn forgiving(texts: &Texts, typed: &str, open: &impl Fn(usize) -> bool, best: &mut [Option<Hit>]) {
    let text = if typed.is_ascii() { &texts.full } else { &texts.written };
    let Some(pattern) = typo::Pattern::of(typed) else { return };
    let mut search = Search { text, open, best, line: 0 };
    if let Some(swapped) = pattern.swapped() {
        for at in places(&text.bytes, swapped.as_bytes()).filter(|at| text.begins(*at)) {
            search.meet(at, typed.len());
        }
    }
    search.rewind();
    for at in places(&text.bytes, pattern.front()) {
        if text.begins(at)
            && let Some(bytes) = pattern.from(text.rest(at))
        {
            search.meet(at, bytes);
        }
    }
    search.rewind();
    let mut last = None;
    for at in places(&text.bytes, pattern.back()) {
        for start in pattern.starts(&text.bytes, at) {
            if last < Some(start)
                && text.begins(start)
                && let Some(bytes) = pattern.from(text.rest(start))
            {
                search.meet(start, bytes);
                last = Some(start);
            }
        }
    }
}
