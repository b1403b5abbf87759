//! `POST /review/{entry}`

use super::FilterQuery;
use crate::app::{Shared, now_millis};
use crate::console::page::PageProblem;
use crate::console::say;
use crate::console::signed_in::SignedIn;
use crate::ledger::{DecideError, Decision};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use collection::{EntryId, ReviewOutcome};
use sentences::Lang;
use serde::Deserialize;

/// What the reviewer pressed.
#[derive(Deserialize)]
pub(crate) struct Sent {
    token: String,
    /// `approve` or `reject`.
    outcome: String,
    #[serde(default)]
    reason: String,
    #[serde(flatten)]
    filter: FilterQuery,
}

/// Name of the decision's form.
pub(super) fn form(id: EntryId) -> String {
    format!("decide:{id}")
}

/// Writes the decision and goes on to the next one.
pub(crate) async fn decide(
    State(app): State<Shared>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Redirect, PageProblem> {
    let submission = EntryId(uuid::Uuid::parse_str(&id).map_err(|_| PageProblem::missing())?);
    who.check(&form(submission), &sent.token)?;
    let outcome = outcome(&sent)?;
    let new = Decision { submission, login: who.login, display_name: who.display_name, outcome };
    let now = now_millis();
    app.ledger.decide(app.signer.clone(), new, now).await.map_err(|error| problem(error, now))?;
    Ok(Redirect::to(&format!("/review/next{}", sent.filter.query())))
}

fn outcome(sent: &Sent) -> Result<ReviewOutcome, PageProblem> {
    let bad = || PageProblem::code(StatusCode::BAD_REQUEST, "server.page.reason");
    match sent.outcome.as_str() {
        "approve" => Ok(ReviewOutcome::Approved),
        "reject" => {
            let known =
                say::reasons().into_iter().find(|reason| reason.code == sent.reason).ok_or_else(bad)?;
            Ok(ReviewOutcome::Rejected { reason: known.code.to_owned() })
        }
        _ => Err(bad()),
    }
}

fn problem(error: DecideError, now: i64) -> PageProblem {
    let said = |sentence| PageProblem::Said {
        status: StatusCode::CONFLICT,
        sentence,
        next: "/review/next",
        next_name: "看下一张",
    };
    match error {
        DecideError::Unknown => PageProblem::missing(),
        DecideError::Already(past) => {
            let when = say::when(past.decided_millis, now);
            let args = [("who", past.display_name.as_str()), ("when", when.as_str())];
            said(sentences::say("server.review.already", Lang::Zh, &args))
        }
        DecideError::NotPending => said(say::sentence("server.review.not_pending")),
        DecideError::Incomplete => said(say::sentence("server.review.incomplete")),
        DecideError::Ledger(error) => error.into(),
    }
}
