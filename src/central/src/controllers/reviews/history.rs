//! `GET /history`

use super::decision_note::DecisionNote;
use crate::app::{Shared, now_millis};
use crate::console::frame::{Frame, Section};
use crate::console::page::show;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::words;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use sentences::codes;

struct Row {
    entry: String,
    name: String,
    class: String,
    task: String,
    decision: DecisionNote,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    frame: Frame,
    rows: Vec<Row>,
}

/// Decisions, newest first.
pub(crate) async fn history(State(app): State<Shared>, who: SignedIn) -> Result<Html<String>, PageRefusal> {
    let now = now_millis();
    let rows = app.ledger.decisions().await?.into_iter().map(|past| Row {
        decision: DecisionNote::new(&past, now),
        entry: past.submission,
        name: past.masked_name,
        class: past.class,
        task: past.task,
    });
    show(&HistoryPage { frame: who.frame(Section::History), rows: rows.collect() })
}
