//! The byte order mark (U+FEFF) that some programs write in front of a code's text.

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text without a leading byte order mark; one in the middle of the text is kept.
pub(super) fn without_byte_order_mark(text: &str) -> String {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_leading_mark_is_removed() {
        assert_eq!(without_byte_order_mark("\u{feff}abc"), "abc");
        assert_eq!(without_byte_order_mark("ab\u{feff}c"), "ab\u{feff}c");
    }
}
