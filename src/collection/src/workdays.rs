//! Working days: when a portrait that passed review is online (7 to 10 days, 节假日除外).

use crate::Settings;
use jiff::civil::{Date, Weekday};

/// Days looked at before giving up; a holiday table that leaves no working day in a year is a mistake.
const HORIZON: usize = 366;

impl Settings {
    /// Whether this day is worked: Monday to Friday unless a holiday, and the weekends that make up for one (调休).
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        if self.make_up_days.contains(&day) {
            return true;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !self.holidays.contains(&day)
    }

    /// The day that is `count` working days after `day`; `None` at the end of the calendar or of all working days.
    #[must_use]
    pub fn after_working_days(&self, day: Date, count: u32) -> Option<Date> {
        if count == 0 {
            return Some(day);
        }
        let mut left = count;
        let mut at = day;
        for _ in 0..HORIZON {
            at = at.tomorrow().ok()?;
            if self.is_working_day(at) {
                left -= 1;
                if left == 0 {
                    return Some(at);
                }
            }
        }
        None
    }

    /// From when to when a portrait that was approved on `day` is expected online.
    #[must_use]
    pub fn online_between(&self, approved: Date) -> Option<(Date, Date)> {
        let (from, to) = self.working_days;
        Some((self.after_working_days(approved, from)?, self.after_working_days(approved, to)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// 1 to 7 October 2026 off, 27 September and 10 October worked.
    fn autumn() -> Settings {
        Settings {
            holidays: (1..8).map(|d| date(2026, 10, d)).collect(),
            make_up_days: vec![date(2026, 9, 27), date(2026, 10, 10)],
            ..Settings::default()
        }
    }

    #[test]
    fn weekends_do_not_count() {
        let plain = Settings::default();
        // 2026-03-10 is a Tuesday: seven working days later is Thursday of the next week, ten the Tuesday after.
        assert_eq!(plain.online_between(date(2026, 3, 10)), Some((date(2026, 3, 19), date(2026, 3, 24))));
    }

    #[test]
    fn holidays_do_not_count_and_worked_weekends_do() {
        let settings = autumn();
        assert!(settings.is_working_day(date(2026, 9, 27)), "a worked Sunday");
        assert!(!settings.is_working_day(date(2026, 10, 1)), "a holiday on a Thursday");
        // Approved on 30 September: 8 and 9 October, the worked Saturday 10, then 12 to 15.
        assert_eq!(settings.after_working_days(date(2026, 9, 30), 7), Some(date(2026, 10, 15)));
    }

    #[test]
    fn a_table_without_working_days_ends() {
        let none = Settings {
            holidays: (0..400)
                .scan(date(2026, 1, 1), |d, _| {
                    *d = d.tomorrow().ok()?;
                    Some(*d)
                })
                .collect(),
            ..Settings::default()
        };
        assert_eq!(none.after_working_days(date(2026, 1, 1), 7), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn between_lie_exactly_that_many_working_days(offset in 0_i32..900, count in 1_u32..30) {
            let start = date(2025, 1, 1).saturating_add(jiff::Span::new().days(offset));
            let settings = autumn();
            let end = settings.after_working_days(start, count).unwrap();
            let mut at = start;
            let mut worked = 0;
            while at < end {
                at = at.tomorrow().unwrap();
                worked += u32::from(settings.is_working_day(at));
            }
            prop_assert_eq!(worked, count);
            prop_assert!(settings.is_working_day(end));
        }
    }
}
