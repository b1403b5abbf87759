//! `GET /assets/{name}`

use crate::console::refusal::PageRefusal;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A file of the console itself.
pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, PageRefusal> {
    let (kind, text) = match name.as_str() {
        "console.css" => ("text/css; charset=utf-8", include_str!("../../../assets/console.css")),
        "console.js" => ("text/javascript; charset=utf-8", include_str!("../../../assets/console.js")),
        "down.svg" => ("image/svg+xml", include_str!("../../../assets/down.svg")),
        _ => return Err(PageRefusal::Missing),
    };
    Ok(([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text).into_response())
}
