//! The configuration of a collector's readable code: how its fields are told apart and which field holds what.

use crate::Stars;
use serde::{Deserialize, Serialize};

/// Most columns or parameters that are read.
pub(super) const MAX_FIELDS: usize = 64;

/// How the fields of a code's text are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Columns between a separator (`columns = "|"`); a field is its number from 1.
    Columns(String),
    /// A JSON object; a field is its key, or a pointer (`/data/name`, RFC 6901).
    Json,
    /// `key=value&key=value`, percent-encoded, behind an address's `?` or by itself; a field is its key.
    Query,
}

/// Which field holds what. A code in which a configured field is missing or empty is not of this kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masked {
    /// How the fields are told apart.
    pub format: Format,
    /// CHSI's unique number (唯一号).
    pub unique_number: String,
    /// The name, masked or whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The identity number, masked or whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The school's code or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    /// What the stars count.
    #[serde(default)]
    pub stars: Stars,
}

impl Masked {
    /// Mistakes in the configuration, one line each.
    #[must_use]
    pub fn mistakes(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if let Format::Columns(separator) = &self.format {
            if separator.is_empty() {
                wrong.push("the separator of the columns is empty".to_owned());
            }
            for field in self.fields().filter(|f| column(f).is_none()) {
                wrong.push(format!("\"{field}\" is no column; they count from 1"));
            }
        }
        if self.fields().any(str::is_empty) {
            wrong.push("a field has an empty name".to_owned());
        }
        wrong
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        let others = [&self.name, &self.number, &self.school].into_iter().flatten();
        std::iter::once(&self.unique_number).chain(others).map(String::as_str)
    }
}

/// The number of a column, counted from 1.
pub(super) fn column(field: &str) -> Option<usize> {
    field.parse::<usize>().ok().filter(|n| (1..=MAX_FIELDS).contains(n))
}
