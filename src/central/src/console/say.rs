//! How the console says things: times, categories, bands, reasons. The console speaks Chinese.

use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, Zoned};
use sentences::{Lang, codes, say};

/// A reason for 不通过 in the reviewer's list.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    pub code: &'static str,
    /// Short name.
    pub name: String,
    /// What the student reads.
    pub sentence: String,
}

/// The sentence of a code.
pub(crate) fn sentence(code: &str) -> String {
    say(code, Lang::Zh, &[])
}

/// The order in which reviewers look: the face from above to below, the picture, the person. Others follow, the general one
/// is the last.
const ORDER: [&str; 19] = [
    "brows_covered",
    "eyes_closed",
    "gaze",
    "glasses",
    "ears_covered",
    "expression",
    "head_tilted",
    "head_turned",
    "hat",
    "jewellery",
    "clothes",
    "light",
    "blurred",
    "background",
    "edge",
    "size",
    "retouched",
    "same_photo",
    "not_the_person",
];

/// Every reason, in the order above.
pub(crate) fn reasons() -> Vec<Reason> {
    let place = |code: &str| {
        let name = code.trim_start_matches("review.");
        let known = ORDER.iter().position(|known| *known == name);
        if name == "other" { ORDER.len() + 1 } else { known.unwrap_or(ORDER.len()) }
    };
    let mut codes: Vec<&'static str> =
        codes().filter(|code| code.starts_with("review.") && !code.ends_with(".name")).collect();
    codes.sort_by_key(|code| place(code));
    codes.into_iter().map(|code| Reason { code, name: reason_name(code), sentence: sentence(code) }).collect()
}

/// The short name of a reason.
pub(crate) fn reason_name(code: &str) -> String {
    say(&format!("{code}.name"), Lang::Zh, &[])
}

/// China has one time zone and no summer time.
fn local(millis: i64) -> Zoned {
    let at = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::fixed(tz::offset(8)))
}

/// A time as people write it: `13:30` today, otherwise with the day.
pub(crate) fn when(millis: i64, now: i64) -> String {
    let (at, today) = (local(millis), local(now).date());
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    let thin = '\u{2009}';
    match at.date() {
        day if day == today => format!("今天{thin}{clock}"),
        day if day.year() == today.year() => {
            format!("{}{thin}月{thin}{}{thin}日{thin}{clock}", day.month(), day.day())
        }
        day => format!("{day} {clock}"),
    }
}

/// Start of the day in China, Unix milliseconds.
pub(crate) fn day_began(now: i64) -> i64 {
    local(now).start_of_day().map_or(now, |start| start.timestamp().as_millisecond())
}

/// 学历类别
pub(crate) fn category(name: &str) -> &'static str {
    match name {
        "undergraduate" => "普通本专科",
        "postgraduate" => "研究生",
        "adult_education" => "成人教育",
        _ => "其他",
    }
}

/// A comparison in words, and the tone in which it is shown.
pub(crate) fn band(name: &str) -> (&'static str, &'static str) {
    match name {
        "pass" => ("比对通过", "pass"),
        "manual" => ("比对待人工核对", "warn"),
        "below" => ("比对未通过", "fail"),
        _ => ("没有比对", "none"),
    }
}

/// A score of 0 to 100 with one decimal.
pub(crate) fn score(tenths: Option<i32>) -> Option<String> {
    tenths.map(|t| format!("{}.{}", t / 10, t % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_name_and_a_sentence() {
        let all = reasons();
        assert!(all.len() > 10);
        assert_eq!(all.last().map(|r| r.code), Some("review.other"));
        for reason in all {
            assert!(sentences::has(&format!("{}.name", reason.code)), "{}", reason.code);
        }
    }

    #[test]
    fn times_are_the_school_s() {
        let noon = 1_782_273_600_000; // 2026-06-24T04:00Z
        assert_eq!(when(noon, noon + 1000), "今天\u{2009}12:00");
        assert!(when(noon, noon + 86_400_000).starts_with("6\u{2009}月"));
        assert_eq!(day_began(noon), noon - 12 * 3_600_000);
    }
}
