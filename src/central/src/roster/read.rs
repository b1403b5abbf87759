//! From bytes to rosters: encoding, form, rows.

use super::Rosters;
use super::columns::{Column, Layout};
use super::row;
use crate::files::{self, FileError};
use crate::ledger::{LedgerError, Student};
use collection::{Task, TaskId};
use jiff::civil::Date;
use sentences::{Lang, say};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;

/// Largest file that is read, bytes.
pub const MAX_FILE_BYTES: u64 = 32 << 20;
/// Most rows in one file.
pub const MAX_ROWS: usize = 100_000;
/// Most mistakes that are told one by one.
const MAX_TOLD: usize = 200;

/// One thing that is wrong in a roster file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: u64,
    /// Code of the sentence.
    pub code: &'static str,
    column: &'static str,
    limit: usize,
    other_line: u64,
}

impl Mistake {
    pub(super) fn of(line: u64, code: &'static str) -> Mistake {
        Mistake { line, code, column: "", limit: 0, other_line: 0 }
    }

    pub(super) fn column(self, column: Column) -> Mistake {
        Mistake { column: column.title(), ..self }
    }

    pub(super) fn limit(self, limit: usize) -> Mistake {
        Mistake { limit, ..self }
    }
}

impl Mistake {
    /// Title of the column it is in; empty where it is the whole row's.
    #[must_use]
    pub fn column_title(&self) -> &'static str {
        self.column
    }
}

impl fmt::Display for Mistake {
    /// Never quotes the value: it is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (limit, line) = (self.limit.to_string(), self.other_line.to_string());
        let args = [("column", self.column), ("limit", limit.as_str()), ("line", line.as_str())];
        // The sentences of rosters name their column themselves; those of documents are said elsewhere, too.
        let column = if self.column.is_empty() || self.code.starts_with("server.roster.") {
            String::new()
        } else {
            format!("“{}”：", self.column)
        };
        write!(f, "第 {} 行：{column}{}", self.line, say(self.code, Lang::Zh, &args))
    }
}

/// Why a roster was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is larger than anybody's roster.
    #[error("the roster has {bytes} bytes, more than {MAX_FILE_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The file has more rows than anybody's roster.
    #[error("the roster has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// Neither UTF-8 nor GB 18030.
    #[error("the roster is neither UTF-8 nor GB 18030; export it as CSV once more")]
    Encoding,
    /// The file is no CSV.
    #[error("the roster is not CSV: {0}")]
    Form(String),
    /// Rows that are wrong; nothing was imported.
    #[error("nothing was imported\n{}", told(.0))]
    Rows(Vec<Mistake>),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

fn told(mistakes: &[Mistake]) -> String {
    let mut lines: Vec<String> = mistakes.iter().take(MAX_TOLD).map(ToString::to_string).collect();
    if mistakes.len() > MAX_TOLD {
        lines.push(format!("… 还有 {} 处", mistakes.len() - MAX_TOLD));
    }
    lines.join("\n")
}

/// Reads a file that is not too large.
pub(super) fn bounded(file: &Path) -> Result<Vec<u8>, ImportError> {
    let size = std::fs::metadata(file).map_err(|source| FileError { file: file.to_owned(), source })?.len();
    if size > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge { bytes: size });
    }
    Ok(files::read(file)?)
}

/// Reads rosters; `task` is the task of rows that name none.
pub(super) fn rosters(
    bytes: &[u8],
    tasks: &BTreeMap<TaskId, Task>,
    task: Option<&TaskId>,
    today: Date,
) -> Result<Rosters, ImportError> {
    let text = decode(bytes)?;
    let header = text.lines().next().unwrap_or_default();
    let tabs = header.matches('\t').count() > header.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .flexible(true)
        .from_reader(text.as_bytes());
    let form = |e: csv::Error| ImportError::Form(e.to_string());
    let header = reader.headers().map_err(form)?.clone();
    let layout = Layout::find(&header).map_err(ImportError::Rows)?;
    let mut heap = Heap { tasks, task, seen: HashMap::new(), found: BTreeMap::new(), mistakes: Vec::new() };
    for (count, row) in reader.records().enumerate() {
        if count >= MAX_ROWS {
            return Err(ImportError::TooManyRows);
        }
        let row = row.map_err(form)?;
        if row.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() != header.len() {
            heap.mistakes.push(Mistake::of(line, "server.roster.columns"));
            continue;
        }
        heap.add(line, &layout, &row, today);
    }
    heap.finish()
}

fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
    if broken || text.contains('\0') { Err(ImportError::Encoding) } else { Ok(text.into_owned()) }
}

/// What was read so far.
struct Heap<'a> {
    tasks: &'a BTreeMap<TaskId, Task>,
    task: Option<&'a TaskId>,
    /// Line by task and unique number.
    seen: HashMap<(TaskId, String), u64>,
    found: BTreeMap<TaskId, Vec<Student>>,
    mistakes: Vec<Mistake>,
}

impl Heap<'_> {
    fn add(&mut self, line: u64, layout: &Layout, row: &csv::StringRecord, today: Date) {
        let named = layout.value(row, Column::Task);
        let task = match (named, self.task) {
            ("", default) => default.cloned(),
            (named, _) => TaskId::new(named).ok(),
        };
        let task = task.filter(|id| self.tasks.contains_key(id));
        if task.is_none() {
            self.mistakes.push(Mistake::of(line, "server.roster.task").column(Column::Task));
        }
        match (row::student(line, layout, row, today), task) {
            (Ok(student), Some(task)) => {
                let key = (task.clone(), student.unique_number.as_str().to_owned());
                if let Some(&other_line) = self.seen.get(&key) {
                    self.mistakes.push(Mistake { other_line, ..Mistake::of(line, "server.roster.twice") });
                    return;
                }
                self.seen.insert(key, line);
                self.found.entry(task).or_default().push(student);
            }
            (Ok(_), None) => {}
            (Err(mistakes), _) => self.mistakes.extend(mistakes),
        }
    }

    fn finish(self) -> Result<Rosters, ImportError> {
        if !self.mistakes.is_empty() {
            return Err(ImportError::Rows(self.mistakes));
        }
        let with_task = |(id, students)| self.tasks.get(&id).map(|task| (task.clone(), students));
        Ok(self.found.into_iter().filter_map(with_task).collect())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
