//! How letters fall into syllables. `xian` is one or two, `fangan` divides in two ways, `zh` is the beginning of many.

use super::lexicon::lexicon;

/// Most letters in composition: eight characters of the longest syllables.
pub(super) const MOST: usize = 48;
/// Ways of dividing that are looked at; the best come first.
const WAYS: usize = 4;

/// A piece of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its letters, without the divider.
    pub letters: &'a str,
    /// A whole syllable; otherwise the beginning of one.
    pub whole: bool,
    /// Bytes of the input that it covers, a divider behind it included.
    pub covers: usize,
}

/// A way from one place of the letters to their end.
#[derive(Clone, Debug, Default)]
struct Way {
    beginnings: usize,
    /// Lengths of the pieces in bytes, the first piece first.
    pieces: Vec<(usize, bool)>,
}

impl Way {
    /// Fewer mere beginnings, fewer pieces, longer pieces in front.
    fn rank(&self) -> (usize, usize, Vec<std::cmp::Reverse<usize>>) {
        let lengths = self.pieces.iter().map(|p| std::cmp::Reverse(p.0)).collect();
        (self.beginnings, self.pieces.len(), lengths)
    }
}

/// The letters of one run without dividers.
fn run(letters: &str) -> Vec<Way> {
    let mut from: Vec<Vec<Way>> = vec![Vec::new(); letters.len() + 1];
    from[letters.len()].push(Way::default());
    for at in (0..letters.len()).rev() {
        let mut ways: Vec<Way> = Vec::new();
        for length in 1..=6.min(letters.len() - at) {
            let piece = &letters[at..at + length];
            let whole = lexicon().sound(piece).is_some();
            if !whole && lexicon().beginning(piece).next().is_none() {
                continue;
            }
            for rest in &from[at + length] {
                let mut pieces = vec![(length, whole)];
                pieces.extend_from_slice(&rest.pieces);
                ways.push(Way { beginnings: rest.beginnings + usize::from(!whole), pieces });
            }
        }
        ways.sort_by_cached_key(Way::rank);
        ways.truncate(WAYS);
        from[at] = ways;
    }
    from.swap_remove(0)
}

/// The ways in which letters (`a`..`z` and the divider `'`) can be read, best first; none when some letter begins nothing.
/// At most [`WAYS`] of them, and nothing at all past [`MOST`] letters.
pub(super) fn ways(letters: &str) -> Vec<Vec<Piece<'_>>> {
    let plain = letters.len() <= MOST && letters.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
    if !plain {
        return Vec::new();
    }
    let mut all: Vec<Vec<Piece<'_>>> = vec![Vec::new()];
    let mut at = 0;
    for part in letters.split('\'').filter(|part| !part.is_empty()) {
        // Where the part stands, dividers before it passed over.
        at += letters[at..].len() - letters[at..].trim_start_matches('\'').len();
        let (start, end) = (at, at + part.len());
        let divider = letters[end..].len() - letters[end..].trim_start_matches('\'').len();
        let mut next = Vec::new();
        for before in &all {
            for way in run(part) {
                let mut pieces = before.clone();
                let mut from = start;
                for (length, whole) in way.pieces {
                    pieces.push(Piece { letters: &letters[from..from + length], whole, covers: length });
                    from += length;
                }
                if let Some(last) = pieces.last_mut() {
                    last.covers += divider;
                }
                next.push(pieces);
            }
        }
        next.truncate(WAYS);
        all = next;
        at = end;
    }
    all.retain(|pieces| !pieces.is_empty());
    all
}
