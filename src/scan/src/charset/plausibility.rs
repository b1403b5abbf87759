//! How plausible a text is in a language: the judge between GB 18030 and Shift-JIS, whose bytes overlap.

/// How much `text`, decoded from `bytes` as GB 18030, looks like Chinese: common characters (level 1 of GB 2312) count
/// most, rows that hardly anybody writes count against it.
pub(super) fn chinese_score(text: &str, bytes: &[u8]) -> f32 {
    let mut score = 0.0;
    let mut at = 0;
    for character in text.chars() {
        let lead = bytes.get(at).copied().unwrap_or(0);
        let trail = bytes.get(at + 1).copied().unwrap_or(0);
        let (length, worth) = match (lead, trail) {
            (0..=0x7f, _) => {
                (1, if character.is_control() && !character.is_whitespace() { -2.0 } else { 0.0 })
            }
            (_, 0x30..=0x39) => (4, 0.5),
            (0xb0..=0xd7, 0xa1..) => (2, 3.0),
            (0xd8..=0xf7, 0xa1..) => (2, 1.0),
            (0xa1..=0xa3, 0xa1..) => (2, 1.5),
            _ => (2, -1.0),
        };
        at += length;
        score += worth;
    }
    score
}

/// How much `text`, decoded as Shift-JIS, looks like Japanese. Half-width katakana are the same bytes as common Chinese characters; what tells them apart is
/// their grammar: a voicing mark stands only after a letter that can be voiced.
pub(super) fn japanese_score(text: &str) -> f32 {
    let mut score = 0.0;
    let mut before = '\0';
    for character in text.chars() {
        score += match character {
            '\u{ff9e}' | '\u{ff9f}' if matches!(before, '\u{ff73}' | '\u{ff76}'..='\u{ff84}' | '\u{ff8a}'..='\u{ff8e}') => {
                4.0
            }
            '\u{ff9e}' | '\u{ff9f}' => -3.0,
            '\u{ff61}'..='\u{ff9d}' => 1.3,
            '\u{3041}'..='\u{30ff}' => 3.0,
            '\u{4e00}'..='\u{9fff}' => 2.0,
            '\u{3000}'..='\u{3040}' | '\u{ff01}'..='\u{ff60}' => 1.0,
            '\u{e000}'..='\u{f8ff}' => -2.0,
            _ if character.is_control() && !character.is_whitespace() => -2.0,
            _ => 0.0,
        };
        before = character;
    }
    score
}
