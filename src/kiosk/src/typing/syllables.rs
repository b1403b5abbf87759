//! Divides letters into syllables. `xian` is one or two, `fangan` can be divided in two ways, `zh` begins many.

use super::lexicon::lexicon;

/// Most letters in composition: eight characters of the longest syllables.
pub(super) const MOST: usize = 48;
/// Most divisions that are considered; the best come first.
const MOST_DIVISIONS: usize = 4;

/// A piece of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its letters, without a divider.
    pub letters: &'a str,
    /// Whether it is a whole syllable; otherwise it is the beginning of one.
    pub whole: bool,
    /// Bytes of the input that it covers, including a divider after it.
    pub covers: usize,
}

/// A division of the letters from one position to their end.
#[derive(Clone, Debug, Default)]
struct Division {
    beginnings: usize,
    /// Lengths of the pieces in bytes, the first piece first.
    pieces: Vec<(usize, bool)>,
}

impl Division {
    /// Sorts by fewer unfinished syllables, fewer pieces, longer pieces first.
    fn rank(&self) -> (usize, usize, Vec<std::cmp::Reverse<usize>>) {
        let lengths = self.pieces.iter().map(|p| std::cmp::Reverse(p.0)).collect();
        (self.beginnings, self.pieces.len(), lengths)
    }
}

/// The divisions of letters without dividers.
fn run(letters: &str) -> Vec<Division> {
    let mut from: Vec<Vec<Division>> = vec![Vec::new(); letters.len() + 1];
    from[letters.len()].push(Division::default());
    for at in (0..letters.len()).rev() {
        let mut found: Vec<Division> = Vec::new();
        for length in 1..=6.min(letters.len() - at) {
            let piece = &letters[at..at + length];
            let whole = lexicon().sound(piece).is_some();
            if !whole && lexicon().beginning(piece).next().is_none() {
                continue;
            }
            for rest in &from[at + length] {
                let mut pieces = vec![(length, whole)];
                pieces.extend_from_slice(&rest.pieces);
                found.push(Division { beginnings: rest.beginnings + usize::from(!whole), pieces });
            }
        }
        found.sort_by_cached_key(Division::rank);
        found.truncate(MOST_DIVISIONS);
        from[at] = found;
    }
    from.swap_remove(0)
}

/// The divisions of letters (`a`..`z` and the divider `'`), best first, at most [`MOST_DIVISIONS`]; none when a letter begins no
/// syllable, or for more than [`MOST`] letters.
pub(super) fn divisions(letters: &str) -> Vec<Vec<Piece<'_>>> {
    let plain = letters.len() <= MOST && letters.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
    if !plain {
        return Vec::new();
    }
    let mut all: Vec<Vec<Piece<'_>>> = vec![Vec::new()];
    let mut at = 0;
    for part in letters.split('\'').filter(|part| !part.is_empty()) {
        // The position of the part, after the dividers before it.
        at += letters[at..].len() - letters[at..].trim_start_matches('\'').len();
        let (start, end) = (at, at + part.len());
        let divider = letters[end..].len() - letters[end..].trim_start_matches('\'').len();
        let mut next = Vec::new();
        for before in &all {
            for division in run(part) {
                let mut pieces = before.clone();
                let mut from = start;
                for (length, whole) in division.pieces {
                    pieces.push(Piece { letters: &letters[from..from + length], whole, covers: length });
                    from += length;
                }
                if let Some(last) = pieces.last_mut() {
                    last.covers += divider;
                }
                next.push(pieces);
            }
        }
        next.truncate(MOST_DIVISIONS);
        all = next;
        at = end;
    }
    all.retain(|pieces| !pieces.is_empty());
    all
}
