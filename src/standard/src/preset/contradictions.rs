//! Finds numbers that contradict each other, so that a preset that cannot be satisfied is refused before the collection day.

use super::background::Background;
use super::fault::{PresetFault as Fault, Section};
use super::model::{Bytes, Limit, Offsets, Rule, Size};
use crate::{CheckName as C, Phase, Threshold};
use std::collections::BTreeMap;

/// Eyes to hair top over cheek to cheek, of any head: measured 0.74..1.27 on 43 portraits, with room for high and for no hair.
const HEADS: (f64, f64) = (0.5, 1.4);
/// Longest name.
const NAME_LENGTH: usize = 40;
/// ISO's own formulas let no picture pass [`C::HeadSize`] and these together.
const MARGINS: [C; 2] = [C::MarginAboveOfTheFaceImage, C::MarginBelowOfTheFaceImage];

/// Reports a number outside of `min..=max`, or no number at all (NaN).
pub(super) fn range(s: &mut Section<'_>, key: &str, value: f64, min: f64, max: f64) -> bool {
    let inside = value >= min && value <= max;
    if !inside {
        s.report(key, Fault::Outside { value, min, max });
    }
    inside
}

pub(super) fn of_bytes(bytes: Bytes, size: Option<Size>, file: &mut Section<'_>) {
    let [min, max, aim] = [bytes.min, bytes.max, bytes.aim_min].map(f64::from);
    if bytes.min >= bytes.max {
        file.report("bytes", Fault::Reversed { min, max });
    } else {
        range(file, "bytes.aim_min", aim, min, max - 1.0);
    }
    if let Some(size) = size {
        let raw = f64::from(size.width) * f64::from(size.height) * 3.0;
        if min > raw {
            file.report("bytes.min", Fault::MoreThanRaw { min, raw });
        }
    }
}

pub(super) fn of_placement(place: Offsets, size: Option<Size>, file: &mut Section<'_>) {
    let (w, h) = size.map_or((f64::MAX, f64::MAX), |s| (f64::from(s.width), f64::from(s.height)));
    let mut ordered = |key: &str, limit: Limit, end: f64| {
        let key = format!("placement.{key}");
        if limit.min > limit.max {
            file.report(&key, Fault::Reversed { min: limit.min, max: limit.max });
            return false;
        }
        let low = range(file, &format!("{key}.min"), limit.min, 0.0, end);
        range(file, &format!("{key}.max"), limit.max, 0.0, end) && low
    };
    let hair = ordered("hair_top", place.hair_top, h);
    let eyes = ordered("eye_line", place.eye_line, h);
    let face = ordered("face_width", place.face_width, w);
    if hair && eyes && place.hair_top.max >= place.eye_line.min {
        let fault = Fault::EyesAboveHair { hair: place.hair_top.max, eyes: place.eye_line.min };
        file.report("placement.eye_line", fault);
    } else if hair && eyes && face {
        let least = (place.eye_line.min - place.hair_top.max) / place.face_width.max.max(1.0);
        let most = (place.eye_line.max - place.hair_top.min) / place.face_width.min.max(1.0);
        if most < HEADS.0 || least > HEADS.1 {
            file.report("placement", Fault::NoHead { min: least, max: most });
        }
    }
    range(file, "placement.centre_max", place.centre_max, 0.0, w / 2.0);
}

pub(super) fn of_words(
    name: Option<&str>,
    title: Option<&str>,
    backgrounds: Option<&[Background]>,
    file: &mut Section<'_>,
) {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_some_and(|n| n.is_empty() || n.len() > NAME_LENGTH || !n.chars().all(fine)) {
        file.report("name", Fault::Name);
    }
    if title.is_some_and(|t| t.trim().is_empty()) {
        file.report("title", Fault::Empty);
    }
    let Some(list) = backgrounds else { return };
    if list.is_empty() {
        file.report("backgrounds", Fault::Empty);
    }
    for (i, one) in list.iter().enumerate() {
        if list[..i].iter().any(|b| b.name == one.name || b.rgb == one.rgb) {
            file.report(&format!("backgrounds.{i}"), Fault::Twice);
        }
    }
}

pub(super) fn of_rules(rules: &BTreeMap<C, Rule>, enlargement_max: Option<f64>, file: &mut Section<'_>) {
    for (name, rule) in rules {
        of_rule(*name, rule, file);
    }
    let permitted = rules.get(&C::EnlargementFactor).and_then(|r| r.block.max);
    if let Some((permitted, limit)) = permitted.zip(enlargement_max).filter(|(p, l)| p > l) {
        file.report("capture.EnlargementFactor", Fault::BeyondMake { permitted, limit });
    }
    for margin in MARGINS.into_iter().filter(|m| rules.contains_key(m) && rules.contains_key(&C::HeadSize)) {
        file.report("capture.HeadSize", Fault::Opposes { other: margin.as_str() });
    }
}

fn of_rule(name: C, rule: &Rule, file: &mut Section<'_>) {
    let key = format!("capture.{name}");
    if name.phase() != Phase::Capture {
        file.report(&key, Fault::OfTheFile);
        return;
    }
    if *rule == Rule::default() {
        file.report(&key, Fault::JudgesNothing);
        return;
    }
    let (low, high) = name.span();
    let mut sound = true;
    for (which, Threshold { min, max }) in [("warn", rule.warn), ("block", rule.block)] {
        for (end, value) in [("min", min), ("max", max)] {
            let Some(value) = value else { continue };
            sound &= range(file, &format!("{key}.{which}.{end}"), value, low, high);
        }
        if let Some((min, max)) = min.zip(max).filter(|(min, max)| min > max) {
            file.report(&format!("{key}.{which}"), Fault::Reversed { min, max });
            sound = false;
        }
    }
    // Every end of the inner range lies inside of the outer one.
    let ends = [rule.warn.min, rule.warn.max];
    if sound && ends.into_iter().flatten().any(|end| !rule.block.holds(end)) {
        file.report(&key, Fault::BlocksBeforeWarning);
    }
}
