//! Every path of the server, grouped by who calls.

use crate::app::{Shared, now_millis};
use crate::console::guard::guard;
use crate::console::refusal::PageRefusal;
use crate::controllers::{assets, changes, devices, enrolment, images, journal, pictures, reviews, sessions};
use crate::refusal::Refusal;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use protocol::path;

/// Largest form of the console, bytes.
const FORM_BYTES: usize = 16 << 10;
/// Largest enrolment request, bytes.
const ENROL_BYTES: usize = 64 << 10;

/// Paths for kiosks.
pub(crate) fn kiosks(app: Shared) -> Router {
    let picture = head(pictures::head::head).patch(pictures::patch::patch).get(pictures::show::show);
    Router::new()
        .route(path::ENROL, post(enrolment::create::create).layer(DefaultBodyLimit::max(ENROL_BYTES)))
        .route(path::CHANGES, get(changes::list::list))
        .route(
            path::JOURNAL,
            post(journal::append::append).layer(DefaultBodyLimit::max(protocol::MAX_BATCH_BYTES)),
        )
        .route(
            &format!("{}/{{sha256}}", path::PICTURES),
            picture.layer(DefaultBodyLimit::max(protocol::UPLOAD_CHUNK_BYTES)),
        )
        .fallback(async || Refusal::Path)
        .method_not_allowed_fallback(async || Refusal::Method)
        .layer(from_fn(mark_reply))
        .with_state(app)
}

/// Paths for browsers.
pub(crate) fn console(app: Shared) -> Router {
    Router::new()
        .route("/", get(reviews::queue::queue))
        .route("/review/next", get(reviews::next::next))
        .route("/review/{entry}", get(reviews::show::show).post(reviews::decide::decide))
        .route("/history", get(reviews::history::history))
        .route("/devices", get(devices::list::list).post(devices::enrol::enrol))
        .route("/devices/{id}/revoke", post(devices::revoke::revoke))
        .route("/images/{sha256}", get(images::show::show))
        .route("/sign-in", get(sessions::new::new).post(sessions::create::create))
        .route("/sign-out", post(sessions::delete::delete))
        .route("/assets/{name}", get(assets::show::show))
        .fallback(async || PageRefusal::Missing)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn(guard))
        .with_state(app)
}

/// Marks every reply as this server's (a kiosk takes any other for a captive portal's), and adds the time.
async fn mark_reply(request: Request, next: Next) -> Response {
    let mut response = if is_our_version(request.headers()) {
        next.run(request).await
    } else {
        Refusal::Protocol.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(protocol::HEADER, HeaderValue::from_static(protocol::VERSION));
    headers.insert(protocol::SERVER_TIME, now_millis().into());
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    response
}

/// Whether a request is of our protocol version; one that names none is taken as ours.
fn is_our_version(headers: &HeaderMap) -> bool {
    headers.get(protocol::HEADER).is_none_or(|version| version == protocol::VERSION)
}
