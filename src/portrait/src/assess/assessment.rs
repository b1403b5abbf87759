//! What was found about a picture or a file: its checks, and the worst verdict of them.

use crate::find::FaceReport;
use crate::geometry::FaceBox;
use sentences::codes;
use serde::Serialize;
use standard::{Check, CheckName, Threshold, Verdict};

/// Everything that was found about one picture or file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// The worst verdict of all checks.
    pub verdict: Verdict,
    /// The checks, in the standard's order.
    pub checks: Vec<Check>,
    /// The main face, if there is one.
    pub face: Option<FaceReport>,
    /// Every other face, on a poster too, the largest first.
    pub others: Vec<FaceBox>,
    /// Checks that could not be made on this picture, or are not made at all.
    pub not_assessed: Vec<CheckName>,
}

impl Assessment {
    /// Puts measured values together. An absent value is listed as not assessed.
    pub(crate) fn collect(
        checks: impl IntoIterator<Item = Result<Check, CheckName>>,
        face: Option<FaceReport>,
    ) -> Assessment {
        let (mut done, mut open) = (Vec::new(), Vec::new());
        for check in checks {
            match check {
                Ok(check) => done.push(check),
                Err(name) => open.push(name),
            }
        }
        done.sort_by_key(|c| c.name);
        let verdict = done.iter().map(|c| c.verdict).max().unwrap_or(Verdict::NotAssessed);
        Assessment { verdict, checks: done, face, others: Vec::new(), not_assessed: open }
    }

    /// The assessment of a picture without a face: it blocks, and nothing else can be said.
    pub(crate) fn without_face(names: &[CheckName]) -> Assessment {
        let mut none = check(CheckName::SingleFacePresent, 0.0, Threshold::default(), Verdict::Block);
        none.value = None;
        none.code = codes::REFUSAL_NO_FACE;
        Assessment {
            verdict: Verdict::Block,
            checks: vec![none],
            face: None,
            others: Vec::new(),
            not_assessed: names.to_vec(),
        }
    }

    /// The check called `name`, if it was made.
    #[must_use]
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|c| c.name == name)
    }

    /// The names of all blocking checks.
    #[must_use]
    pub fn blocking(&self) -> Vec<CheckName> {
        self.checks.iter().filter(|c| c.verdict == Verdict::Block).map(|c| c.name).collect()
    }
}

/// A finished check. Values are rounded to a thousandth, so that the last bits of another CPU change no report.
pub(crate) fn check(name: CheckName, value: f64, threshold: Threshold, verdict: Verdict) -> Check {
    let value = Some((value * 1000.0).round() / 1000.0);
    Check { name, phase: name.phase(), value, unit: name.unit(), threshold, verdict, code: name.code() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_check_decides() {
        let pass = check(CheckName::EyesOpen, 90.0, Threshold::default(), Verdict::Pass);
        let block = check(CheckName::HeadPoseRoll, 20.0, Threshold::default(), Verdict::Block);
        let all = Assessment::collect([Ok(block), Ok(pass), Err(CheckName::RedEye)], None);
        assert_eq!(all.verdict, Verdict::Block);
        assert_eq!(all.blocking(), [CheckName::HeadPoseRoll]);
        assert_eq!(all.not_assessed, [CheckName::RedEye]);
    }
}
