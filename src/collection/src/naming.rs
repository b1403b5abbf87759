//! How portraits are named in the export: a template, `{unique_number}` by default.
//!
//! Two students must never get the same file name, and no name may need data that the task does not have. Both are refused when
//! the task is made, with every reason at once.

use sentences::{Code, codes};
use std::fmt;

/// Longest template, characters.
const MAX_TEMPLATE: usize = 80;
/// Characters that some file system or CHSI's import does not take.
const FORBIDDEN: [char; 10] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|', '.'];

/// Something that a name can be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameField {
    /// CHSI's unique number: every student at a task has another one.
    UniqueNumber,
    /// Student number (学号).
    StudentNumber,
    /// Identity document's number. One person with two studies has it twice.
    IdNumber,
    /// Name.
    Name,
    /// Class.
    Class,
    /// Programme.
    Programme,
    /// The school's code: the same for everybody.
    SchoolCode,
    /// The task's id: the same for everybody.
    Task,
}

impl NameField {
    /// All of them with their names in a template.
    pub const ALL: [(&'static str, NameField); 8] = [
        ("unique_number", NameField::UniqueNumber),
        ("student_number", NameField::StudentNumber),
        ("id_number", NameField::IdNumber),
        ("name", NameField::Name),
        ("class", NameField::Class),
        ("programme", NameField::Programme),
        ("school_code", NameField::SchoolCode),
        ("task", NameField::Task),
    ];

    const fn is_constant(self) -> bool {
        matches!(self, NameField::SchoolCode | NameField::Task)
    }

    /// The field's name in a template.
    #[must_use]
    pub fn text(self) -> &'static str {
        NameField::ALL.iter().find(|(_, f)| *f == self).map_or("", |(name, _)| name)
    }
}

/// Why a template is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// It is empty or longer than 80 characters.
    #[error("the template is empty or longer than {MAX_TEMPLATE} characters")]
    Length,
    /// A brace that is not closed, or one too many.
    #[error("the template has a brace without its other half")]
    Brace,
    /// No such field.
    #[error("there is no field {{{0}}}")]
    Unknown(String),
    /// A character that a file name may not have.
    #[error("the character {0:?} may not stand in a file name")]
    Forbidden(char),
    /// Two students could get one name: it has no field that is unique to each student, or that field is not separated from its neighbours.
    #[error("two students could get the same name")]
    Collides,
    /// The task's roster does not have this for everybody.
    #[error("the roster does not have {{{0}}} for everybody")]
    Missing(&'static str),
}

impl NameFault {
    /// The sentence that says so.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            NameFault::Length => codes::TASK_NAMING_LENGTH,
            NameFault::Brace => codes::TASK_NAMING_BRACE,
            NameFault::Unknown(_) => codes::TASK_NAMING_UNKNOWN,
            NameFault::Forbidden(_) => codes::TASK_NAMING_FORBIDDEN,
            NameFault::Collides => codes::TASK_NAMING_COLLIDES,
            NameFault::Missing(_) => codes::TASK_NAMING_MISSING,
        }
    }

    /// The sentence's placeholders.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            NameFault::Unknown(field) => vec![("field", field.clone())],
            NameFault::Missing(field) => vec![("field", (*field).to_owned())],
            NameFault::Forbidden(c) => vec![("character", c.to_string())],
            NameFault::Length | NameFault::Brace | NameFault::Collides => Vec::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(NameField),
}

/// A template that gives every student another name.
#[derive(Clone, PartialEq, Eq)]
pub struct NameTemplate(Vec<Piece>);

impl fmt::Debug for NameTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

/// What the roster of a task has: fields that every student has, and those of which no two students have the same.
/// The unique number is always both.
#[derive(Clone, Copy, Debug, Default)]
pub struct RosterFacts<'a> {
    /// Everybody has one.
    pub complete: &'a [NameField],
    /// No two have the same one.
    pub distinct: &'a [NameField],
}

impl NameTemplate {
    /// Reads a template for a task whose roster has this.
    ///
    /// # Errors
    /// Every reason against it.
    pub fn parse(text: &str, roster: RosterFacts<'_>) -> Result<NameTemplate, Vec<NameFault>> {
        let mut faults = Vec::new();
        if text.is_empty() || text.chars().count() > MAX_TEMPLATE {
            faults.push(NameFault::Length);
        }
        let pieces = pieces(text, &mut faults);
        for field in fields(&pieces) {
            let always = field == NameField::UniqueNumber || field.is_constant();
            if !always && !roster.complete.contains(&field) {
                faults.push(NameFault::Missing(field.text()));
            }
        }
        let own = |f: NameField| f == NameField::UniqueNumber || roster.distinct.contains(&f);
        if !pieces.is_empty() && !tells_apart(&pieces, own) {
            faults.push(NameFault::Collides);
        }
        if faults.is_empty() { Ok(NameTemplate(pieces)) } else { Err(faults) }
    }

    /// The name of one student's portrait, without `.jpg`. What may not stand in a file name becomes `-`.
    pub fn name(&self, value: impl Fn(NameField) -> String) -> String {
        let clean =
            |c: char| if FORBIDDEN.contains(&c) || c.is_control() || c.is_whitespace() { '-' } else { c };
        let mut name = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => name.push_str(text),
                Piece::Field(field) => name.extend(value(*field).chars().map(clean)),
            }
        }
        name
    }
}

fn fields(pieces: &[Piece]) -> impl Iterator<Item = NameField> + '_ {
    pieces.iter().filter_map(|p| match p {
        Piece::Field(field) => Some(*field),
        Piece::Text(_) => None,
    })
}

