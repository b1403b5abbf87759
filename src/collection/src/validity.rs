//! Checks whether a task can be opened: reports every mistake at once, before the task reaches a kiosk.

use crate::{Decoder, NameTemplate, PublicKey, RosterFacts, Task};
use jiff::tz::TimeZone;
use sentences::{Code, codes};
use standard::Preset;

/// One mistake in a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFault {
    /// Which part of the task.
    pub field: &'static str,
    /// The sentence that says so.
    pub code: Code,
    /// The sentence's placeholders.
    pub args: Vec<(&'static str, String)>,
}

impl Task {
    /// Every mistake in the task, given what its roster has; empty when it can be opened.
    #[must_use]
    pub fn faults(&self, roster: RosterFacts<'_>) -> Vec<TaskFault> {
        let mut faults = Vec::new();
        let mut say = |when: bool, field: &'static str, code: Code| {
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
            say(text.trim().is_empty(), field, codes::TASK_EMPTY);
        }
        say(self.purposes.iter().all(|p| p.trim().is_empty()), "purposes", codes::TASK_EMPTY);
        let code = &self.school_code;
        say(
            code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()),
            "school_code",
            codes::TASK_SCHOOL_CODE,
        );
        say(self.closes < self.opens, "closes", codes::TASK_DAYS);
        say(TimeZone::get(&self.time_zone).is_err(), "time_zone", codes::TASK_TIME_ZONE);
        say(self.key().is_err(), "matching_key", codes::TASK_KEY);
        say(self.decoders.is_empty(), "decoders", codes::TASK_DECODERS);
        say(self.decoders.iter().any(has_bad_key), "decoders", codes::TASK_KEY);
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

    /// Every mistake in what the task asks of its portrait standard, given the standards that there are: its kiosks can make the
    /// portrait only when they have the standard, and the background is one of it.
    #[must_use]
    pub fn preset_faults(&self, presets: &[Preset]) -> Vec<TaskFault> {
        let listed = |names: Vec<String>| vec![("known", names.join("、"))];
        let Some(preset) = presets.iter().find(|p| p.name == self.preset) else {
            let args = listed(presets.iter().map(|p| p.name.clone()).collect());
            return vec![TaskFault { field: "preset", code: codes::TASK_PRESET, args }];
        };
        if preset.background(self.background).is_some() {
            return Vec::new();
        }
        let args = listed(preset.backgrounds.iter().map(|b| b.name.to_string()).collect());
        vec![TaskFault { field: "background", code: codes::TASK_BACKGROUND, args }]
    }

    fn settings_faults(&self, say: &mut impl FnMut(bool, &'static str, Code)) {
        let s = &self.settings;
        say(s.productions_per_day == 0, "productions_per_day", codes::TASK_LIMIT);
        say(s.comparison_failures_to_case == 0, "comparison_failures_to_case", codes::TASK_LIMIT);
        say(s.working_days.0 > s.working_days.1, "working_days", codes::TASK_WORKING_DAYS);
        say(s.make_up_days.iter().any(|d| s.holidays.contains(d)), "make_up_days", codes::TASK_WORKING_DAYS);
        say(s.online_between(self.closes).is_none(), "holidays", codes::TASK_WORKING_DAYS);
        let c = &self.comparing;
        let rising =
            -1.0 <= c.manual_from && c.manual_from <= c.pass && c.pass <= c.manual_to && c.manual_to <= 1.0;
        say(!rising, "comparing", codes::TASK_COMPARING);
    }

    /// Without a network there must be another mode; a mode after “the school pays” would never be tried.
    fn payment_faults(&self, say: &mut impl FnMut(bool, &'static str, Code)) {
        let modes = &self.payment;
        let school = modes.iter().any(|m| m.is_prepaid());
        let twice = modes.iter().enumerate().any(|(at, m)| modes[..at].contains(m));
        say(modes.is_empty() || twice || (school && modes.len() > 1), "payment", codes::TASK_PAYMENT);
        let wall = modes.iter().any(|m| m.needs_network()) && !modes.iter().any(|m| m.never_fails());
        say(wall, "payment", codes::TASK_PAYMENT_WALL);
        say(!school && self.settings.price_fen == 0, "price_fen", codes::TASK_PRICE);
    }
}

fn has_bad_key(decoder: &Decoder) -> bool {
    matches!(decoder, Decoder::Signed { public_key, .. } if PublicKey::parse(public_key).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PaymentMode;
    use crate::fold::scenario_tests::task;
    use jiff::civil::date;
    use standard::BackgroundName;

    fn faults(change: impl Fn(&mut Task)) -> Vec<(&'static str, Code)> {
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
            ("school", codes::TASK_EMPTY),
            ("school_code", codes::TASK_SCHOOL_CODE),
            ("closes", codes::TASK_DAYS),
            ("time_zone", codes::TASK_TIME_ZONE),
            ("productions_per_day", codes::TASK_LIMIT),
            ("working_days", codes::TASK_WORKING_DAYS),
            ("comparing", codes::TASK_COMPARING),
            ("payment", codes::TASK_PAYMENT),
            ("payment", codes::TASK_PAYMENT_WALL),
            ("price_fen", codes::TASK_PRICE),
            ("decoders", codes::TASK_DECODERS),
            ("matching_key", codes::TASK_KEY),
            ("naming", codes::TASK_NAMING_COLLIDES),
            ("naming", codes::TASK_NAMING_MISSING),
        ] {
            assert!(all.contains(&wanted), "{wanted:?} is not among {all:?}");
        }
    }

    #[test]
    fn a_standard_and_a_background_that_nobody_has_are_mistakes() {
        let chsi =
            Preset::parse(include_str!("../../../kiosk-config/presets/chsi.toml")).expect("the preset");
        let faults = |change: fn(&mut Task)| {
            let mut task = task();
            change(&mut task);
            task.preset_faults(std::slice::from_ref(&chsi))
        };
        assert_eq!(faults(|_| {}), []);
        let known = |names: &str| vec![("known", names.to_owned())];
        let preset = TaskFault { field: "preset", code: codes::TASK_PRESET, args: known("chsi") };
        assert_eq!(faults(|t| "chsi2".clone_into(&mut t.preset)), [preset]);
        let background =
            TaskFault {
                field: "background", code: codes::TASK_BACKGROUND, args: known("blue、white、grey")
            };
        assert_eq!(faults(|t| t.background = BackgroundName::literal("red")), [background]);
    }

    #[test]
    fn a_task_that_is_paid_by_phone_needs_a_way_without_a_network() {
        let priced = |modes: &[PaymentMode]| {
            faults(|t| {
                t.payment = modes.to_vec();
                t.settings.price_fen = 3_000;
            })
        };
        assert_eq!(priced(&[PaymentMode::WechatNative]), [("payment", codes::TASK_PAYMENT_WALL)]);
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
        assert_eq!(faults(year), [("holidays", codes::TASK_WORKING_DAYS)]);
    }
}
