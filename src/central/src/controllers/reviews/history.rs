//! `GET /history`

use super::show::Told;
use crate::app::{Shared, now_millis};
use crate::console::page::{Frame, PageProblem, show};
use crate::console::signed_in::SignedIn;
use askama::Template;
use axum::extract::State;
use axum::response::Html;

struct Row {
    entry: String,
    name: String,
    class: String,
    task: String,
    told: Told,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    frame: Frame,
    rows: Vec<Row>,
}

/// Decisions, newest first.
pub(crate) async fn history(State(app): State<Shared>, who: SignedIn) -> Result<Html<String>, PageProblem> {
    let now = now_millis();
    let rows = app.ledger.decisions().await?.into_iter().map(|past| Row {
        told: Told::new(&past, now),
        entry: past.submission,
        name: past.masked_name,
        class: past.class,
        task: past.task,
    });
    show(&HistoryPage { frame: who.frame("history"), rows: rows.collect() })
}
