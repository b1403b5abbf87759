//! From bytes to rosters: encoding, form, rows.

use super::columns::{Column, Layout, WrongColumn};
use super::error::{ImportError, MAX_FILE_BYTES, MAX_ROWS};
use super::mistake::{Fault, Mistake};
use super::row;
use crate::files::{self, FileError};
use crate::ledger::Student;
use collection::{Task, TaskId};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Students by task.
pub(super) type Rosters = Vec<(Task, Vec<Student>)>;

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
    let layout = Layout::find(&header).map_err(|wrong| ImportError::Rows(header_mistakes(&wrong)))?;
    let mut rows = Rows { tasks, task, seen: HashMap::new(), found: BTreeMap::new(), mistakes: Vec::new() };
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
            rows.mistakes.push(Mistake::of_row(line, Fault::Columns));
            continue;
        }
        rows.add(line, &layout, &row, today);
    }
    rows.finish()
}

fn header_mistakes(wrong: &[WrongColumn]) -> Vec<Mistake> {
    let mistake = |wrong: &WrongColumn| match *wrong {
        WrongColumn::Repeated(column) => Mistake::in_column(1, column, Fault::RepeatedColumn),
        WrongColumn::Missing(column) => Mistake::in_column(1, column, Fault::Header),
    };
    wrong.iter().map(mistake).collect()
}

fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
    if broken || text.contains('\0') { Err(ImportError::Encoding) } else { Ok(text.into_owned()) }
}

/// The rows that were read so far.
struct Rows<'a> {
    tasks: &'a BTreeMap<TaskId, Task>,
    task: Option<&'a TaskId>,
    /// Line by task and unique number.
    seen: HashMap<(TaskId, String), u64>,
    found: BTreeMap<TaskId, Vec<Student>>,
    mistakes: Vec<Mistake>,
}

impl Rows<'_> {
    fn add(&mut self, line: u64, layout: &Layout, row: &csv::StringRecord, today: Date) {
        let named = layout.value(row, Column::Task);
        let task = match (named, self.task) {
            ("", default) => default.cloned(),
            (named, _) => TaskId::new(named).ok(),
        };
        let task = task.filter(|id| self.tasks.contains_key(id));
        if task.is_none() {
            self.mistakes.push(Mistake::in_column(line, Column::Task, Fault::Task));
        }
        match (row::student(line, layout, row, today), task) {
            (Ok(student), Some(task)) => {
                let key = (task.clone(), student.unique_number.as_str().to_owned());
                if let Some(&other_line) = self.seen.get(&key) {
                    self.mistakes.push(Mistake::of_row(line, Fault::Twice { other_line }));
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
