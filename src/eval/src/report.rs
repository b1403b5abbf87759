//! Writes Markdown: lines, and tables row by row.

use std::fmt::Display;

/// A Markdown text that grows line by line.
#[derive(Debug, Default)]
pub struct Report(String);

impl Report {
    /// Adds a line of text.
    pub fn line(&mut self, text: impl Display) {
        self.0.push_str(&text.to_string());
        self.0.push('\n');
    }

    /// Begins a table with these column names.
    pub fn columns<S: AsRef<str>>(&mut self, names: &[S]) {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        self.line(format!("| {} |", names.join(" | ")));
        self.line(format!("|{}", "---|".repeat(names.len())));
    }

    /// Adds a row to the table.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        self.line(format!("| {} |", cells.join(" | ")));
    }

    /// The text.
    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_markdown() {
        let mut report = Report::default();
        report.columns(&["what", "n"]);
        report.row(&["codes", "3"]);
        assert_eq!(report.finish(), "| what | n |\n|---|---|\n| codes | 3 |\n");
    }
}
