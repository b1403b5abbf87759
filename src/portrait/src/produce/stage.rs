//! Timing spans of production.

/// Opens the span of a stage of the work; `eval stages` reports their times.
pub(super) fn stage(name: &'static str) -> tracing::span::EnteredSpan {
    tracing::debug_span!("stage", name).entered()
}
