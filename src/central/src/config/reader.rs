//! Takes values out of a TOML table one by one. A wrong value is noted and replaced, so that reading goes on to the next
//! mistake; the replacement is never used, because one mistake refuses the file.

use super::Mistake;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use toml::Value;

/// One table of the file that has not been read to the end.
pub(super) struct Reader {
    table: toml::Table,
    base: PathBuf,
    prefix: String,
    mistakes: Vec<Mistake>,
}

impl Reader {
    pub fn new(table: toml::Table, base: &Path) -> Reader {
        Reader { table, base: base.to_owned(), prefix: String::new(), mistakes: Vec::new() }
    }

    /// Notes a mistake; gives `None` for whatever would have been read.
    pub fn mistake<T>(&mut self, key: &str, reason: impl Into<String>) -> Option<T> {
        self.mistakes.push(Mistake { key: format!("{}{key}", self.prefix), reason: reason.into() });
        None
    }

    /// Reads a section with its own keys.
    pub fn section<T>(&mut self, name: &str, read: impl FnOnce(&mut Reader) -> T) -> T {
        let table = match self.table.remove(name) {
            Some(Value::Table(table)) => table,
            Some(_) => {
                self.mistake::<()>(name, "must be a section");
                toml::Table::new()
            }
            None => toml::Table::new(),
        };
        let prefix = format!("{}{name}.", self.prefix);
        let mut below = Reader { table, base: self.base.clone(), prefix, mistakes: Vec::new() };
        let value = read(&mut below);
        self.mistakes.extend(below.finish());
        value
    }

    /// The mistakes, with every key that nobody asked for.
    pub fn finish(mut self) -> Vec<Mistake> {
        let left: Vec<String> = self.table.keys().cloned().collect();
        for key in left {
            self.mistake::<()>(&key, "is not a setting");
        }
        // Unknown keys come after the section's own ones but before those of later sections.
        self.mistakes
    }

    pub fn path(&mut self, key: &str) -> PathBuf {
        match self.text(key) {
            Some(text) => self.base.join(text),
            None => PathBuf::new(),
        }
    }

    pub fn optional_path(&mut self, key: &str) -> Option<PathBuf> {
        if !self.table.contains_key(key) {
            return None;
        }
        Some(self.path(key))
    }

    pub fn address(&mut self, key: &str) -> SocketAddr {
        let parsed = match self.text(key) {
            Some(text) => match text.parse() {
                Ok(address) => Some(address),
                Err(_) => self.mistake(key, format!("{text:?} is not an address with a port")),
            },
            None => None,
        };
        parsed.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// A list with at least one host name or address.
    pub fn names(&mut self, key: &str) -> Vec<String> {
        let names = match self.table.remove(key) {
            Some(Value::Array(list)) => {
                list.into_iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            }
            Some(_) => None,
            None => {
                self.mistake::<()>(key, "is missing");
                return Vec::new();
            }
        };
        let good = |name: &String| {
            !name.is_empty()
                && name.len() < 254
                && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c))
        };
        let names = names.filter(|n| !n.is_empty() && n.iter().all(good));
        names.or_else(|| self.mistake(key, "must list at least one host name or address")).unwrap_or_default()
    }

    pub fn number(&mut self, key: &str, range: RangeInclusive<u64>, default: u64) -> u64 {
        let Some(value) = self.table.remove(key) else { return default };
        let number = value.as_integer().and_then(|n| u64::try_from(n).ok()).filter(|n| range.contains(n));
        let reason = format!("must be {} to {}", range.start(), range.end());
        number.or_else(|| self.mistake(key, reason)).unwrap_or(default)
    }

    fn text(&mut self, key: &str) -> Option<String> {
        match self.table.remove(key) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(_) => self.mistake(key, "must be a text"),
            None => self.mistake(key, "is missing"),
        }
    }
}
