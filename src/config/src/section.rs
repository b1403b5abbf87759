//! One table of a file, taken apart key by key.

use crate::fault::{Fault, Mistake};
use crate::lines::join;
use serde::de::DeserializeOwned;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// One table of a file that is being read. What is read is taken out of it; what is left at the end is unknown.
pub struct Section<'a, F = Fault> {
    /// Dotted key of this table; empty for the file itself.
    key: String,
    table: Table,
    base: &'a Path,
    mistakes: &'a mut Vec<Mistake<F>>,
}

impl<'a, F: From<Fault>> Section<'a, F> {
    /// Reads the file's own table.
    pub(crate) fn top<T>(
        table: Table,
        base: &'a Path,
        mistakes: &'a mut Vec<Mistake<F>>,
        take: impl FnOnce(&mut Section<'_, F>) -> T,
    ) -> T {
        Section { key: String::new(), table, base, mistakes }.run(take)
    }

    fn run<T>(mut self, take: impl FnOnce(&mut Section<'_, F>) -> T) -> T {
        let value = take(&mut self);
        for name in self.drain().into_iter().map(|(name, _)| name) {
            self.report(&name, Fault::Unknown);
        }
        value
    }

    /// Reports a mistake at a key of this section; an empty key means the section itself.
    pub fn report(&mut self, key: &str, fault: impl Into<F>) {
        let key = if key.is_empty() { self.key.clone() } else { join(&self.key, key) };
        self.mistakes.push(Mistake { key, line: None, fault: fault.into() });
    }

    /// The folder that relative paths start from.
    #[must_use]
    pub fn base(&self) -> &Path {
        self.base
    }

    /// Whether the section has this key and nothing has read it yet.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// All keys that nothing has read yet, with their values: for sections whose keys are names that the file gives.
    pub fn drain(&mut self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.table).into_iter().collect()
    }

    /// Reads a table inside of this one. Where it is absent it is read as an empty one, so that each needed key is reported.
    pub fn section<T>(&mut self, key: &str, take: impl FnOnce(&mut Section<'_, F>) -> T) -> T {
        let value = self.table.remove(key).unwrap_or_else(|| Value::Table(Table::new()));
        self.below(join(&self.key, key), value, take)
    }

    /// Reads a table that must be there; `None` where it is not or where `take` gives nothing.
    pub fn needed_section<T>(
        &mut self,
        key: &str,
        take: impl FnOnce(&mut Section<'_, F>) -> Option<T>,
    ) -> Option<T> {
        let value = self.needed_value(key)?;
        self.below(join(&self.key, key), value, take)
    }

    /// Reads a list of tables (`[[key]]`) that must be there; `None` where it is absent or no such list. What `take` gives nothing
    /// for is left out; it has reported why.
    pub fn needed_sections<T>(
        &mut self,
        key: &str,
        mut take: impl FnMut(&mut Section<'_, F>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Value::Array(list) = self.needed_value(key)? else {
            return self.wrong(key, "must be a list of sections");
        };
        let item =
            |(at, item): (usize, Value)| self.below(join(&self.key, &format!("{key}.{at}")), item, &mut take);
        Some(list.into_iter().enumerate().filter_map(item).collect())
    }

    fn below<T>(&mut self, key: String, value: Value, take: impl FnOnce(&mut Section<'_, F>) -> T) -> T {
        let base = self.base;
        let Value::Table(table) = value else {
            let fault = F::from(Fault::from("must be a section"));
            self.mistakes.push(Mistake { key, line: None, fault });
            // Its needed keys are not reported on top of that: there is no section yet to write them into.
            let mut unheard = Vec::new();
            return Section { key: String::new(), table: Table::new(), base, mistakes: &mut unheard }
                .run(take);
        };
        Section { key, table, base, mistakes: &mut *self.mistakes }.run(take)
    }
}

/// Single values.
impl<F: From<Fault>> Section<'_, F> {
    /// A text that is not blank; `None` where it is absent.
    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.table.remove(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            _ => self.wrong(key, "must be a text in quotes that is not empty"),
        }
    }

    /// A text that must be there; `advice` says what to write.
    pub fn needed_text(&mut self, key: &str, advice: &'static str) -> Option<String> {
        if !self.has(key) {
            self.report(key, Fault::Missing { advice });
        }
        self.text(key)
    }

    /// A list of texts; `None` where it is absent.
    pub fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let list = match self.table.remove(key)? {
            Value::Array(list) => {
                list.into_iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        list.or_else(|| self.wrong(key, "must be a list of texts in quotes"))
    }

    /// A path, relative to the file's folder; `None` where it is absent.
    pub fn path(&mut self, key: &str) -> Option<PathBuf> {
        self.text(key).map(|text| self.base.join(text))
    }

    /// A path that must be there. The placeholder of a wrong one is the file's folder.
    pub fn needed_path(&mut self, key: &str, advice: &'static str) -> PathBuf {
        let text = self.needed_text(key, advice);
        self.base.join(text.unwrap_or_default())
    }

    /// A whole number in a range; `None` where it is absent.
    pub fn number<N: TryFrom<i64>>(&mut self, key: &str, range: RangeInclusive<i64>) -> Option<N> {
        let value = self.table.remove(key)?;
        let number = value.as_integer().filter(|n| range.contains(n)).and_then(|n| N::try_from(n).ok());
        let (least, most) = (range.start(), range.end());
        number.or_else(|| self.wrong(key, format!("must be a whole number from {least} to {most}")))
    }

    /// The raw value; `None` where it is absent.
    pub fn value(&mut self, key: &str) -> Option<Value> {
        self.table.remove(key)
    }

    /// A value of any type that must be there.
    pub fn needed<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.needed_value(key)?;
        self.convert(key, value)
    }

    fn needed_value(&mut self, key: &str) -> Option<Value> {
        if !self.has(key) {
            self.report(key, Fault::Missing { advice: "" });
        }
        self.table.remove(key)
    }

    /// Converts a value that was found at `key`.
    pub fn convert<T: DeserializeOwned>(&mut self, key: &str, value: Value) -> Option<T> {
        let form = |e: toml::de::Error| e.message().trim().replace('\n', " ");
        value.try_into().map_err(|e| self.report(key, Fault::Value(form(e)))).ok()
    }

    /// Reports what a value must be and gives none.
    fn wrong<T>(&mut self, key: &str, reason: impl Into<String>) -> Option<T> {
        self.report(key, Fault::Value(reason.into()));
        None
    }
}
