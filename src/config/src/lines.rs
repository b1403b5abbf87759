//! On which line a key stands. Values are read from a plain table, which forgets where it came from; this index remembers.

use std::collections::HashMap;
use toml::de::{DeTable, DeValue};

/// Deepest key that is indexed; bounds the index of a file that nests without end.
const MAX_DEPTH: usize = 8;

/// Line of every key of one file.
#[derive(Default)]
pub(crate) struct Lines(HashMap<String, usize>);

impl Lines {
    /// Indexes a text; empty where it is not TOML.
    pub fn of(text: &str) -> Lines {
        let ends: Vec<usize> =
            text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i).collect();
        let mut lines = Lines::default();
        if let Ok(table) = DeTable::parse(text) {
            lines.table(table.get_ref(), "", 0, &ends);
        }
        lines
    }

    /// The line of a dotted key; of the nearest section around it where the key itself is missing.
    pub fn line(&self, key: &str) -> Option<usize> {
        let mut key = key;
        loop {
            if let Some(line) = self.0.get(key) {
                return Some(*line);
            }
            key = key.rsplit_once('.')?.0;
        }
    }

    fn table(&mut self, table: &DeTable<'_>, above: &str, depth: usize, ends: &[usize]) {
        for (name, value) in table {
            let key = join(above, name.get_ref());
            self.0.insert(key.clone(), line_at(ends, name.span().start));
            self.value(value.get_ref(), &key, depth + 1, ends);
        }
    }

    fn value(&mut self, value: &DeValue<'_>, key: &str, depth: usize, ends: &[usize]) {
        if depth > MAX_DEPTH {
            return;
        }
        if let Some(table) = value.as_table() {
            self.table(table, key, depth, ends);
        }
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            let key = join(key, &at.to_string());
            self.0.insert(key.clone(), line_at(ends, item.span().start));
            self.value(item.get_ref(), &key, depth + 1, ends);
        }
    }
}

/// A key below another one.
pub(crate) fn join(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") }
}

/// The line of a byte, given where the lines before it end.
pub(crate) fn line_at(ends: &[usize], byte: usize) -> usize {
    ends.partition_point(|end| *end < byte) + 1
}
