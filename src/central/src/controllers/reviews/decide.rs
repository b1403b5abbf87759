//! `POST /review/{entry}`

use super::FilterQuery;
use crate::app::{Shared, now_millis};
use crate::console::refusal::PageRefusal;
use crate::console::signed_in::SignedIn;
use crate::console::token::Form as FormName;
use crate::console::words;
use crate::ledger::{DecideError, Decision};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use collection::{EntryId, ReviewOutcome};
use serde::Deserialize;

/// The button that the reviewer pressed.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Button {
    Approve,
    Reject,
    #[serde(other)]
    Unknown,
}

/// The form as it was sent.
#[derive(Deserialize)]
pub(crate) struct Sent {
    token: String,
    outcome: Button,
    #[serde(default)]
    reason: String,
    #[serde(flatten)]
    filter: FilterQuery,
}

/// Writes the decision and goes on to the next submission.
pub(crate) async fn decide(
    State(app): State<Shared>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Redirect, PageRefusal> {
    let submission = EntryId(uuid::Uuid::parse_str(&id).map_err(|_| PageRefusal::Missing)?);
    who.check(FormName::Decide(submission), &sent.token)?;
    let outcome = outcome(&sent)?;
    let new = Decision { submission, login: who.login, display_name: who.display_name, outcome };
    let now = now_millis();
    app.ledger.decide(app.signer.clone(), new, now).await.map_err(|error| refusal(error, now))?;
    Ok(Redirect::to(&format!("/review/next{}", sent.filter.query())))
}

fn outcome(sent: &Sent) -> Result<ReviewOutcome, PageRefusal> {
    match sent.outcome {
        Button::Approve => Ok(ReviewOutcome::Approved),
        Button::Reject => {
            let reason = words::reason(&sent.reason).ok_or(PageRefusal::Reason)?;
            Ok(ReviewOutcome::Rejected { reason: reason.to_string() })
        }
        Button::Unknown => Err(PageRefusal::Reason),
    }
}

fn refusal(error: DecideError, now: i64) -> PageRefusal {
    match error {
        DecideError::Unknown => PageRefusal::Missing,
        DecideError::Already(past) => {
            let when = words::when(past.decided_millis, now);
            PageRefusal::AlreadyDecided { who: past.display_name, when }
        }
        DecideError::NotPending => PageRefusal::NotPending,
        DecideError::Incomplete => PageRefusal::Incomplete,
        DecideError::Ledger(error) => error.into(),
    }
}
