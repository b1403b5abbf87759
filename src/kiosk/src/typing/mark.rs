//! Marks the part of a school's name that a query means: in 汉字, in whole pinyin or in initials. The search itself is in the
//! crate `collection`.

use super::lexicon::lexicon;
use std::collections::HashSet;
use std::ops::Range;

/// Most characters of a query and of a name that are compared; the rest is ignored.
const MOST: usize = 64;

fn lower(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .take(MOST)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Matches a query against a name, and remembers where it failed, so that no pair of positions is tried twice.
struct Reader<'a> {
    name: &'a [char],
    query: &'a [char],
    failed: HashSet<(usize, usize)>,
}

impl Reader<'_> {
    /// The end of the match of the query's rest from `q` in the name from `at` on: each character as it is, as a syllable, or
    /// as its initial; the last syllable may be unfinished.
    fn reads(&mut self, at: usize, q: usize) -> Option<usize> {
        let Some(first) = self.query.get(q).copied() else { return Some(at) };
        let c = *self.name.get(at)?;
        if self.failed.contains(&(at, q)) {
            return None;
        }
        let rest = &self.query[q..];
        let mut next: Vec<usize> = Vec::new();
        if c.to_lowercase().eq([first]) {
            next.push(q + 1);
        }
        for sound in lexicon().readings(c) {
            let same = sound.chars().zip(rest).take_while(|(a, b)| a == *b).count();
            if same == rest.len() {
                return Some(at + 1);
            }
            if same == sound.len() {
                next.push(q + same);
            }
            if same > 0 {
                next.push(q + 1);
            }
        }
        // Whole syllables before initials.
        next.sort_by_key(|to| std::cmp::Reverse(*to));
        next.dedup();
        let end = next.into_iter().find_map(|to| self.reads(at + 1, to));
        if end.is_none() {
            self.failed.insert((at, q));
        }
        end
    }
}

/// The characters of `name` that `query` means; `None` where it means none of them, as in a search that forgave a typing error.
#[must_use]
pub fn marked(name: &str, query: &str) -> Option<Range<usize>> {
    let query = lower(query);
    let name: Vec<char> = name.chars().take(MOST).collect();
    if query.is_empty() {
        return None;
    }
    let mut reader = Reader { name: &name, query: &query, failed: HashSet::new() };
    (0..name.len()).find_map(|at| reader.reads(at, 0).map(|end| at..end))
}
