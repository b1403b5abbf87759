//! `GET /devices`

use crate::app::{App, Shared, now_millis};
use crate::console::frame::{Frame, Section};
use crate::console::page::show;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::token::Form;
use crate::console::words::{self, Tone};
use crate::ledger::DeviceRow;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use sentences::{Code, codes};
use std::collections::BTreeMap;

/// A kiosk that made no request for so long is shown as away.
const SILENT_MILLIS: i64 = 5 * 60 * 1000;
/// The kiosk's settings file, where the code goes.
const SETTINGS_FILE: &str = "kiosk.toml";

struct Row {
    name: String,
    id: String,
    school: String,
    last_contact: String,
    received: String,
    /// Entries whose pictures are not complete; absent: none.
    waiting: Option<String>,
    state: String,
    tone: Tone,
    revoked: bool,
    token: String,
}

impl Row {
    fn new(device: DeviceRow, school: String, token: String, now: i64) -> Row {
        let (state, tone) = state(&device, now);
        let last_contact = match device.seen_millis {
            Some(at) => words::when(at, now),
            None => {
                let when = words::when(device.enrolled_millis, now);
                words::text_with(codes::PAGES_DEVICES_ENROLLED, &[("when", when)])
            }
        };
        let waiting = device.received_sequence - device.durable_sequence;
        Row {
            school,
            last_contact,
            received: words::counted(codes::PAGES_DEVICES_RECEIVED, &device.received_sequence),
            waiting: (waiting > 0).then(|| words::counted(codes::PAGES_DEVICES_WAITING, &waiting)),
            state: words::text(state),
            tone,
            revoked: device.revoked,
            token,
            name: device.name,
            id: device.id,
        }
    }
}

fn state(device: &DeviceRow, now: i64) -> (Code, Tone) {
    match device.seen_millis {
        _ if device.revoked => (codes::PAGES_DEVICES_STATE_REVOKED, Tone::Fail),
        None => (codes::PAGES_DEVICES_STATE_NEVER_SEEN, Tone::Warn),
        Some(at) if now - at > SILENT_MILLIS => (codes::PAGES_DEVICES_STATE_SILENT, Tone::Warn),
        Some(_) => (codes::PAGES_DEVICES_STATE_ONLINE, Tone::Pass),
    }
}

/// A code that was just issued, shown once.
pub(super) struct NewCode {
    code: String,
    heading: String,
    instruction: String,
}

impl NewCode {
    /// `until`: the end of its validity, as people write it.
    pub fn new(code: String, device_name: &str, until: &str) -> NewCode {
        let instruction = [("file", SETTINGS_FILE), ("until", until)];
        NewCode {
            code,
            heading: words::text_with(codes::PAGES_DEVICES_CODE, &[("name", device_name)]),
            instruction: words::text_with(codes::PAGES_DEVICES_CODE_USE, &instruction),
        }
    }
}

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    rows: Vec<Row>,
    schools: BTreeMap<String, String>,
    token: String,
    new_code: Option<NewCode>,
    sentence: String,
}

/// Every kiosk and how far it is, and the form that enrols another.
pub(crate) async fn list(State(app): State<Shared>, who: SignedIn) -> Result<Html<String>, PageRefusal> {
    page(&app, &who, None, String::new()).await
}

/// The schools that kiosks can belong to, name by code.
pub(super) async fn schools(app: &App) -> Result<BTreeMap<String, String>, PageRefusal> {
    let tasks = app.ledger.tasks().await?;
    Ok(tasks.into_iter().map(|task| (task.school_code, task.school)).collect())
}

pub(super) async fn page(
    app: &App,
    who: &SignedIn,
    new_code: Option<NewCode>,
    sentence: String,
) -> Result<Html<String>, PageRefusal> {
    let (now, schools) = (now_millis(), schools(app).await?);
    let rows = app.ledger.devices().await?.into_iter().map(|device| {
        let school = schools.get(&device.school_code).cloned().unwrap_or_default();
        let token = who.token(Form::Revoke(&device.id));
        Row::new(device, school, token, now)
    });
    let rows = rows.collect();
    let (frame, token) = (who.frame(Section::Devices), who.token(Form::Enrol));
    show(&DevicesPage { frame, rows, schools, token, new_code, sentence })
}
