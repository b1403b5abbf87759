//! How the console words things: sentences of the catalogue in Chinese, times, categories, comparisons, reasons.

use collection::{Category, ComparisonBand};
use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, Zoned};
use sentences::{Code, Lang, codes, say, say_with};
use std::fmt;

/// The sentence of a code.
pub(crate) fn text(code: Code) -> String {
    say(code, Lang::Zh, &[])
}

/// The sentence of a code with its placeholders filled.
pub(crate) fn text_with<V: AsRef<str>>(code: Code, args: &[(&str, V)]) -> String {
    say_with(code, Lang::Zh, args)
}

/// The sentence of a code with its `{count}` filled.
pub(crate) fn counted(code: Code, count: &dyn fmt::Display) -> String {
    text_with(code, &[("count", count.to_string())])
}

/// How a state is coloured: the class of its element in the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Pass,
    Warn,
    Fail,
    Neutral,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Tone::Pass => "pass",
            Tone::Warn => "warn",
            Tone::Fail => "fail",
            Tone::Neutral => "none",
        }
    }
}

impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class())
    }
}

/// A reason for 不通过 in the reviewer's list.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    pub code: Code,
    /// Short name.
    pub name: String,
    /// What the student reads.
    pub sentence: String,
    /// The sentence as the console announces it.
    pub preview: String,
}

/// Every reason, in the order in which reviewers look: the face from above to below, the picture, the person, anything else.
const REASONS: [Code; 20] = [
    codes::REVIEW_BROWS_COVERED,
    codes::REVIEW_EYES_CLOSED,
    codes::REVIEW_GAZE,
    codes::REVIEW_GLASSES,
    codes::REVIEW_EARS_COVERED,
    codes::REVIEW_EXPRESSION,
    codes::REVIEW_HEAD_TILTED,
    codes::REVIEW_HEAD_TURNED,
    codes::REVIEW_HAT,
    codes::REVIEW_JEWELLERY,
    codes::REVIEW_CLOTHES,
    codes::REVIEW_LIGHT,
    codes::REVIEW_BLURRED,
    codes::REVIEW_BACKGROUND,
    codes::REVIEW_EDGE,
    codes::REVIEW_SIZE,
    codes::REVIEW_RETOUCHED,
    codes::REVIEW_SAME_PHOTO,
    codes::REVIEW_NOT_THE_PERSON,
    codes::REVIEW_OTHER,
];

/// The reviewer's list.
pub(crate) fn reasons() -> Vec<Reason> {
    let reason = |code: Code| Reason {
        code,
        name: reason_name(code),
        sentence: text(code),
        preview: text_with(codes::PAGES_REVIEW_STUDENT_READS, &[("sentence", text(code))]),
    };
    REASONS.map(reason).into()
}

/// The reason of that code, if it is one of the list.
pub(crate) fn reason(code: &str) -> Option<Code> {
    REASONS.into_iter().find(|reason| reason.as_str() == code)
}

/// The short name of a reason.
pub(crate) fn reason_name(code: Code) -> String {
    text(code.name().unwrap_or(codes::GENERAL))
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
    match at.date() {
        day if day == today => text_with(codes::PAGES_TIME_TODAY, &[("clock", clock)]),
        day if day.year() == today.year() => {
            let (month, day) = (day.month().to_string(), day.day().to_string());
            text_with(codes::PAGES_TIME_THIS_YEAR, &[("month", month), ("day", day), ("clock", clock)])
        }
        day => format!("{day} {clock}"),
    }
}

/// Start of the day in China, Unix milliseconds.
pub(crate) fn start_of_day(now: i64) -> i64 {
    local(now).start_of_day().map_or(now, |start| start.timestamp().as_millisecond())
}

/// 学历类别
pub(crate) fn category(category: Category) -> String {
    text(match category {
        Category::Undergraduate => codes::WORD_UNDERGRADUATE,
        Category::Postgraduate => codes::WORD_POSTGRADUATE,
        Category::AdultEducation => codes::WORD_ADULT_EDUCATION,
    })
}

/// A comparison in words, and its tone.
pub(crate) fn band(band: ComparisonBand) -> (String, Tone) {
    let (code, tone) = match band {
        ComparisonBand::Pass => (codes::PAGES_BAND_PASS, Tone::Pass),
        ComparisonBand::Manual => (codes::PAGES_BAND_MANUAL, Tone::Warn),
        ComparisonBand::Below => (codes::PAGES_BAND_BELOW, Tone::Fail),
        ComparisonBand::None => (codes::PAGES_BAND_NONE, Tone::Neutral),
    };
    (text(code), tone)
}

/// A score of 0 to 100 with one decimal.
pub(crate) fn score(tenths: Option<i32>) -> Option<String> {
    tenths.map(|t| format!("{}.{}", t / 10, t % 10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_has_every_reason_of_the_catalogue_once() {
        let family = Code::all().filter(|c| c.as_str().starts_with("review.") && c.name().is_some());
        assert_eq!(family.collect::<BTreeSet<_>>(), BTreeSet::from(REASONS));
        assert_eq!(reasons().last().map(|r| r.code), Some(codes::REVIEW_OTHER));
        assert!(REASONS.iter().all(|code| code.name().is_some()));
    }

    #[test]
    fn times_are_those_of_the_school() {
        let noon = 1_782_273_600_000; // 2026-06-24T04:00Z
        assert_eq!(when(noon, noon + 1000), "今天\u{2009}12:00");
        assert_eq!(when(noon, noon + 86_400_000), "6\u{2009}月\u{2009}24\u{2009}日\u{2009}12:00");
        assert_eq!(start_of_day(noon), noon - 12 * 3_600_000);
    }
}
