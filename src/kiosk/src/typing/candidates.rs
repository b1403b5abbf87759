//! The candidates for typed letters, best first: whole words, a guess at all letters, shorter words, then the characters of the
//! first syllable, surnames first at the beginning of a name.

use super::Purpose;
use super::lexicon::{Sound, Word, lexicon};
use super::syllables::{Piece, divisions};
use std::collections::HashSet;
use zeroize::Zeroize;

/// Most candidates; the fullest syllable (`yi`) has some 500 characters.
const MOST: usize = 1200;
/// Characters taken of each syllable that an unfinished one may become.
const OF_EACH: usize = 12;
/// Characters of the longest word.
const LONGEST: usize = 4;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is written.
    pub text: String,
    /// Letters of the composition that it replaces, dividers included.
    pub letters: usize,
}

impl Zeroize for Candidate {
    fn zeroize(&mut self) {
        self.text.zeroize();
        self.letters = 0;
    }
}

/// A list of candidates in their order, each text once.
#[derive(Default)]
struct Offer {
    list: Vec<Candidate>,
    seen: HashSet<String>,
}

impl Offer {
    fn add(&mut self, text: &str, letters: usize) {
        if self.list.len() < MOST && !text.is_empty() && self.seen.insert(text.to_owned()) {
            self.list.push(Candidate { text: text.to_owned(), letters });
        }
    }
}

fn covered(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|p| p.covers).sum()
}

/// Whether the word's syllables are these pieces; with `open` the last piece may be unfinished even if it is a syllable.
fn sounds_like(word: &Word, pieces: &[Piece<'_>], open: bool) -> bool {
    let last = pieces.len().saturating_sub(1);
    word.syllables().count() == pieces.len()
        && word.syllables().zip(pieces).enumerate().all(|(i, (sound, piece))| {
            sound == piece.letters
                || (!piece.whole || (open && i == last)) && sound.starts_with(piece.letters)
        })
}

fn words_of<'a>(
    words: &'a [Word],
    pieces: &'a [Piece<'a>],
    open: bool,
) -> impl Iterator<Item = &'static str> + 'a {
    words.iter().filter(move |w| sounds_like(w, pieces, open)).map(|w| w.text)
}

fn initials(pieces: &[Piece<'_>]) -> String {
    pieces.iter().filter_map(|p| p.letters.chars().next()).collect()
}

/// A syllable's characters in the order that suits the purpose; `first` at the beginning of the field.
fn ordered(sound: Sound, purpose: Purpose, first: bool) -> impl Iterator<Item = char> {
    let name = purpose == Purpose::Name;
    let surnames = if name && first { sound.surnames } else { "" };
    let given = if name { sound.given } else { "" };
    surnames.chars().filter(|c| *c != ' ').chain(given.chars()).chain(sound.characters.chars())
}

/// The likeliest writing of whole syllables: as few words as possible, and for a name a surname with given characters.
fn guess(pieces: &[Piece<'_>], purpose: Purpose, first: bool) -> Option<String> {
    let mut text = String::new();
    let mut at = 0;
    if purpose == Purpose::Name && first && pieces.len() > 2 {
        let two = pieces.get(..2)?;
        if let Some(surname) = words_of(lexicon().compound_surnames(&initials(two)), two, false).next() {
            text.push_str(surname);
            at = 2;
        }
    }
    while at < pieces.len() {
        let longest = if purpose == Purpose::Name { 1 } else { LONGEST.min(pieces.len() - at) };
        let word = (2..=longest).rev().find_map(|n| {
            let part = pieces.get(at..at + n)?;
            words_of(lexicon().words(&initials(part)), part, false).next().map(|w| (w, n))
        });
        if let Some((word, n)) = word {
            text.push_str(word);
            at += n;
        } else {
            let sound = lexicon().sound(pieces.get(at)?.letters)?;
            text.push(ordered(sound, purpose, first && at == 0).next()?);
            at += 1;
        }
    }
    Some(text)
}

/// Words that are all of the letters; with `open` the last syllable may be unfinished.
fn whole_words(offer: &mut Offer, pieces: &[Piece<'_>], open: bool) {
    if (2..=LONGEST).contains(&pieces.len()) {
        let words = lexicon().words(&initials(pieces));
        words_of(words, pieces, open).for_each(|w| offer.add(w, covered(pieces)));
    }
}

fn words(offer: &mut Offer, pieces: &[Piece<'_>], purpose: Purpose, first: bool) {
    let name = purpose == Purpose::Name;
    if !name {
        whole_words(offer, pieces, false);
    }
    if pieces.len() > 1
        && pieces.iter().all(|p| p.whole)
        && let Some(text) = guess(pieces, purpose, first)
    {
        offer.add(&text, covered(pieces));
    }
    if name && first && pieces.len() > 1 {
        let two = &pieces[..2];
        let surnames = lexicon().compound_surnames(&initials(two));
        words_of(surnames, two, pieces.len() == 2).for_each(|w| offer.add(w, covered(two)));
    }
    whole_words(offer, pieces, false);
    whole_words(offer, pieces, true);
    if !name {
        for n in (2..pieces.len().min(LONGEST + 1)).rev() {
            let part = &pieces[..n];
            words_of(lexicon().words(&initials(part)), part, false).for_each(|w| offer.add(w, covered(part)));
        }
    }
}

fn characters(offer: &mut Offer, piece: &Piece<'_>, purpose: Purpose, first: bool) {
    let mut buffer = [0; 4];
    if let Some(sound) = lexicon().sound(piece.letters) {
        for c in ordered(sound, purpose, first) {
            offer.add(c.encode_utf8(&mut buffer), piece.covers);
        }
        return;
    }
    // An unfinished syllable: the first character of every syllable that it may become, then their second, and so on.
    let sounds: Vec<Vec<char>> = lexicon()
        .beginning(piece.letters)
        .map(|(_, sound)| ordered(sound, purpose, first).take(OF_EACH).collect())
        .collect();
    for place in 0..OF_EACH {
        for c in sounds.iter().filter_map(|list| list.get(place)) {
            offer.add(c.encode_utf8(&mut buffer), piece.covers);
        }
    }
}

/// The candidates for these letters (`a`..`z`, divider `'`); `first` where the field is still empty. Empty when the letters are
/// no syllables or are more than a composition holds.
#[must_use]
pub fn candidates(letters: &str, purpose: Purpose, first: bool) -> Vec<Candidate> {
    let mut divisions = divisions(letters);
    let beginnings = |pieces: &[Piece<'_>]| pieces.iter().filter(|p| !p.whole).count();
    // Where whole syllables are possible, they are meant: `wang` is not `w an g`.
    let fewest = divisions.iter().map(|pieces| beginnings(pieces)).min().unwrap_or_default();
    divisions.retain(|pieces| beginnings(pieces) == fewest);
    let mut offer = Offer::default();
    let Some((best, others)) = divisions.split_first() else { return Vec::new() };
    words(&mut offer, best, purpose, first);
    if purpose != Purpose::Name {
        others.iter().for_each(|pieces| whole_words(&mut offer, pieces, false));
    }
    for piece in divisions.iter().filter_map(|pieces| pieces.first()) {
        characters(&mut offer, piece, purpose, first);
    }
    offer.list
}
