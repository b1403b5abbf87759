//! `GET /review/{entry}`

use super::FilterQuery;
use super::decision_note::DecisionNote;
use crate::app::{Shared, now_millis};
use crate::console::frame::{Frame, Section};
use crate::console::page::show as page;
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::token::Form;
use crate::console::words::{self, Reason, Tone};
use crate::file_facts::{self, Facts};
use crate::ledger::ReviewSubject;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use collection::{ComparisonBand, EntryId, PASS_SCORE};
use sentences::codes;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    frame: Frame,
    title: String,
    subject: ReviewSubject,
    category: String,
    submitted: String,
    comparison: ComparisonNote,
    file: Option<String>,
    reasons: Vec<Reason>,
    decision: Option<DecisionNote>,
    token: String,
    asked: FilterQuery,
    query: String,
    left: String,
}

/// The comparison with the admission photo in words.
struct ComparisonNote {
    band: String,
    tone: Tone,
    score: Option<String>,
    scale: String,
    by_eye: bool,
}

impl ComparisonNote {
    fn new(subject: &ReviewSubject) -> ComparisonNote {
        let (band, tone) = words::band(subject.comparison);
        let scale = [("pass", format!("{PASS_SCORE:.0}"))];
        ComparisonNote {
            band,
            tone,
            score: words::score(subject.score_tenths),
            scale: words::text_with(codes::PAGES_REVIEW_SCORE_SCALE, &scale),
            by_eye: subject.comparison == ComparisonBand::Manual,
        }
    }
}

/// When it was submitted, and after how many others.
fn submitted(subject: &ReviewSubject, now: i64) -> String {
    let when = words::when(subject.submitted_millis, now);
    if subject.earlier == 0 {
        return words::text_with(codes::PAGES_REVIEW_SUBMITTED_FIRST, &[("when", when)]);
    }
    let args = [("when", when), ("count", subject.earlier.to_string())];
    words::text_with(codes::PAGES_REVIEW_SUBMITTED_AGAIN, &args)
}

/// The measured facts of the portrait's file in words.
fn file_line(facts: &Facts) -> String {
    let mut args = vec![
        ("width", facts.width.to_string()),
        ("height", facts.height.to_string()),
        ("bytes", facts.bytes.to_string()),
    ];
    let Some(dpi) = facts.dpi else { return words::text_with(codes::PAGES_REVIEW_FILE, &args) };
    args.push(("dpi", dpi.to_string()));
    words::text_with(codes::PAGES_REVIEW_FILE_WITH_DPI, &args)
}

/// One submission, ready to decide. Opening it begins its review.
pub(crate) async fn show(
    State(app): State<Shared>,
    who: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<FilterQuery>,
) -> Result<Html<String>, PageRefusal> {
    let id = EntryId(uuid::Uuid::parse_str(&id).map_err(|_| PageRefusal::Missing)?);
    let now = now_millis();
    let subject = app.ledger.subject(id).await?.ok_or(PageRefusal::Missing)?;
    if subject.pending {
        app.ledger.begin_review(app.signer.clone(), id, now).await?;
    }
    let (pictures, portrait) = (app.pictures.clone(), subject.portrait);
    let read = tokio::task::spawn_blocking(move || pictures.get(portrait)).await;
    let bytes = read.map_err(|e| PageRefusal::internal(&e))??;
    let left = app.ledger.pending_count(&asked.filter()).await?;
    page(&ReviewPage {
        frame: who.frame(Section::Queue),
        title: words::text_with(codes::PAGES_REVIEW_TITLE_OF, &[("name", &subject.masked_name)]),
        category: words::category(subject.category),
        submitted: submitted(&subject, now),
        comparison: ComparisonNote::new(&subject),
        file: bytes.as_deref().and_then(file_facts::measure).as_ref().map(file_line),
        reasons: words::reasons(),
        decision: subject.decision.as_ref().map(|past| DecisionNote::new(past, now)),
        token: who.token(Form::Decide(id)),
        query: asked.query(),
        left: words::counted(codes::PAGES_REVIEW_LEFT, &left),
        asked,
        subject,
    })
}
