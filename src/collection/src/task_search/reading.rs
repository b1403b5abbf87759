//! How a text is read aloud: its characters in pinyin.

use pinyin::ToPinyin;

/// Most ways to read one name that are kept.
const MAX_READINGS: usize = 8;

/// Characters that names of schools and places read otherwise than most texts do, with that other reading.
const SECOND: [(char, &str); 22] = [
    ('重', "chong"),
    ('重', "zhong"),
    ('长', "chang"),
    ('长', "zhang"),
    ('厦', "xia"),
    ('蚌', "beng"),
    ('六', "lu"),
    ('都', "du"),
    ('乐', "le"),
    ('乐', "yue"),
    ('行', "hang"),
    ('行', "xing"),
    ('藏', "zang"),
    ('莞', "guan"),
    ('亳', "bo"),
    ('番', "pan"),
    ('铅', "yan"),
    ('浍', "hui"),
    ('调', "diao"),
    ('会', "kuai"),
    ('参', "shen"),
    ('石', "shi"),
];

/// A text without spaces and marks, narrow, lower-case, of at most `limit` characters; ü is typed as v.
pub(super) fn normal(text: &str, limit: usize) -> String {
    text.chars()
        .map(|c| match c {
            // Full-width forms stand 0xFEE0 above their ASCII.
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            'ü' | 'Ü' => 'v',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .take(limit)
        .collect()
}

/// The syllables of a normal text, once for each way to read it; a character that has no reading stands for itself.
pub(super) fn readings(text: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for c in text.chars() {
        let usual = c.to_pinyin().map_or_else(|| c.to_string(), |p| p.plain().replace('ü', "v"));
        let mut ways = vec![usual];
        for (_, other) in SECOND.iter().filter(|(of, _)| *of == c) {
            if !ways.iter().any(|w| w == other) {
                ways.push((*other).to_owned());
            }
        }
        let room = MAX_READINGS / all.len().max(1);
        ways.truncate(room.max(1));
        all = ways
            .iter()
            .flat_map(|way| {
                all.iter().map(move |before| {
                    let mut longer = before.clone();
                    longer.push(way.clone());
                    longer
                })
            })
            .collect();
    }
    all
}
