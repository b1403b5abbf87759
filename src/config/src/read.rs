//! From a file or a text to a value, or to every mistake at once.

use crate::fault::{ConfigError, Fault, Mistake};
use crate::lines::Lines;
use crate::section::Section;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use toml::de::DeTable;

/// Largest configuration that is read, bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Reads a file; relative paths in it are relative to its folder.
///
/// # Errors
/// [`ConfigError`] with every mistake at once; a file that cannot be opened is one mistake.
pub fn read<T>(file: &Path, take: impl FnOnce(&mut Section<'_>) -> T) -> Result<T, ConfigError> {
    let base = file.parent().unwrap_or(Path::new(""));
    let value = bytes_of(file).map_err(|fault| vec![whole(None, fault)]).and_then(|bytes| {
        let text = String::from_utf8(bytes).map_err(|_| {
            let fault = Fault::Syntax { reason: "it is not UTF-8".to_owned() };
            vec![whole(None, fault)]
        })?;
        parse(&text, base, take)
    });
    value.map_err(|mistakes| ConfigError { file: file.to_owned(), mistakes })
}

/// Reads a text; relative paths in it are relative to `base`. Whatever `take` leaves over is reported as unknown.
///
/// # Errors
/// Every mistake at once.
pub fn parse<T, F: From<Fault>>(
    text: &str,
    base: &Path,
    take: impl FnOnce(&mut Section<'_, F>) -> T,
) -> Result<T, Vec<Mistake<F>>> {
    if text.len() > MAX_BYTES {
        return Err(vec![whole(None, Fault::TooLong { max: MAX_BYTES })]);
    }
    let table = text.parse::<toml::Table>().map_err(|first| syntax(text, first))?;
    let mut mistakes = Vec::new();
    let value = Section::top(table, base, &mut mistakes, take);
    if mistakes.is_empty() {
        return Ok(value);
    }
    let lines = Lines::of(text);
    for mistake in &mut mistakes {
        mistake.line = lines.line(&mistake.key);
    }
    Err(mistakes)
}

/// At most [`MAX_BYTES`] and one more, so that a device or a pipe cannot fill the memory.
fn bytes_of(file: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|open| open.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|e| Fault::Unreadable(e.to_string()))?;
    if bytes.len() > MAX_BYTES { Err(Fault::TooLong { max: MAX_BYTES }) } else { Ok(bytes) }
}

fn whole<F: From<Fault>>(line: Option<usize>, fault: Fault) -> Mistake<F> {
    Mistake { key: String::new(), line, fault: F::from(fault) }
}

/// Every line that the parser cannot read, one mistake a line.
fn syntax<F: From<Fault>>(text: &str, first: toml::de::Error) -> Vec<Mistake<F>> {
    let (_, mut errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        // The form is right and a value is not, for example a number of more than 64 bits.
        errors.push(first);
    }
    let line = |e: &toml::de::Error| {
        let before = text.as_bytes().get(..e.span()?.start)?;
        Some(before.iter().filter(|b| **b == b'\n').count() + 1)
    };
    let mut found: Vec<(Option<usize>, String)> =
        errors.iter().map(|e| (line(e), e.message().trim().replace('\n', " "))).collect();
    found.sort_by_key(|(line, _)| *line);
    found.dedup_by_key(|(line, _)| *line);
    found.into_iter().map(|(line, reason)| whole(line, Fault::Syntax { reason })).collect()
}
