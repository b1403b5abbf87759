//! The reasons with which staff lets a picture pass that a check refuses (老师判断放行).

use sentences::{Code, codes};

/// Sentence codes of the reasons that staff can give; the last one only where the kiosk is a demonstration.
const OVERRIDE_REASONS: [Code; 4] = [
    codes::OVERRIDE_REASON_LOOKED_AT,
    codes::OVERRIDE_REASON_MEDICAL,
    codes::OVERRIDE_REASON_RELIGIOUS_COVERING,
    codes::OVERRIDE_REASON_DEMONSTRATION,
];

/// Sentence codes of the reasons, in the order of [`Touch::Reason`].
pub(crate) fn override_reasons(demonstration: bool) -> &'static [Code] {
    let all = OVERRIDE_REASONS.as_slice();
    if demonstration { all } else { all.split_last().map_or(all, |(_, real)| real) }
}
