//! `GET /`

use super::{FilterQuery, category_value};
use crate::app::{Shared, now_millis};
use crate::console::frame::{Frame, Section};
use crate::console::page::show;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::words::{self, Tone};
use crate::ledger::{Filter, TaskChoice};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use sentences::codes;
use std::collections::BTreeMap;

/// One choice of a filter's list.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

struct Row {
    entry: String,
    name: String,
    class: String,
    task: String,
    category: String,
    band: String,
    tone: Tone,
    score: Option<String>,
    when: String,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    frame: Frame,
    count: u64,
    surplus: u64,
    today: u64,
    schools: Vec<Choice>,
    tasks: Vec<Choice>,
    categories: Vec<Choice>,
    filtered: bool,
    query: String,
    rows: Vec<Row>,
}

/// Submissions that wait, oldest first.
pub(crate) async fn queue(
    State(app): State<Shared>,
    who: SignedIn,
    Query(asked): Query<FilterQuery>,
) -> Result<Html<String>, PageRefusal> {
    let (filter, now) = (asked.filter(), now_millis());
    let tasks = app.ledger.task_choices().await?;
    let rows = app.ledger.pending(&filter).await?.into_iter().map(|row| {
        let (band, tone) = words::band(row.comparison);
        Row {
            entry: row.entry,
            name: row.masked_name,
            class: row.class,
            task: row.task,
            category: words::category(row.category),
            band,
            tone,
            score: words::score(row.score_tenths),
            when: words::when(row.submitted_millis, now),
        }
    });
    show(&QueuePage {
        frame: who.frame(Section::Queue),
        rows: rows.collect(),
        count: app.ledger.pending_count(&filter).await?,
        surplus: app.ledger.surplus_count().await?,
        today: app.ledger.decided_since(words::start_of_day(now)).await?,
        schools: choices(&tasks, &asked.school, |t| (t.school_code.clone(), t.school.clone())),
        tasks: choices(&tasks, &asked.task, |t| (t.id.clone(), t.name.clone())),
        categories: choices(&tasks, &asked.category, |t| {
            (category_value(t.category), words::category(t.category))
        }),
        filtered: filter != Filter::default(),
        query: asked.query(),
    })
}

fn choices(
    tasks: &[TaskChoice],
    chosen: &str,
    pick: impl Fn(&TaskChoice) -> (String, String),
) -> Vec<Choice> {
    let all: BTreeMap<String, String> = tasks.iter().map(pick).collect();
    all.into_iter().map(|(value, name)| Choice { chosen: value == chosen, value, name }).collect()
}
