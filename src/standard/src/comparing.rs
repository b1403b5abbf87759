//! How the similarity of two faces is judged: the map to a score, the score that passes, and the band in which a person decides.
//!
//! Kiosk, server and engine take every one of these numbers from here.

use serde::{Deserialize, Serialize};

/// Score from which a comparison with the admission photo passes, of 100. Below it a submission is intercepted.
pub const PASS_SCORE: f64 = 80.0;

/// Limits of a comparison, as cosines of two face embeddings, -1..=1. A task sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparing {
    /// Cosine that becomes [`PASS_SCORE`].
    pub pass: f64,
    /// From this cosine on a reviewer decides; below, the comparison failed.
    pub manual_from: f64,
    /// From this cosine on no reviewer needs to look.
    pub manual_to: f64,
}

impl Default for Comparing {
    /// [`PASS_SCORE`] at cosine 0.50, a manual band of 0.40 to 0.60: starting values measured with the shipped network.
    fn default() -> Comparing {
        Comparing { pass: 0.50, manual_from: 0.40, manual_to: 0.60 }
    }
}

/// Where a comparison falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// The same person.
    Pass,
    /// May go on; a reviewer looks.
    Manual,
    /// Not the same person, or not recognisable.
    Below,
}

impl Comparing {
    /// The score of a cosine, 0..=100, to a tenth: 0 at 0 and below, [`PASS_SCORE`] at `pass`, 100 at 1, straight lines in
    /// between. Never falling, so that a better likeness never scores less.
    #[must_use]
    pub fn score(&self, cosine: f64) -> f64 {
        let (c, pass) = (cosine.clamp(0.0, 1.0), self.pass.clamp(0.01, 0.99));
        let above = 100.0 - PASS_SCORE;
        let score =
            if c <= pass { PASS_SCORE * c / pass } else { PASS_SCORE + above * (c - pass) / (1.0 - pass) };
        (score * 10.0).round() / 10.0
    }

    /// The band of a cosine.
    #[must_use]
    pub fn band(&self, cosine: f64) -> Band {
        if cosine >= self.manual_to {
            Band::Pass
        } else if cosine >= self.manual_from {
            Band::Manual
        } else {
            Band::Below
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_pass_score_is_reached_at_the_configured_cosine() {
        let limits = Comparing::default();
        assert!((limits.score(0.5) - PASS_SCORE).abs() < 1e-9);
        assert!(limits.score(-0.2).abs() < 1e-9 && (limits.score(1.0) - 100.0).abs() < 1e-9);
        assert_eq!(
            [0.39, 0.4, 0.59, 0.6].map(|c| limits.band(c)),
            [Band::Below, Band::Manual, Band::Manual, Band::Pass]
        );
    }

    proptest! {
        #[test]
        fn a_better_likeness_never_scores_less(a in -1.0f64..1.0, b in -1.0f64..1.0, pass in 0.1f64..0.9) {
            let limits = Comparing { pass, ..Comparing::default() };
            prop_assert!(limits.score(a.max(b)) >= limits.score(a.min(b)));
        }
    }
}
