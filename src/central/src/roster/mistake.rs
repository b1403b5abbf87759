//! What can be wrong in a roster file, and where.

use super::columns::Column;
use collection::DocumentFault;
use sentences::{Code, Lang, codes, say};
use std::fmt;

/// Most mistakes that are listed one by one.
const MAX_LISTED: usize = 200;

/// What is wrong with a header or a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The header lacks a needed column.
    Header,
    /// The header has a column twice.
    RepeatedColumn,
    /// A needed value is empty.
    Missing,
    /// A value is too long.
    Long {
        /// Most characters that it may have.
        limit: usize,
    },
    /// A spreadsheet turned a number into an approximation.
    Rounded,
    /// Not a unique number.
    UniqueNumber,
    /// Not a kind of document that is known.
    DocumentKind,
    /// Not a document number of its kind.
    DocumentNumber(DocumentFault),
    /// The date of birth is missing or is none.
    Birth,
    /// There is no such task.
    Task,
    /// An earlier row has the same unique number at the same task.
    Twice {
        /// Line of the earlier row.
        other_line: u64,
    },
    /// The row has another number of values than the header.
    Columns,
}

impl Fault {
    /// Code of the sentence.
    #[must_use]
    pub fn code(self) -> Code {
        match self {
            Fault::Header => codes::SERVER_ROSTER_HEADER,
            Fault::RepeatedColumn => codes::SERVER_ROSTER_REPEATED_COLUMN,
            Fault::Missing => codes::SERVER_ROSTER_MISSING,
            Fault::Long { .. } => codes::SERVER_ROSTER_LONG,
            Fault::Rounded => codes::SERVER_ROSTER_ROUNDED,
            Fault::UniqueNumber => codes::SERVER_ROSTER_UNIQUE_NUMBER,
            Fault::DocumentKind => codes::SERVER_ROSTER_DOCUMENT,
            Fault::DocumentNumber(fault) => fault.code(),
            Fault::Birth => codes::SERVER_ROSTER_BIRTH,
            Fault::Task => codes::SERVER_ROSTER_TASK,
            Fault::Twice { .. } => codes::SERVER_ROSTER_TWICE,
            Fault::Columns => codes::SERVER_ROSTER_COLUMNS,
        }
    }
}

/// One thing that is wrong in a roster file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
    column: Option<Column>,
}

impl Mistake {
    /// A mistake of a whole row.
    pub(super) fn of_row(line: u64, fault: Fault) -> Mistake {
        Mistake { line, fault, column: None }
    }

    /// A mistake in one column.
    pub(super) fn in_column(line: u64, column: Column, fault: Fault) -> Mistake {
        Mistake { line, fault, column: Some(column) }
    }

    /// Title of the column it is in; empty where it is the whole row's.
    #[must_use]
    pub fn column_title(&self) -> &'static str {
        self.column.map_or("", Column::title)
    }
}

impl fmt::Display for Mistake {
    /// Never quotes the value: it is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut args = vec![("column", self.column_title().to_owned())];
        if let Fault::Long { limit } = self.fault {
            args.push(("limit", limit.to_string()));
        }
        if let Fault::Twice { other_line } = self.fault {
            args.push(("line", other_line.to_string()));
        }
        let fault = sentences::say_with(self.fault.code(), Lang::Zh, &args);
        let line = self.line.to_string();
        // The sentences of rosters name their column themselves; those of documents are shared with the kiosk and do not.
        let place = if let Fault::DocumentNumber(_) = self.fault {
            codes::SERVER_ROSTER_AT_COLUMN
        } else {
            codes::SERVER_ROSTER_AT_LINE
        };
        let args = [("line", line.as_str()), ("column", self.column_title()), ("fault", fault.as_str())];
        f.write_str(&say(place, Lang::Zh, &args))
    }
}

/// The mistakes, one a line, as far as a person reads them.
pub(super) fn list(mistakes: &[Mistake]) -> String {
    let mut lines: Vec<String> = mistakes.iter().take(MAX_LISTED).map(ToString::to_string).collect();
    if let Some(more) = mistakes.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        lines.push(say(codes::SERVER_ROSTER_MORE, Lang::Zh, &[("count", &more.to_string())]));
    }
    lines.join("\n")
}
