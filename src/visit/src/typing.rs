//! What is typed character by character: bounded, and only of the characters that the field takes.

use crate::Touch;

/// Puts a character behind the others while there is room.
pub(crate) fn push(text: &mut String, c: char, most: usize) {
    if text.chars().count() < most {
        text.push(c);
    }
}

/// A key of a keyboard, written into a field that takes these characters. Whether the touch was a key.
pub(crate) fn key(text: &mut String, touch: Touch, most: usize, takes: impl Fn(char) -> bool) -> bool {
    let c = match touch {
        Touch::Key(c) => c,
        Touch::Digit(d @ 0..=9) => char::from(b'0' + d),
        Touch::LetterX => 'X',
        Touch::Backspace => {
            text.pop();
            return true;
        }
        Touch::Clear => {
            text.clear();
            return true;
        }
        _ => return false,
    };
    if takes(c) {
        push(text, c, most);
    }
    true
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
