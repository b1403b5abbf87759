//! Whether a task can be opened: every mistake at once, each with its sentence, before a kiosk ever sees it.

use crate::{Decoder, NameTemplate, PublicKey, RosterFacts, Task};
use jiff::tz::TimeZone;

/// One mistake in a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFault {
    /// Which part of the task.
    pub field: &'static str,
    /// Code of the sentence.
    pub code: &'static str,
    /// The sentence's placeholders.
    pub args: Vec<(&'static str, String)>,
}

/// Every code that a fault can carry, naming templates' apart.
pub const TASK_FAULT_CODES: [&str; 12] = [
    "task.empty",
    "task.school_code",
    "task.days",
    "task.time_zone",
    "task.limit",
    "task.working_days",
    "task.comparing",
    "task.payment",
    "task.payment_wall",
    "task.price",
    "task.decoders",
    "task.key",
];

impl Task {
    /// Every mistake in it, for a roster that has this; empty when it can be opened.
    #[must_use]
    pub fn faults(&self, roster: RosterFacts<'_>) -> Vec<TaskFault> {
        let mut faults = Vec::new();
        let mut say = |when: bool, field: &'static str, code: &'static str| {
            if when {
                faults.push(TaskFault { field, code, args: Vec::new() });
            }
        };
        for (field, text) in [
            ("school", &self.school),
            ("name", &self.name),
            ("notice", &self.notice),
            ("preset", &self.preset),
            ("registry_phone", &self.registry_phone),
        ] {
            say(text.trim().is_empty(), field, "task.empty");
        }
        say(self.purposes.iter().all(|p| p.trim().is_empty()), "purposes", "task.empty");
        let code = &self.school_code;
        say(code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()), "school_code", "task.school_code");
        say(self.closes < self.opens, "closes", "task.days");
        say(TimeZone::get(&self.time_zone).is_err(), "time_zone", "task.time_zone");
        say(self.key().is_err(), "matching_key", "task.key");
        say(self.decoders.is_empty(), "decoders", "task.decoders");
        say(self.decoders.iter().any(has_bad_key), "decoders", "task.key");
        self.settings_faults(&mut say);
        self.payment_faults(&mut say);
        if let Err(naming) = NameTemplate::parse(&self.settings.naming, roster) {
            faults.extend(naming.iter().map(|f| TaskFault {
                field: "naming",
                code: f.code(),
                args: f.args(),
            }));
        }
        faults
    }

    fn settings_faults(&self, say: &mut impl FnMut(bool, &'static str, &'static str)) {
        let s = &self.settings;
        say(s.productions_per_day == 0, "productions_per_day", "task.limit");
        say(s.comparison_failures_to_case == 0, "comparison_failures_to_case", "task.limit");
        say(s.working_days.0 > s.working_days.1, "working_days", "task.working_days");
        say(s.make_up_days.iter().any(|d| s.holidays.contains(d)), "make_up_days", "task.working_days");
        say(s.online_between(self.closes).is_none(), "holidays", "task.working_days");
        let c = &self.comparing;
        let rising =
            -1.0 <= c.manual_from && c.manual_from <= c.pass && c.pass <= c.manual_to && c.manual_to <= 1.0;
        say(!rising, "comparing", "task.comparing");
    }

    /// Without a network there must be a next mode, never a wall; what comes after “the school pays” is never tried.
    fn payment_faults(&self, say: &mut impl FnMut(bool, &'static str, &'static str)) {
        let modes = &self.payment;
        let school = modes.iter().any(|m| m.is_prepaid());
        let twice = modes.iter().enumerate().any(|(at, m)| modes[..at].contains(m));
        say(modes.is_empty() || twice || (school && modes.len() > 1), "payment", "task.payment");
        let wall = modes.iter().any(|m| m.needs_network()) && !modes.iter().any(|m| m.never_fails());
        say(wall, "payment", "task.payment_wall");
        say(!school && self.settings.price_fen == 0, "price_fen", "task.price");
    }
}

fn has_bad_key(decoder: &Decoder) -> bool {
    matches!(decoder, Decoder::Signed { public_key, .. } if PublicKey::parse(public_key).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PaymentMode;
    use crate::fold::stories::task;
    use jiff::civil::date;

    fn faults(change: impl Fn(&mut Task)) -> Vec<(&'static str, &'static str)> {
        let mut task = task();
        change(&mut task);
        task.faults(RosterFacts::default()).iter().map(|f| (f.field, f.code)).collect()
    }

    #[test]
    fn a_good_task_has_none() {
        assert_eq!(faults(|_| {}), []);
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let all = faults(|t| {
            t.school.clear();
            t.school_code = "99".to_owned();
            t.closes = date(2026, 2, 1);
            t.time_zone = "Asia/Nowhere".to_owned();
            t.settings.productions_per_day = 0;
            t.settings.working_days = (10, 7);
            t.comparing.manual_from = 0.9;
            t.payment = vec![PaymentMode::WechatNative, PaymentMode::WechatNative];
            t.decoders.clear();
            t.matching_key = "x".to_owned();
            t.settings.naming = "{class}".to_owned();
        });
        for wanted in [
            ("school", "task.empty"),
            ("school_code", "task.school_code"),
            ("closes", "task.days"),
            ("time_zone", "task.time_zone"),
            ("productions_per_day", "task.limit"),
            ("working_days", "task.working_days"),
            ("comparing", "task.comparing"),
            ("payment", "task.payment"),
            ("payment", "task.payment_wall"),
            ("price_fen", "task.price"),
            ("decoders", "task.decoders"),
            ("matching_key", "task.key"),
            ("naming", "task.naming.collides"),
            ("naming", "task.naming.missing"),
        ] {
            assert!(all.contains(&wanted), "{wanted:?} is not among {all:?}");
        }
    }

    #[test]
    fn a_task_that_is_paid_by_phone_needs_a_way_without_a_network() {
        let priced = |modes: &[PaymentMode]| {
            faults(|t| {
                t.payment = modes.to_vec();
                t.settings.price_fen = 3_000;
            })
        };
        assert_eq!(priced(&[PaymentMode::WechatNative]), [("payment", "task.payment_wall")]);
        assert_eq!(priced(&[PaymentMode::WechatNative, PaymentMode::PayLater]), []);
        assert_eq!(priced(&[PaymentMode::Voucher]), []);
    }

    #[test]
    fn a_holiday_table_without_working_days_is_a_mistake() {
        let year = |t: &mut Task| {
            let next = |d: &mut jiff::civil::Date| {
                *d = d.tomorrow().ok()?;
                Some(*d)
            };
            t.settings.holidays = (0..400).scan(t.closes, |d, _| next(d)).collect();
        };
        assert_eq!(faults(year), [("holidays", "task.working_days")]);
    }
}
