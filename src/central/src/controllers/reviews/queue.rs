//! `GET /`

use super::FilterQuery;
use crate::app::{Shared, now_millis};
use crate::console::page::{Frame, PageProblem, show};
use crate::console::say;
use crate::console::signed_in::SignedIn;
use crate::ledger::TaskChoice;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
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
    category: &'static str,
    band: &'static str,
    tone: &'static str,
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

/// What waits, oldest first.
pub(crate) async fn queue(
    State(app): State<Shared>,
    who: SignedIn,
    Query(asked): Query<FilterQuery>,
) -> Result<Html<String>, PageProblem> {
    let (filter, now) = (asked.filter(), now_millis());
    let choices = app.ledger.filters().await?;
    let rows = app.ledger.pending(&filter).await?.into_iter().map(|row| {
        let (band, tone) = say::band(&row.comparison);
        Row {
            entry: row.entry,
            name: row.masked_name,
            class: row.class,
            task: row.task,
            category: say::category(&row.category),
            band,
            tone,
            score: say::score(row.score_tenths),
            when: say::when(row.submitted_millis, now),
        }
    });
    show(&QueuePage {
        frame: who.frame("queue"),
        rows: rows.collect(),
        count: app.ledger.pending_count(&filter).await?,
        surplus: app.ledger.surplus_count().await?,
        today: app.ledger.decided_since(say::day_began(now)).await?,
        schools: choices_of(&choices.tasks, &asked.school, |t| (t.school_code.clone(), t.school.clone())),
        tasks: choices_of(&choices.tasks, &asked.task, |t| (t.id.clone(), t.name.clone())),
        categories: choices_of(&choices.tasks, &asked.category, |t| {
            (t.category.clone(), say::category(&t.category).to_owned())
        }),
        filtered: filter != crate::ledger::Filter::default(),
        query: asked.query(),
    })
}

fn choices_of(
    tasks: &[TaskChoice],
    chosen: &str,
    pick: impl Fn(&TaskChoice) -> (String, String),
) -> Vec<Choice> {
    let all: BTreeMap<String, String> = tasks.iter().map(pick).collect();
    all.into_iter().map(|(value, name)| Choice { chosen: value == chosen, value, name }).collect()
}
