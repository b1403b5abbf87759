//! Reviewing: the queue, one submission, the decision, the history.

pub(crate) mod decide;
pub(crate) mod history;
pub(crate) mod next;
pub(crate) mod queue;
pub(crate) mod show;

use crate::ledger::Filter;
use serde::Deserialize;

/// The filter as it stands in addresses and forms; an empty value is none.
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
        Filter { school: some(&self.school), task: some(&self.task), category: some(&self.category) }
    }

    /// As the end of an address. Values come from lists of ours; anything else is dropped.
    fn query(&self) -> String {
        let plain = |text: &String| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let pairs = [("school", &self.school), ("task", &self.task), ("category", &self.category)];
        let set = pairs.iter().filter(|(_, value)| !value.is_empty() && plain(value));
        let text = set.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
        if text.is_empty() { text } else { format!("?{text}") }
    }
}
