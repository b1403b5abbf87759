//! The words and characters that can be typed, read once from the data next to this file.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::LazyLock;

/// The characters of one syllable.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sound {
    /// All of them, the commonest in texts first.
    pub characters: &'static str,
    /// Those of given names, the commonest first.
    pub given: &'static str,
    /// Surnames of one character, the commonest first, separated by spaces.
    pub surnames: &'static str,
}

/// A word of two to four characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its characters.
    pub text: &'static str,
    /// Its syllables, separated by spaces.
    pub sounds: &'static str,
}

impl Word {
    /// Its syllables.
    pub fn syllables(&self) -> impl Iterator<Item = &'static str> {
        self.sounds.split(' ')
    }
}

/// Everything that can be typed.
pub(super) struct Lexicon {
    sounds: BTreeMap<&'static str, Sound>,
    /// Words by their initials, commonest first.
    words: HashMap<String, Vec<Word>>,
    /// Surnames of two characters by their initials.
    compound: HashMap<String, Vec<Word>>,
    readings: HashMap<char, Vec<&'static str>>,
}

fn lines(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter_map(|line| line.split_once('\t'))
}

fn initials(sounds: &str) -> String {
    sounds.split(' ').filter_map(|s| s.chars().next()).collect()
}

/// The only instance: some 390 kB of text and an index of about 2 MB.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    fn read() -> Lexicon {
        let mut sounds: BTreeMap<&'static str, Sound> = BTreeMap::new();
        let mut readings: HashMap<char, Vec<&'static str>> = HashMap::new();
        for (sound, characters) in lines(include_str!("data/characters.txt")) {
            sounds.entry(sound).or_default().characters = characters;
            for c in characters.chars() {
                readings.entry(c).or_default().push(sound);
            }
        }
        for (sound, given) in lines(include_str!("data/given.txt")) {
            sounds.entry(sound).or_default().given = given;
        }
        let mut compound: HashMap<String, Vec<Word>> = HashMap::new();
        for (sound, surnames) in lines(include_str!("data/surnames.txt")) {
            if sound.contains(' ') {
                let words = surnames.split(' ').map(|text| Word { text, sounds: sound });
                compound.entry(initials(sound)).or_default().extend(words);
            } else {
                sounds.entry(sound).or_default().surnames = surnames;
            }
        }
        let mut words: HashMap<String, Vec<Word>> = HashMap::new();
        for (text, sound) in lines(include_str!("data/words.txt")) {
            words.entry(initials(sound)).or_default().push(Word { text, sounds: sound });
        }
        Lexicon { sounds, words, compound, readings }
    }

    /// The characters of this whole syllable.
    pub fn sound(&self, syllable: &str) -> Option<Sound> {
        self.sounds.get(syllable).copied()
    }

    /// The syllables that begin with these letters.
    pub fn beginning<'a>(&'a self, letters: &'a str) -> impl Iterator<Item = (&'static str, Sound)> + 'a {
        let from = (Bound::Included(letters), Bound::Unbounded);
        self.sounds
            .range::<str, _>(from)
            .map(|(s, sound)| (*s, *sound))
            .take_while(move |(s, _)| s.starts_with(letters))
    }

    /// Words whose syllables have these initials, commonest first.
    pub fn words(&self, initials: &str) -> &[Word] {
        self.words.get(initials).map_or(&[], Vec::as_slice)
    }

    /// Surnames of two characters whose syllables have these initials.
    pub fn compound_surnames(&self, initials: &str) -> &[Word] {
        self.compound.get(initials).map_or(&[], Vec::as_slice)
    }

    /// The syllables of this character, in no order.
    pub fn readings(&self, c: char) -> &[&'static str] {
        self.readings.get(&c).map_or(&[], Vec::as_slice)
    }
}
