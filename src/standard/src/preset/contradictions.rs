//! Finds numbers that contradict each other, so that a preset that cannot be satisfied is refused before the collection day.

use super::fault::{PresetError, PresetFault as Fault};
use super::model::{Background, Bytes, Limit, Offsets, Rule, Size};
use crate::{CheckName as C, Phase, Threshold};
use std::collections::BTreeMap;

/// Eyes to hair top over cheek to cheek, of any head: measured 0.74..1.27 on 43 portraits, with room for high and for no hair.
const HEADS: (f64, f64) = (0.5, 1.4);
/// Longest name.
const NAME_LENGTH: usize = 40;
/// ISO's own formulas let no picture pass [`C::HeadSize`] and these together.
const MARGINS: [C; 2] = [C::MarginAboveOfTheFaceImage, C::MarginBelowOfTheFaceImage];

type Found = Vec<PresetError>;

fn report(found: &mut Found, key: impl Into<String>, fault: Fault) {
    found.push(PresetError { key: key.into(), fault });
}

/// Reports a number outside of `min..=max`, or no number at all (NaN).
pub(super) fn range(found: &mut Found, key: &str, value: f64, min: f64, max: f64) -> bool {
    let inside = value >= min && value <= max;
    if !inside {
        report(found, key, Fault::Outside { value, min, max });
    }
    inside
}

pub(super) fn of_bytes(bytes: Bytes, size: Option<Size>, found: &mut Found) {
    let [min, max, aim] = [bytes.min, bytes.max, bytes.aim_min].map(f64::from);
    if bytes.min >= bytes.max {
        report(found, "bytes", Fault::Reversed { min, max });
    } else {
        range(found, "bytes.aim_min", aim, min, max - 1.0);
    }
    if let Some(size) = size {
        let raw = f64::from(size.width) * f64::from(size.height) * 3.0;
        if min > raw {
            report(found, "bytes.min", Fault::MoreThanRaw { min, raw });
        }
    }
}

pub(super) fn of_placement(place: Offsets, size: Option<Size>, found: &mut Found) {
    let (w, h) = size.map_or((f64::MAX, f64::MAX), |s| (f64::from(s.width), f64::from(s.height)));
    let mut ordered = |key: &str, limit: Limit, end: f64| {
        let key = format!("placement.{key}");
        if limit.min > limit.max {
            report(found, key, Fault::Reversed { min: limit.min, max: limit.max });
            return false;
        }
        let low = range(found, &format!("{key}.min"), limit.min, 0.0, end);
        range(found, &format!("{key}.max"), limit.max, 0.0, end) && low
    };
    let hair = ordered("hair_top", place.hair_top, h);
    let eyes = ordered("eye_line", place.eye_line, h);
    let face = ordered("face_width", place.face_width, w);
    if hair && eyes && place.hair_top.max >= place.eye_line.min {
        let fault = Fault::EyesAboveHair { hair: place.hair_top.max, eyes: place.eye_line.min };
        report(found, "placement.eye_line", fault);
    } else if hair && eyes && face {
        let least = (place.eye_line.min - place.hair_top.max) / place.face_width.max.max(1.0);
        let most = (place.eye_line.max - place.hair_top.min) / place.face_width.min.max(1.0);
        if most < HEADS.0 || least > HEADS.1 {
            report(found, "placement", Fault::NoHead { min: least, max: most });
        }
    }
    range(found, "placement.centre_max", place.centre_max, 0.0, w / 2.0);
}

pub(super) fn of_words(
    name: Option<&str>,
    title: Option<&str>,
    backgrounds: Option<&[Background]>,
    found: &mut Found,
) {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_some_and(|n| n.is_empty() || n.len() > NAME_LENGTH || !n.chars().all(fine)) {
        report(found, "name", Fault::Name);
    }
    if title.is_some_and(|t| t.trim().is_empty()) {
        report(found, "title", Fault::Empty);
    }
    let Some(list) = backgrounds else { return };
    if list.is_empty() {
        report(found, "backgrounds", Fault::Empty);
    }
    for (i, one) in list.iter().enumerate() {
        if list[..i].iter().any(|b| b.name == one.name || b.rgb == one.rgb) {
            report(found, format!("backgrounds.{i}"), Fault::Twice);
        }
    }
}

pub(super) fn of_rules(rules: &BTreeMap<C, Rule>, enlargement_max: Option<f64>, found: &mut Found) {
    for (name, rule) in rules {
        of_rule(*name, rule, found);
    }
    let permitted = rules.get(&C::EnlargementFactor).and_then(|r| r.block.max);
    if let Some((permitted, limit)) = permitted.zip(enlargement_max).filter(|(p, l)| p > l) {
        report(found, "capture.EnlargementFactor", Fault::BeyondMake { permitted, limit });
    }
    for margin in MARGINS.into_iter().filter(|m| rules.contains_key(m) && rules.contains_key(&C::HeadSize)) {
        report(found, "capture.HeadSize", Fault::Opposes { other: margin.as_str() });
    }
}

fn of_rule(name: C, rule: &Rule, found: &mut Found) {
    let key = format!("capture.{name}");
    if name.phase() != Phase::Capture {
        report(found, key, Fault::OfTheFile);
        return;
    }
    if *rule == Rule::default() {
        report(found, key, Fault::JudgesNothing);
        return;
    }
    let (low, high) = name.span();
    let mut sound = true;
    for (which, Threshold { min, max }) in [("warn", rule.warn), ("block", rule.block)] {
        for (end, value) in [("min", min), ("max", max)] {
            let Some(value) = value else { continue };
            sound &= range(found, &format!("{key}.{which}.{end}"), value, low, high);
        }
        if let Some((min, max)) = min.zip(max).filter(|(min, max)| min > max) {
            report(found, format!("{key}.{which}"), Fault::Reversed { min, max });
            sound = false;
        }
    }
    // Every end of the inner range lies inside of the outer one.
    let ends = [rule.warn.min, rule.warn.max];
    if sound && ends.into_iter().flatten().any(|end| !rule.block.holds(end)) {
        report(found, key, Fault::BlocksBeforeWarning);
    }
}
