//! The properties of the exported globals that the app sets, read from the `.slint` files, because Slint
//! globals cannot be enumerated at run time.
//!
//! The reader knows the form in which this crate writes globals (one property a line) and refuses any other, so that no property
//! is missed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What a property holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Picture,
    Model,
    Value,
}

impl Kind {
    /// Its word in the macro `each_property!`.
    fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Picture => "picture",
            Kind::Model => "model",
            Kind::Value => "value",
        }
    }
}

struct Property {
    name: String,
    kind: Kind,
    /// What it holds before the app sets it, as Rust.
    initial: String,
}

/// An exported global with the properties that the app can set.
pub struct Global {
    name: String,
    properties: Vec<Property>,
}

/// Reads the globals that `app.slint` exports.
///
/// # Errors
/// Names the file and the line of a property that is not understood, or the exported name of a global that is not found.
pub fn read(folders: &[&str]) -> Result<Vec<Global>, String> {
    let mut globals = Vec::new();
    for folder in folders {
        let unreadable = |e: std::io::Error| format!("{folder}: {e}");
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|e| e == "slint") {
                of_file(&path, &mut globals)?;
            }
        }
    }
    let app = fs::read_to_string("app.slint").map_err(|e| format!("app.slint: {e}"))?;
    let exported: Vec<&str> = app
        .lines()
        .filter_map(|line| line.strip_prefix("export { ")?.strip_suffix(" }"))
        .flat_map(|names| names.split(", "))
        .collect();
    globals.retain(|g: &Global| exported.contains(&g.name.as_str()));
    globals.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(globals)
}

fn of_file(path: &Path, globals: &mut Vec<Global>) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("export global ").and_then(|l| l.strip_suffix(" {")) {
            globals.push(Global { name: name.to_owned(), properties: Vec::new() });
            inside = true;
        } else if line == "}" {
            inside = false;
        } else if inside && is_set_by_the_app(line) {
            let property = property(line.trim()).ok_or_else(|| {
                format!("{}:{}: a property of an unknown form: {line}", path.display(), at + 1)
            })?;
            globals.last_mut().ok_or("no global yet")?.properties.push(property);
        }
    }
    Ok(())
}

fn is_set_by_the_app(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("in property") || line.starts_with("in-out property")
}

/// `in property <TYPE> NAME;` or `in property <TYPE> NAME: LITERAL;`
fn property(line: &str) -> Option<Property> {
    let (kind, rest) = line.split_once("property <")?.1.split_once("> ")?;
    let (name, literal) = match rest.strip_suffix(';')?.split_once(": ") {
        Some((name, literal)) => (name, Some(literal)),
        None => (rest.strip_suffix(';')?, None),
    };
    let kind = match kind {
        "string" => Kind::Text,
        "image" => Kind::Picture,
        _ if kind.starts_with('[') => Kind::Model,
        _ => Kind::Value,
    };
    let initial = literal.map_or(Some("Default::default()".to_owned()), rust_literal)?;
    Some(Property { name: name.replace('-', "_"), kind, initial })
}

/// A literal of Slint as Rust: `true`, `15`, `#64C5FF` or `Tone.pass`.
fn rust_literal(literal: &str) -> Option<String> {
    if matches!(literal, "true" | "false") || literal.parse::<i32>().is_ok() {
        return Some(literal.to_owned());
    }
    if let Some(hex) = literal.strip_prefix('#') {
        let colour = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
        return Some(format!("slint::Color::from_argb_encoded({:#010X})", 0xFF00_0000 | colour));
    }
    let (kind, value) = literal.split_once('.')?;
    let value: String = value.split('-').map(capitalised).collect();
    Some(format!("{kind}::{value}"))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The generated Rust: `Reset` for every global, and `each_property!`.
///
/// # Errors
/// Never in practice: writing to a text does not fail.
pub fn rust(globals: &[Global]) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    for Global { name, properties } in globals {
        writeln!(out, "impl Reset for {name}<'_> {{\n    fn reset(&self) {{")?;
        for Property { name, initial, .. } in properties {
            writeln!(out, "        self.set_{name}({initial});")?;
        }
        writeln!(out, "    }}\n}}")?;
    }
    writeln!(
        out,
        "{MACRO_DOC}#[macro_export]\nmacro_rules! each_property {{\n    ($then:ident) => {{ $then! {{"
    )?;
    for Global { name: global, properties } in globals {
        for Property { name, kind, .. } in properties {
            writeln!(out, "        {global} {name} {} set_{name} get_{name};", kind.word())?;
        }
    }
    writeln!(out, "    }} }};\n}}")?;
    Ok(out)
}

const MACRO_DOC: &str = "\
/// Calls a macro with every property of every exported global that the app can set, for tests that must not miss one:
/// `GLOBAL NAME KIND SETTER GETTER;` a property, KIND being `text`, `picture`, `model` or `value`.
";
