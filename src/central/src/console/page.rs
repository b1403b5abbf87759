//! Renders pages.

use super::refusal::PageRefusal;
use askama::Template;
use axum::response::Html;

/// Renders a template.
pub(crate) fn show(template: &impl Template) -> Result<Html<String>, PageRefusal> {
    template.render().map(Html).map_err(|error| PageRefusal::internal(&error))
}
