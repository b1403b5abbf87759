//! Writing 汉字 with 26 keys: what a student types at a kiosk that has no keyboard. Pure and bounded: letters in, candidates
//! and characters out; the field itself is the visit's.
//!
//! [`Composer`] is the keyboard's memory, [`candidates`] what the letters may mean, [`syllables`] how they fall into sounds,
//! [`lexicon`] the words and characters (`data/README.md` names their sources), [`marked`] finds the
//! part of a name that was meant, [`regions`] lists provinces, cities and districts.

mod candidates;
mod composer;
mod lexicon;
mod mark;
pub mod regions;
mod syllables;

pub use candidates::{Candidate, candidates};
pub use composer::{Composer, Edit, Field, Key, PAGE, Plane};
pub use mark::marked;

/// What a field is for: it decides which candidates come first and which plane of keys is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A person's name: surnames first in the first place, then characters common in given names.
    #[default]
    Name,
    /// A street, a class: words and the commonest characters first.
    Text,
    /// A search that understands letters as well: they are written into the field while they are composed.
    Search,
    /// The number or name of a passport: capital Latin letters.
    Latin,
}

#[cfg(test)]
mod tests;
