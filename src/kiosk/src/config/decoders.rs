//! `[decoders]`: the commands of authorised collectors, `name = ["/path/to/program", "argument"]`.

use crate::decoder::Decoders;
use ::config::Section;
use std::path::{Path, PathBuf};
use toml::Value;

pub(super) fn take(s: &mut Section<'_>) -> Decoders {
    let mut decoders = Decoders::default();
    for (name, value) in s.drain() {
        match command(&value, s.base()) {
            Some(command) => {
                decoders.commands.insert(name, command);
            }
            None => s.report(&name, "must be a list of texts, [\"/path/to/program\", \"argument\"]"),
        }
    }
    decoders
}

/// The program's absolute path and its arguments. A program without a `/` is refused, because no search path is consulted.
fn command(value: &Value, base: &Path) -> Option<Vec<PathBuf>> {
    let words: Option<Vec<&str>> = value.as_array()?.iter().map(Value::as_str).collect();
    let words = words?;
    let (program, arguments) = words.split_first().filter(|(program, _)| program.contains('/'))?;
    let program = base.join(program);
    let program = std::path::absolute(&program).unwrap_or(program);
    Some(std::iter::once(program).chain(arguments.iter().map(PathBuf::from)).collect())
}
