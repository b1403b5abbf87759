//! What is typed character by character: bounded, and only of the characters that the field takes.

/// A key of a keypad or a keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keystroke {
    /// A key of a keypad, 0..=9; others type nothing.
    Digit(u8),
    /// X, the last character of some identity numbers.
    X,
    /// A letter, a digit, a sign of an address, or a 汉字 that was composed.
    Char(char),
    /// Delete the last character.
    Backspace,
    /// Delete everything.
    Clear,
}

/// Appends a character up to a limit.
pub(crate) fn push(text: &mut String, c: char, most: usize) {
    if text.chars().count() < most {
        text.push(c);
    }
}

/// A key, written into a field that takes these characters.
pub(crate) fn write(text: &mut String, key: Keystroke, most: usize, takes: impl Fn(char) -> bool) {
    let c = match key {
        Keystroke::Char(c) => c,
        Keystroke::Digit(d @ 0..=9) => char::from(b'0' + d),
        Keystroke::Digit(_) => return,
        Keystroke::X => 'X',
        Keystroke::Backspace => {
            text.pop();
            return;
        }
        Keystroke::Clear => return text.clear(),
    };
    if takes(c) {
        push(text, c, most);
    }
}

/// A key of a keypad that has digits only.
pub(crate) fn write_digit(text: &mut String, key: Keystroke, most: usize) {
    match key {
        Keystroke::Digit(_) | Keystroke::Backspace | Keystroke::Clear => {
            write(text, key, most, |c| c.is_ascii_digit());
        }
        Keystroke::X | Keystroke::Char(_) => {}
    }
}

/// Whether X may follow now: only as the last character of an identity number, the sixth of six or the eighteenth.
pub(crate) fn may_end_with_x(number: &str) -> bool {
    matches!(number.chars().count(), 5 | 17)
}

/// A key of a keypad for numbers, where X may only end an identity number.
pub(crate) fn write_number(text: &mut String, key: Keystroke, most: usize) {
    match key {
        Keystroke::X if may_end_with_x(text) => text.push('X'),
        Keystroke::X | Keystroke::Char(_) => {}
        Keystroke::Digit(_) | Keystroke::Backspace | Keystroke::Clear => write_digit(text, key, most),
    }
}

/// Characters of a name: letters of any script, the middle dot, a space, a hyphen and an apostrophe between them.
pub(crate) fn of_a_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '·' | ' ' | '-' | '\'')
}

/// Characters of a street, a house or a class: letters, digits and what stands between them on an envelope.
pub(crate) fn of_a_line(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '·' | ' ' | '-' | '#' | '/' | '.' | ',' | '(' | ')' | '（' | '）' | '，' | '、')
}
