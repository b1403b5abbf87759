//! A collector's readable code: a text with the unique number, a masked name and a masked number, in configured fields.

use super::said::{Said, filled, unique_number};
use crate::Stars;
use encoding_rs::GB18030;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Most columns or parameters that are looked through.
const MAX_FIELDS: usize = 64;

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

/// Which field is what. A code in which a configured field is missing or empty is not of this kind.
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
    /// What the configuration cannot mean, one line each; empty when it is fine.
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

    /// What a code says; `None` when it is not of this kind.
    pub(super) fn read(&self, payload: &[u8]) -> Option<Said> {
        let text = text(payload)?;
        let fields = Fields::of(&self.format, &text)?;
        let optional = |field: &Option<String>| match field {
            None => Some(None),
            Some(field) => filled(fields.get(field)).map(Some),
        };
        Some(Said {
            unique_number: unique_number(&fields.get(&self.unique_number)?)?,
            name: optional(&self.name)?,
            number: optional(&self.number)?,
            school: optional(&self.school)?,
            stars: self.stars,
        })
    }
}

/// UTF-8, else GB 18030 without a mistake: the two that collectors write.
fn text(payload: &[u8]) -> Option<Cow<'_, str>> {
    std::str::from_utf8(payload)
        .map(Cow::Borrowed)
        .ok()
        .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(payload))
}

fn column(field: &str) -> Option<usize> {
    field.parse::<usize>().ok().filter(|n| (1..=MAX_FIELDS).contains(n))
}

/// The fields of one text.
enum Fields<'t> {
    Columns(Vec<&'t str>),
    Json(serde_json::Value),
    Query(Vec<(Cow<'t, str>, Cow<'t, str>)>),
}

impl<'t> Fields<'t> {
    fn of(format: &Format, text: &'t str) -> Option<Fields<'t>> {
        Some(match format {
            Format::Columns(separator) if separator.is_empty() => return None,
            Format::Columns(separator) => {
                Fields::Columns(text.split(separator.as_str()).take(MAX_FIELDS).collect())
            }
            Format::Json => Fields::Json(serde_json::from_str(text).ok()?),
            Format::Query => {
                let query = text.split_once('?').map_or(text, |(_, query)| query);
                Fields::Query(form_urlencoded::parse(query.as_bytes()).take(MAX_FIELDS).collect())
            }
        })
    }

    fn get(&self, field: &str) -> Option<String> {
        match self {
            Fields::Columns(columns) => columns.get(column(field)? - 1).map(|c| c.trim().to_owned()),
            Fields::Json(value) => {
                let value = if field.starts_with('/') { value.pointer(field) } else { value.get(field) };
                match value? {
                    serde_json::Value::String(text) => Some(text.clone()),
                    serde_json::Value::Number(number) => number.as_u64().map(|n| n.to_string()),
                    _ => None,
                }
            }
            Fields::Query(pairs) => {
                let mut values = pairs.iter().filter(|(key, _)| key == field);
                match (values.next(), values.next()) {
                    (Some((_, value)), None) => Some(value.clone().into_owned()),
                    // Said twice, it says nothing.
                    _ => None,
                }
            }
        }
    }
}
