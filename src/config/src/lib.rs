//! Reads TOML configuration and reports every mistake at once.
//!
//! A file is bounded in size, parsed and then taken apart key by key through a [`Section`]. A key that is missing, unknown, of the
//! wrong type or out of range becomes a [`Mistake`] with its key, its line and the reason, and reading goes on with a
//! placeholder, so that one mistake hides no other. The placeholder is never used: a single mistake refuses the whole file.
//!
//! ```
//! let read = config::parse("[server]\nport = 70000\nprot = 1\n", "".as_ref(), |file: &mut config::Section<'_>| {
//!     file.section("server", |s| s.number("port", 1..=65_535).unwrap_or(443_u16))
//! });
//! let mistakes: Vec<String> = read.unwrap_err().iter().map(ToString::to_string).collect();
//! assert_eq!(mistakes, [
//!     "line 2, server.port: must be a whole number from 1 to 65535",
//!     "line 3, server.prot: is not known here; remove it or correct its spelling",
//! ]);
//! ```
//!
//! Callers whose mistakes carry more than a text (the presets' have sentence codes) put their own type in the place of [`Fault`];
//! it only has to be made `From<Fault>`.

mod fault;
mod lines;
mod read;
mod section;

pub use fault::{ConfigError, Fault, Mistake};
pub use read::{MAX_BYTES, parse, read};
pub use section::Section;

#[cfg(test)]
mod tests;
