//! One typo: a character too many, too few, another one, or two in the wrong order.
//!
//! Cut a typed text in two: one typo leaves one of the halves as it is, but for two characters swapped across the cut, which
//! are swapped back and searched for. So only places that hold a whole half are looked at closely.

/// Fewest letters in which a typo is forgiven: in fewer, one typo makes any text of any.
const MIN_LETTERS: usize = 4;
/// The same for Chinese characters.
const MIN_CHARACTERS: usize = 3;

/// A typed text, cut in two.
pub(super) struct Pattern<'t> {
    typed: &'t str,
    characters: Vec<char>,
    /// Byte at which the second half begins.
    cut: usize,
}

impl<'t> Pattern<'t> {
    /// Of a normal text; `None` when it is too short.
    pub fn of(typed: &'t str) -> Option<Self> {
        let characters: Vec<char> = typed.chars().collect();
        let least = if typed.is_ascii() { MIN_LETTERS } else { MIN_CHARACTERS };
        if characters.len() < least {
            return None;
        }
        let cut = typed.char_indices().nth(characters.len() / 2).map(|(at, _)| at)?;
        Some(Pattern { typed, characters, cut })
    }

    pub fn front(&self) -> &[u8] {
        &self.typed.as_bytes()[..self.cut]
    }

    pub fn back(&self) -> &[u8] {
        &self.typed.as_bytes()[self.cut..]
    }

    /// The text with the two characters at the cut swapped back, where they differ.
    pub fn swapped(&self) -> Option<String> {
        let at = self.characters.len() / 2;
        let mut characters = self.characters.clone();
        characters.swap(at - 1, at);
        (characters != self.characters).then(|| characters.into_iter().collect())
    }

    /// Where a name may begin whose second half stands at `at`: as far before it as the first half is long, give or take one
    /// character; ascending.
    pub fn starts(&self, bytes: &[u8], at: usize) -> Vec<usize> {
        let half = self.characters.len() / 2;
        let mut starts = Vec::with_capacity(3);
        let mut byte = at;
        for back in 1..=half + 1 {
            let Some(before) = previous(bytes, byte) else { break };
            byte = before;
            if back + 1 >= half {
                starts.push(byte);
            }
        }
        if half == 1 {
            starts.insert(0, at);
        }
        starts.sort_unstable();
        starts
    }

    /// How many bytes of `line` are met from its beginning on with at most one typo; `None` when more would be needed.
    pub fn from(&self, line: &[u8]) -> Option<usize> {
        let line = std::str::from_utf8(line).ok()?;
        let there: Vec<(usize, char)> = line.char_indices().take(self.characters.len() + 1).collect();
        let end = |count: usize| there.get(count).map_or(line.len(), |(at, _)| *at);
        let length = self.characters.len();
        let equal = self.characters.iter().zip(&there).take_while(|(typed, (_, c))| *typed == c).count();
        if equal == length {
            return Some(end(length));
        }
        let rest = |typed: usize, line: usize| {
            let typed = self.characters.get(typed..).unwrap_or_default();
            let line = there.get(line..).unwrap_or_default();
            typed.len() <= line.len() && typed.iter().zip(line).all(|(t, (_, c))| t == c)
        };
        let is_swapped = || {
            let typed = (self.characters.get(equal), self.characters.get(equal + 1));
            let here = (there.get(equal + 1).map(|(_, c)| c), there.get(equal).map(|(_, c)| c));
            typed.0.is_some() && typed.1.is_some() && typed == here
        };
        if rest(equal + 1, equal) {
            // One too many was typed.
            Some(end(length - 1))
        } else if there.len() > equal && rest(equal + 1, equal + 1) {
            Some(end(length))
        } else if rest(equal, equal + 1) {
            // One is missing.
            Some(end(length + 1))
        } else if is_swapped() && rest(equal + 2, equal + 2) {
            Some(end(length))
        } else {
            None
        }
    }
}

/// The byte at which the character before this one begins, in the same line.
fn previous(bytes: &[u8], at: usize) -> Option<usize> {
    let mut byte = at.checked_sub(1)?;
    if bytes.get(byte) == Some(&b'\n') {
        return None;
    }
    while bytes.get(byte).is_some_and(|b| b & 0xc0 == 0x80) {
        byte = byte.checked_sub(1)?;
    }
    Some(byte)
}
