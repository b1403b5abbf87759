//! Replaces tables in `docs/MEASUREMENTS.md`, each between its own two markers. The text around the markers is written by hand
//! and holds no figures.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::process::root;

fn page() -> PathBuf {
    root().join("docs/MEASUREMENTS.md")
}

/// Replaces the table `name`, with the day and the commit above it.
///
/// # Errors
/// When the page has no markers for it, or the table is empty.
pub fn replace_table(name: &str, table: &str) -> anyhow::Result<()> {
    ensure!(!table.trim().is_empty(), "nothing was measured");
    let text = format!("{}.\n\n{}", stamp(), table.trim());
    replace_between(&format!("<!-- table:{name}:begin -->"), &format!("<!-- table:{name}:end -->"), &text)
}

/// Replaces what stands between two markers.
///
/// # Errors
/// When the page has no such markers or cannot be written.
pub fn replace_between(begin: &str, end: &str, text: &str) -> anyhow::Result<()> {
    let path = page();
    let before = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let after = replaced(&before, begin, end, text)
        .with_context(|| format!("{} has no markers {begin} and {end}", path.display()))?;
    std::fs::write(&path, after).with_context(|| path.display().to_string())
}

fn replaced(page: &str, begin: &str, end: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(begin)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{begin}\n{text}\n{end}{after}"))
}

/// The day and the commit of a measurement.
pub fn stamp() -> String {
    let git = Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(root()).output();
    let commit =
        git.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    format!("{}, commit {commit}", jiff::Zoned::now().date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_is_replaced() {
        let page = "a\n<b>\nold\n<e>\nz";
        assert_eq!(replaced(page, "<b>", "<e>", "new").as_deref(), Some("a\n<b>\nnew\n<e>\nz"));
        assert_eq!(replaced(page, "<x>", "<e>", "new"), None);
    }
}
