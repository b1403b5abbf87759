//! The table `codes-set`: photographed codes, read once each by a new scanner, next to the plain decoders and zxing-cpp.

use std::path::Path;

use scan::{Mode, Scanner};

use super::plain;
use super::readers::{Row, measured, plain_rqrr, plain_rxing, scanned};
use crate::peers;
use crate::report::Report;
use crate::sets::codes;

/// Reads every picture of the set in four ways, and with `peers` (a Python interpreter) by zxing-cpp too; with `misses`, names
/// on standard error what was not read.
///
/// # Errors
/// When the set cannot be read or the peer fails.
pub fn table(folder: &Path, misses: bool, peers: Option<&Path>) -> anyhow::Result<String> {
    plain::silence_panics();
    let items = codes::open(folder)?;
    let mut report = Report::default();
    let right = format!("right of {}", items.len());
    report.columns(&[
        "way",
        &right,
        "wrong",
        "not read",
        "two routes agree",
        "ms median",
        "ms p95",
        "ms most",
    ]);
    report.line(line("plain rqrr", &measured(&items, misses, plain_rqrr)));
    report.line(line("plain rxing", &measured(&items, misses, plain_rxing)));
    let live = measured(&items, misses, |grey| scanned(&mut Scanner::new(Mode::Live), grey));
    report.line(line("scan, one live frame", &live));
    let thorough = measured(&items, misses, |grey| scanned(&mut Scanner::new(Mode::Thorough), grey));
    report.line(line("scan, thorough", &thorough));
    if misses {
        thorough.views.iter().for_each(|(view, count)| eprintln!("{count} first read {view}"));
    }
    if let Some(python) = peers {
        let peer = peers::zxing(python, folder)?;
        report.line(format!(
            "| zxing-cpp | {} | {} | {} | - | {:.1} | {:.1} | {:.1} |",
            peer.right, peer.wrong, peer.missed, peer.median_millis, peer.p95_millis, peer.most_millis
        ));
    }
    Ok(report.finish())
}

fn line(name: &str, row: &Row) -> String {
    let [median, p95, most] = [0.5, 0.95, 1.0].map(|share| row.millis.above(share));
    let Row { right, wrong, none, both, .. } = row;
    format!("| {name} | {right} | {wrong} | {none} | {both} | {median:.1} | {p95:.1} | {most:.1} |")
}
