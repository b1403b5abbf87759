//! Typing 汉字 with 26 keys on the screen. Pure and bounded: letters in, candidates and characters out; the field itself is
//! held by the visit.
//!
//! [`Composer`] is the state of the keyboard, [`candidates`] finds what the letters may mean, [`syllables`] divides them,
//! [`lexicon`] holds the words and characters (`data/README.md` names their sources), [`marked`] finds the part of a name that
//! was searched for, [`regions`] lists provinces, cities and districts.

mod candidates;
mod composer;
mod lexicon;
mod mark;
mod purpose;
pub mod regions;
mod syllables;

pub use candidates::{Candidate, candidates};
pub use composer::{Composer, Edit, Field, Key, PAGE, Plane};
pub use mark::marked;
pub use purpose::Purpose;

#[cfg(test)]
mod tests;
