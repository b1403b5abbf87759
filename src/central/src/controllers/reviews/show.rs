//! `GET /review/{entry}`

use super::FilterQuery;
use crate::app::{Shared, now_millis};
use crate::console::page::{Frame, PageProblem, show as page};
use crate::console::say::{self, Reason};
use crate::console::signed_in::SignedIn;
use crate::file_facts::{self, Facts};
use crate::ledger::{PastDecision, ReviewSubject};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use collection::EntryId;

/// A decision as the page tells it.
pub(crate) struct Told {
    pub who: String,
    pub when: String,
    pub reason: Option<String>,
}

impl Told {
    pub fn new(past: &PastDecision, now: i64) -> Told {
        Told {
            who: past.display_name.clone(),
            when: say::when(past.decided_millis, now),
            reason: past.reason.as_deref().map(say::reason_name),
        }
    }
}

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    frame: Frame,
    subject: ReviewSubject,
    category: &'static str,
    when: String,
    band: &'static str,
    tone: &'static str,
    score: Option<String>,
    facts: Option<Facts>,
    reasons: Vec<Reason>,
    told: Option<Told>,
    token: String,
    asked: FilterQuery,
    query: String,
    left: u64,
}

/// One submission, ready to decide. Opening it begins its review.
pub(crate) async fn show(
    State(app): State<Shared>,
    who: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<FilterQuery>,
) -> Result<Html<String>, PageProblem> {
    let id = EntryId(uuid::Uuid::parse_str(&id).map_err(|_| PageProblem::missing())?);
    let now = now_millis();
    let subject = app.ledger.subject(id).await?.ok_or_else(PageProblem::missing)?;
    if subject.pending {
        app.ledger.begin_review(app.signer.clone(), id, now).await?;
    }
    let (pictures, portrait) = (app.pictures.clone(), subject.portrait);
    let read = tokio::task::spawn_blocking(move || pictures.get(portrait)).await;
    let bytes = read.map_err(|e| PageProblem::internal(&e))??;
    let (band, tone) = say::band(&subject.comparison);
    page(&ReviewPage {
        frame: who.frame("queue"),
        category: say::category(&subject.category),
        when: say::when(subject.submitted_millis, now),
        band,
        tone,
        score: say::score(subject.score_tenths),
        facts: bytes.as_deref().and_then(file_facts::measure),
        reasons: say::reasons(),
        told: subject.decision.as_ref().map(|past| Told::new(past, now)),
        token: who.token(&super::decide::form(id)),
        query: asked.query(),
        left: app.ledger.pending_count(&asked.filter()).await?,
        asked,
        subject,
    })
}