fn pieces(text: &str, faults: &mut Vec<NameFault>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '{' => {
                let after = rest.as_str();
                let Some((name, behind)) = after.split_once('}') else {
                    faults.push(NameFault::Brace);
                    break;
                };
                rest = behind.chars();
                if !literal.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut literal)));
                }
                match NameField::ALL.iter().find(|(known, _)| *known == name) {
                    Some((_, field)) => pieces.push(Piece::Field(*field)),
                    None => faults.push(NameFault::Unknown(name.chars().take(MAX_TEMPLATE).collect())),
                }
            }
            '}' => faults.push(NameFault::Brace),
            c if FORBIDDEN.contains(&c) || c.is_control() || c.is_whitespace() => {
                faults.push(NameFault::Forbidden(c));
            }
            c => literal.push(c),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    pieces
}

/// Whether the template is sure to differ between students: a field that is each student's own stands first or last of what
/// differs at all, and a sign that no such field can contain parts it from the others.
fn tells_apart(pieces: &[Piece], own: impl Fn(NameField) -> bool) -> bool {
    let differs = |p: &Piece| matches!(p, Piece::Field(f) if !f.is_constant());
    let places: Vec<usize> = (0..pieces.len()).filter(|at| differs(&pieces[*at])).collect();
    let own_at = |at: usize| matches!(&pieces[at], Piece::Field(f) if own(*f));
    let parted = |at: usize, sign: fn(&str) -> Option<char>| matches!(pieces.get(at), Some(Piece::Text(t)) if sign(t).is_some_and(|c| !c.is_alphanumeric()));
    match (places.first(), places.last()) {
        (Some(one), Some(same)) if one == same => own_at(*one),
        (Some(first), Some(last)) => {
            let first_parts = own_at(*first) && parted(first + 1, |t| t.chars().next());
            let last_parts = own_at(*last) && *last > 0 && parted(last - 1, |t| t.chars().next_back());
            first_parts || last_parts
        }
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm, reason = "a test names only the cases that it means")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const ALL: RosterFacts<'static> = RosterFacts {
        complete: &[NameField::StudentNumber, NameField::Name, NameField::Class, NameField::IdNumber],
        distinct: &[NameField::StudentNumber],
    };

    fn faults(text: &str) -> Vec<Code> {
        NameTemplate::parse(text, ALL).err().unwrap_or_default().iter().map(NameFault::code).collect()
    }

    #[test]
    fn good_templates_pass() {
        for text in [
            "{unique_number}",
            "{school_code}{unique_number}",
            "{unique_number}_{name}",
            "{class}-{student_number}",
            "p{task}-{unique_number}",
        ] {
            assert_eq!(faults(text), [], "{text}");
        }
    }

    #[test]
    fn every_reason_is_told() {
        assert_eq!(faults(""), [codes::TASK_NAMING_LENGTH]);
        assert_eq!(faults("{class}"), [codes::TASK_NAMING_COLLIDES]);
        assert_eq!(faults("portrait"), [codes::TASK_NAMING_COLLIDES]);
        assert_eq!(faults("{id_number}"), [codes::TASK_NAMING_COLLIDES]);
        assert_eq!(faults("{class}{unique_number}"), [codes::TASK_NAMING_COLLIDES]);
        assert_eq!(faults("{class}_{unique_number}_{name}"), [codes::TASK_NAMING_COLLIDES]);
        assert_eq!(faults("{programme}_{unique_number}"), [codes::TASK_NAMING_MISSING]);
        assert_eq!(
            faults("a/{foo}{unique_number}}"),
            [codes::TASK_NAMING_FORBIDDEN, codes::TASK_NAMING_UNKNOWN, codes::TASK_NAMING_BRACE]
        );
        assert_eq!(faults("{unique_number"), [codes::TASK_NAMING_BRACE]);
    }

    #[test]
    fn what_may_not_stand_in_a_file_name_is_replaced() {
        let template = NameTemplate::parse("{unique_number}_{name}", ALL).unwrap();
        let value = |f| if f == NameField::Name { "a/b c".to_owned() } else { "9900001".to_owned() };
        assert_eq!(template.name(value), "9900001_a-b-c");
    }

    fn any_template() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(vec![
            "{unique_number}",
            "{student_number}",
            "{class}",
            "{name}",
            "{task}",
            "_",
            "-",
            "x",
            "1",
        ]);
        proptest::collection::vec(piece, 1..6).prop_map(|p| p.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn a_template_that_passes_never_collides(
            text in any_template(),
            students in proptest::collection::btree_set(("[0-9A-Z]{1,3}", "[1x_-]{0,2}", "[1x_-]{0,2}"), 2..8),
        ) {
            let Ok(template) = NameTemplate::parse(&text, ALL) else { return Ok(()) };
            let mut seen = BTreeSet::new();
            let mut names = BTreeSet::new();
            for (number, class, name) in students.iter().filter(|(n, ..)| seen.insert(n.clone())) {
                let value = |f| match f {
                    NameField::Class => class.clone(),
                    NameField::Name => name.clone(),
                    NameField::Task => "t1".to_owned(),
                    _ => number.clone(),
                };
                let made = template.name(value);
                prop_assert!(names.insert(made.clone()), "{text}: {made} twice");
            }
        }

        #[test]
        fn no_template_panics(text in "\\PC{0,40}") {
            let _ = NameTemplate::parse(&text, RosterFacts::default());
        }
    }
}
