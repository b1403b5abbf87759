//! Reads a collector's readable code: a text with the unique number, a masked name and a masked number, in configured fields.

use super::claims::{Claims, filled, unique_number};
use super::format::{Format, MAX_FIELDS, Masked, column};
use encoding_rs::GB18030;
use std::borrow::Cow;

impl Masked {
    /// What a code says; `None` when it is not of this kind.
    pub(super) fn read(&self, payload: &[u8]) -> Option<Claims> {
        let text = text(payload)?;
        let fields = Fields::of(&self.format, &text)?;
        let optional = |field: &Option<String>| match field {
            None => Some(None),
            Some(field) => filled(fields.get(field)).map(Some),
        };
        Some(Claims {
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
                let value = value?;
                value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|n| n.to_string()))
            }
            Fields::Query(pairs) => {
                let mut values = pairs.iter().filter(|(key, _)| key == field);
                match (values.next(), values.next()) {
                    (Some((_, value)), None) => Some(value.clone().into_owned()),
                    // A parameter that is given twice has no value.
                    _ => None,
                }
            }
        }
    }
}
