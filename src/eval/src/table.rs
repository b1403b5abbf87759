//! The tables of `docs/MEASUREMENTS.md`, each with its options.

use std::path::PathBuf;

use clap::Subcommand;

use crate::sets::Sets;
use crate::{codes, portraits};

/// A table of `docs/MEASUREMENTS.md`; the subcommand's name is the name in the page's markers.
#[derive(Clone, Debug, Subcommand)]
pub enum Table {
    /// Portraits of a set of faces: made, verified, refused with which sentence (FACES_SET).
    Faces,
    /// Routes to a matte on scenes with known alpha, and EdgeFringe at good and bad edges (FACES_SET).
    Matte,
    /// Error of the head pose where the true change is known (FACES_SET).
    Pose,
    /// ISO/IEC 29794-5 mappings against published raw values and scores (QUALITY_SET).
    Quality,
    /// The effect of known faults on every check (FACES_SET).
    Faults,
    /// Cosines and error rates of comparing two pictures (FACES_SET).
    Compare,
    /// Whether edits of a photograph are told from other photographs (FACES_SET).
    SamePhoto {
        /// Prints every single likeness to standard error, for choosing the limit.
        #[arg(long)]
        each: bool,
    },
    /// Photographed codes: one live frame and thorough, next to plain rqrr, rxing and zxing-cpp (QR_SET).
    CodesSet {
        /// Names the pictures that were not read, on standard error.
        #[arg(long)]
        misses: bool,
        /// A Python interpreter with zxing-cpp; without it its row is missing.
        #[arg(long, value_name = "PYTHON")]
        peers: Option<PathBuf>,
    },
    /// Time of live frames next to both plain decoders (QR_SET).
    CodesTime,
    /// Generated codes, axis by axis.
    CodesSynthetic {
        /// Codes for each step.
        #[arg(long, default_value_t = 30)]
        views: usize,
        /// Only axes whose name contains this.
        #[arg(long, default_value = "")]
        axis: String,
    },
    /// Codes held up by hand before the recorded camera: time to a confirmed live read (QR_SET).
    CodesSequences {
        /// Every how many-th picture of the set is played.
        #[arg(long, default_value_t = 2)]
        step: usize,
    },
    /// Frames without a code: every read in them is false. Some twenty processor minutes; an interrupted run continues from
    /// its log, which must be deleted after a change to the reader (FACES_SET for frames with people).
    CodesFalse {
        /// Frames.
        #[arg(long, default_value_t = 100_000)]
        frames: usize,
        /// The log of finished parts; `codes-free.log` in the target folder unless named.
        #[arg(long)]
        log: Option<PathBuf>,
    },
}

impl Table {
    /// Every table with its default options.
    pub fn all() -> Vec<Table> {
        vec![
            Table::CodesFalse { frames: 100_000, log: None },
            Table::CodesSequences { step: 2 },
            Table::CodesSet { misses: false, peers: None },
            Table::CodesSynthetic { views: 30, axis: String::new() },
            Table::CodesTime,
            Table::Compare,
            Table::Faces,
            Table::Faults,
            Table::Matte,
            Table::Pose,
            Table::Quality,
            Table::SamePhoto { each: false },
        ]
    }

    /// Its name in the page's markers.
    pub fn name(&self) -> &'static str {
        match self {
            Table::Faces => "faces",
            Table::Matte => "matte",
            Table::Pose => "pose",
            Table::Quality => "quality",
            Table::Faults => "faults",
            Table::Compare => "compare",
            Table::SamePhoto { .. } => "same-photo",
            Table::CodesSet { .. } => "codes-set",
            Table::CodesTime => "codes-time",
            Table::CodesSynthetic { .. } => "codes-synthetic",
            Table::CodesSequences { .. } => "codes-sequences",
            Table::CodesFalse { .. } => "codes-false",
        }
    }

    /// Measures it and returns it as Markdown.
    ///
    /// # Errors
    /// [`crate::sets::SetNotNamed`] without the set that it needs; otherwise what went wrong.
    pub fn measure(&self, sets: &Sets) -> anyhow::Result<String> {
        match self {
            Table::Faces => portraits::faces::table(sets.faces()?),
            Table::Matte => portraits::matte::table(sets.faces()?),
            Table::Pose => portraits::pose::table(sets.faces()?),
            Table::Quality => portraits::quality::table(sets.quality()?),
            Table::Faults => portraits::faults::table(sets.faces()?),
            Table::Compare => portraits::compare::table(sets.faces()?),
            Table::SamePhoto { each } => portraits::same_photo::table(sets.faces()?, *each),
            Table::CodesSet { misses, peers } => codes::set::table(sets.codes()?, *misses, peers.as_deref()),
            Table::CodesTime => codes::time::table(sets.codes()?),
            Table::CodesSynthetic { views, axis } => Ok(codes::synthetic::table(*views, axis)),
            Table::CodesSequences { step } => codes::sequences::table(sets.codes()?, *step),
            Table::CodesFalse { frames, log } => {
                codes::false_reads::table(*frames, sets.faces()?, log.as_deref())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_place_in_the_page() {
        let page = include_str!("../../../docs/MEASUREMENTS.md");
        for table in Table::all() {
            let name = table.name();
            assert!(page.contains(&format!("<!-- table:{name}:begin -->")), "{name}");
            assert!(
                page.contains(&format!("make eval NAME={name}")),
                "{name}: the command stands next to the table"
            );
        }
    }
}
