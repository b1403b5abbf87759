//! Masks names and numbers for a public screen.
//!
//! A mask shows enough for its owner to recognise it and too little to identify the owner to others.

/// Compound surnames (复姓) that are kept whole, those in use today.
const COMPOUND: [&str; 34] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "宇文", "长孙",
    "端木", "夏侯", "轩辕", "独孤", "南宫", "西门", "申屠", "太史", "呼延", "百里", "东郭", "澹台", "濮阳",
    "淳于", "钟离", "鲜于", "司空", "赫连", "万俟", "闻人", "拓跋",
];

/// Dots that part a name: the middle dot and its look-alikes.
pub(crate) const DOTS: [char; 7] = ['·', '•', '・', '‧', '．', '･', '∙'];

/// Whether a character is a variation selector, as rare characters in names have.
pub(crate) fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A name as it is shown.
///
/// The surname and the last character stay (`林*夏`, `欧阳*月`); a two-character name keeps its surname (`林*`); of a name with
/// middle dots the first part keeps its first character and the last part its last (`阿***·***江`); of a Latin name each word
/// keeps its first letter (`A*** S*******`).
#[must_use]
pub fn mask_name(name: &str) -> String {
    let name: String = name.trim().chars().filter(|c| !is_selector(*c)).collect();
    // From U+2E80 on: Han, kana and their like, where a space inside a name only fills a form.
    let latin = !name.chars().any(|c| c >= '\u{2e80}' && !DOTS.contains(&c));
    if latin && !name.contains(DOTS) {
        return name.split_whitespace().map(|word| keep(word, 1, 0)).collect::<Vec<_>>().join(" ");
    }
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some((first, last)) = name.rsplit_once(DOTS) {
        let first: Vec<String> =
            first.split(DOTS).enumerate().map(|(at, part)| keep(part, usize::from(at == 0), 0)).collect();
        return format!("{}·{}", first.join("·"), keep(last, 0, 1));
    }
    let length = name.chars().count();
    let compound = length > 2 && COMPOUND.iter().any(|surname| name.starts_with(surname));
    let surname = if compound { 2 } else { 1 };
    keep(&name, surname, usize::from(length > surname + 1))
}

/// A number as it is shown: the first four and the last four characters (`9900**********1234`); a short one only its last two.
#[must_use]
pub fn mask_number(number: &str) -> String {
    let number = number.trim();
    if number.chars().count() >= 12 { keep(number, 4, 4) } else { keep(number, 0, 2) }
}

/// Keeps so many characters at either end and stars the others; a text that would be shown whole is starred.
fn keep(text: &str, front: usize, back: usize) -> String {
    let length = text.chars().count();
    let (front, back) =
        if front + back >= length && length > 1 { (front.min(length - 1), 0) } else { (front, back) };
    let shown = |at: usize| at < front || at + back >= length;
    let shown = |at: usize| length > 1 && shown(at);
    text.chars().enumerate().map(|(at, c)| if shown(at) { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_every_build_are_masked() {
        for (name, shown) in [
            ("林知夏", "林*夏"),
            ("林夏", "林*"),
            ("欧阳明月", "欧阳*月"),
            ("欧阳月", "欧阳*"),
            ("欧阳", "欧*"),
            ("林知夏秋", "林**秋"),
            ("阿依努尔·买买提江", "阿***·***江"),
            ("阿·买买提·江", "*·***·*"),
            ("Anna Svensson", "A*** S*******"),
            ("林", "*"),
            ("王\u{3000}磊", "王*"),
            ("万俟长安", "万俟*安"),
            ("José Álvarez", "J*** Á******"),
            ("𠮷田一", "𠮷*一"),
            ("林\u{e0100}夏", "林*"),
            ("", ""),
        ] {
            assert_eq!(mask_name(name), shown, "{name}");
        }
    }

    #[test]
    fn numbers_keep_their_ends() {
        assert_eq!(mask_number("990000200401010013"), "9900**********0013");
        assert_eq!(mask_number("E12345678"), "*******78");
        assert_eq!(mask_number("1"), "*");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_mask_always_hides_something(name in "\\PC{1,30}") {
            let shown = mask_name(&name);
            let nothing = |c: char| c.is_whitespace() || is_selector(c) || DOTS.contains(&c);
            prop_assert!(shown.contains('*') || name.chars().all(nothing));
        }

        #[test]
        fn a_masked_number_hides_at_least_a_third_of_it(number in "[0-9A-Z]{2,20}") {
            let stars = mask_number(&number).chars().filter(|c| *c == '*').count();
            prop_assert!(stars * 3 >= number.len() - 1, "{}", mask_number(&number));
        }
    }
}
