//! Reviewing: the queue, one submission, the decision, the history.

pub(crate) mod decide;
mod decision_note;
pub(crate) mod history;
pub(crate) mod next;
pub(crate) mod queue;
pub(crate) mod show;

use crate::ledger::Filter;
use collection::Category;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

/// The filter as it stands in addresses and forms; an empty value is no restriction.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct FilterQuery {
    #[serde(default)]
    school: String,
    #[serde(default)]
    task: String,
    #[serde(default)]
    category: String,
}

impl FilterQuery {
    fn filter(&self) -> Filter {
        let some = |text: &String| Some(text.clone()).filter(|t| !t.is_empty());
        Filter { school: some(&self.school), task: some(&self.task), category: category(&self.category) }
    }

    /// As the end of an address. The values come from the page's own lists; anything else is dropped.
    fn query(&self) -> String {
        let plain = |text: &String| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let pairs = [("school", &self.school), ("task", &self.task), ("category", &self.category)];
        let set = pairs.iter().filter(|(_, value)| !value.is_empty() && plain(value));
        let text = set.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
        if text.is_empty() { text } else { format!("?{text}") }
    }
}

/// The category that a value of the filter names; none for a value that is not of the list.
fn category(value: &str) -> Option<Category> {
    let value = IntoDeserializer::<Error>::into_deserializer(value);
    Category::deserialize(value).ok()
}

/// The value of the filter that stands for a category.
fn category_value(category: Category) -> String {
    let name = serde_json::to_value(category).ok();
    name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_reads_its_own_values_and_drops_others() {
        for known in [Category::Undergraduate, Category::Postgraduate, Category::AdultEducation] {
            assert_eq!(category(&category_value(known)), Some(known));
        }
        assert_eq!(category("kindergarten"), None);
    }
}
