//! `GET /devices`

use crate::app::{App, Shared, now_millis};
use crate::console::page::{Frame, PageProblem, show};
use crate::console::say;
use crate::console::signed_in::SignedIn;
use crate::ledger::DeviceRow;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use std::collections::BTreeMap;

/// A kiosk that was silent for so long is shown as away.
const SILENT_MILLIS: i64 = 5 * 60 * 1000;

struct Row {
    device: DeviceRow,
    school: String,
    seen: Option<String>,
    enrolled: String,
    state: &'static str,
    tone: &'static str,
    /// Entries that came without all of their pictures.
    waiting: i64,
    token: String,
}

/// A code that was just issued, shown once.
pub(super) struct Fresh {
    pub code: String,
    pub name: String,
    pub until: String,
}

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    rows: Vec<Row>,
    schools: BTreeMap<String, String>,
    token: String,
    fresh: Option<Fresh>,
    sentence: String,
}

/// Every kiosk with how far it is, and the form that enrols another.
pub(crate) async fn list(State(app): State<Shared>, who: SignedIn) -> Result<Html<String>, PageProblem> {
    page(&app, &who, None, String::new()).await
}

/// The schools that kiosks can belong to, name by code.
pub(super) async fn schools(app: &App) -> Result<BTreeMap<String, String>, PageProblem> {
    let tasks = app.ledger.tasks().await?;
    Ok(tasks.into_iter().map(|row| (row.task.school_code, row.task.school)).collect())
}

pub(super) async fn page(
    app: &App,
    who: &SignedIn,
    fresh: Option<Fresh>,
    sentence: String,
) -> Result<Html<String>, PageProblem> {
    let (now, schools) = (now_millis(), schools(app).await?);
    let rows = app.ledger.devices().await?.into_iter().map(|device| {
        let (state, tone) = match device.seen_millis {
            _ if device.revoked => ("已停用", "fail"),
            None => ("还没有联系过", "warn"),
            Some(at) if now - at > SILENT_MILLIS => ("最近没有联系", "warn"),
            Some(_) => ("在线", "pass"),
        };
        Row {
            school: schools.get(&device.school_code).cloned().unwrap_or_default(),
            seen: device.seen_millis.map(|at| say::when(at, now)),
            enrolled: say::when(device.enrolled_millis, now),
            state,
            tone,
            waiting: device.received_sequence - device.durable_sequence,
            token: who.token(&format!("revoke:{}", device.id)),
            device,
        }
    });
    let rows = rows.collect();
    show(&DevicesPage {
        frame: who.frame("devices"),
        rows,
        schools,
        token: who.token("enrol"),
        fresh,
        sentence,
    })
}
