//! Says a sentence in a language, with its placeholders filled.

use crate::{Code, Lang};

/// What stands where a value is missing.
const MISSING: &str = "–";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Says the sentence of `code` in `lang`, with `{name}` replaced by the value of `name` in `args`.
///
/// A placeholder without a value becomes a dash.
#[must_use]
pub fn say(code: Code, lang: Lang, args: &[(&str, &str)]) -> String {
    fill(code.sentence().text(lang), lang, |name| {
        args.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
    })
}

/// As [`say`], for owned arguments, as refusals and faults carry them.
#[must_use]
pub fn say_with<N: AsRef<str>, V: AsRef<str>>(code: Code, lang: Lang, args: &[(N, V)]) -> String {
    let borrowed: Vec<(&str, &str)> = args.iter().map(|(n, v)| (n.as_ref(), v.as_ref())).collect();
    say(code, lang, &borrowed)
}

fn fill(text: &str, lang: Lang, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inside, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let (name, form) = inside.split_once(':').unwrap_or((inside, ""));
        let said = value(name).unwrap_or_else(|| MISSING.to_owned());
        if form == "day" {
            out.push_str(&day(&said, lang));
        } else {
            out.push_str(&said);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// `2026-12-05` becomes `12 月 5 日` or `5 December`; anything else stays as it is.
fn day(iso: &str, lang: Lang) -> String {
    let mut parts = iso.splitn(3, '-');
    let (Some(_year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    let (Ok(month), Ok(day)) = (month.parse::<usize>(), day.parse::<u8>()) else { return iso.to_owned() };
    let Some(name) = month.checked_sub(1).and_then(|m| MONTHS.get(m)) else { return iso.to_owned() };
    match lang {
        Lang::Zh => format!("{month} 月 {day} 日"),
        Lang::En => format!("{day} {name}"),
    }
}

/// The names and forms of all placeholders, sorted.
#[cfg(test)]
pub(crate) fn placeholders(text: &str) -> std::collections::BTreeSet<String> {
    let pieces = text.split('{').skip(1);
    pieces.filter_map(|p| p.split_once('}').map(|(inside, _)| inside.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, args: &[(&str, &str)], lang: Lang) -> String {
        fill(text, lang, |n| args.iter().find(|(k, _)| *k == n).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn values_fill_their_placeholders() {
        assert_eq!(filled("电话 {phone}。", &[("phone", "8000")], Lang::Zh), "电话 8000。");
        assert_eq!(filled("{a}{b}", &[("b", "2"), ("a", "1")], Lang::En), "12");
    }

    #[test]
    fn a_value_is_never_read_as_a_placeholder() {
        assert_eq!(filled("{a}", &[("a", "{b}"), ("b", "x")], Lang::En), "{b}");
    }

    #[test]
    fn a_missing_value_leaves_a_dash() {
        assert_eq!(filled("x {a} y", &[], Lang::En), "x – y");
    }

    #[test]
    fn an_open_brace_stays_a_brace() {
        assert_eq!(filled("a { b", &[], Lang::En), "a { b");
    }

    #[test]
    fn a_day_is_formatted_for_the_language() {
        let args = [("d", "2026-12-05")];
        assert_eq!(filled("{d:day}", &args, Lang::Zh), "12 月 5 日");
        assert_eq!(filled("{d:day}", &args, Lang::En), "5 December");
        assert_eq!(filled("{d:day}", &[("d", "soon")], Lang::En), "soon");
        assert_eq!(filled("{d:day}", &[("d", "2026-13-05")], Lang::En), "2026-13-05");
    }
}
