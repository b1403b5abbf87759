//! What can be said of a student at the end of a scenario.

use super::{DAY, World};
use collection::rights::{Act, Actor, permits};
use collection::{ComparisonBand, CtidOutcome, Durable, Enrolment, Participation, quota};
use sentences::{Code, Lang, say};

/// Whether the claim holds; `Err` says what is instead.
pub fn check(w: &World, state: &Enrolment, text: &str) -> Result<(), String> {
    if let Some((who, rest)) = text.split_once(" may ") {
        return right(w, state, who, rest);
    }
    let (what, wanted) = text.split_once(": ").unwrap_or((text, ""));
    if let Some(day) = what.strip_prefix("online when approved on ") {
        let days = w.task.settings.online_between(day.parse().unwrap());
        let is = days.map_or("never".to_owned(), |(from, to)| format!("{from} to {to}"));
        return if is == wanted { Ok(()) } else { Err(is) };
    }
    let zh = |code: Code| say(code, Lang::Zh, &[]);
    let is = match what {
        "photo" => zh(state.photo_state(Durable::Server).code()),
        "payment" => zh(state.payment_state(&w.task).code()),
        "delivery" => zh(state.delivery_state().code()),
        "candidate" => {
            let id = state.candidate().map(|c| c.id);
            let name = w.labels.iter().find(|(_, label)| Some(**label) == id);
            name.map_or("none".to_owned(), |(name, _)| name.clone())
        }
        "open cases" => {
            let kinds: Vec<String> = state.open_cases().map(|c| name(c.kind)).collect();
            if kinds.is_empty() { "none".to_owned() } else { kinds.join(" and ") }
        }
        "left today" => quota::productions_left(state, &w.task, DAY).to_string(),
        "made today" => state.productions_on(DAY).to_string(),
        "flagged" => {
            let band = state.candidate().map(|c| c.comparison);
            if band == Some(ComparisonBand::Manual) { "yes" } else { "no" }.to_owned()
        }
        "population database" => match state.candidate().and_then(|c| c.ctid.as_ref()) {
            None => "not asked".to_owned(),
            Some(CtidOutcome::Matched) => "matches".to_owned(),
            Some(CtidOutcome::Failed { .. }) => "does not match".to_owned(),
        },
        "submitted" => state.submissions.len().to_string(),
        "ignored" => state.ignored.len().to_string(),
        "tries left" => quota::second_factor_left(state).to_string(),
        "codes bound" => state.tokens.len().to_string(),
        "draft" => if state.draft.is_some() { "yes" } else { "no" }.to_owned(),
        "to review" => if state.reviewable().is_some() { "yes" } else { "no" }.to_owned(),
        "phone" => if state.contact.is_some() { "linked" } else { "none" }.to_owned(),
        "student" => match state.participation {
            Participation::Active => "takes part".to_owned(),
            leaving => leaving.code().map(zh).unwrap_or_default(),
        },
        _ => return Err("nobody knows such a claim".to_owned()),
    };
    if is == wanted { Ok(()) } else { Err(is) }
}

fn name(kind: collection::CaseKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// `WHO may [not] ACT [on DAY][: code[, reopens DAY]]`.
fn right(w: &World, state: &Enrolment, who: &str, rest: &str) -> Result<(), String> {
    let actor = match who {
        "the code alone" => Actor::Student,
        "the student" => Actor::Verified,
        "staff" => Actor::Staff,
        "the server" => Actor::Server,
        _ => return Err("nobody knows this actor".to_owned()),
    };
    let (refused, rest) = rest.strip_prefix("not ").map_or((false, rest), |r| (true, r));
    let (what, reason) = rest.split_once(": ").unwrap_or((rest, ""));
    let (what, day) = what.split_once(" on ").map_or((what, DAY), |(a, d)| (a, d.parse().unwrap()));
    let Some(act) = Act::ALL.into_iter().find(|a| phrase(*a) == what) else {
        return Err(format!("nobody knows the act {what}"));
    };
    match (permits(actor, act, state, &w.task, day), refused) {
        (Ok(()), false) => Ok(()),
        (Ok(()), true) => Err("it is permitted".to_owned()),
        (Err(refusal), false) => Err(refusal.code().to_string()),
        (Err(refusal), true) => {
            let reopens = refusal.reopens().map(|at| format!(", reopens {}", at.date())).unwrap_or_default();
            let code = refusal.code().as_str();
            let is = format!("{}{reopens}", code.strip_prefix("rights.").unwrap_or(code));
            if is == reason { Ok(()) } else { Err(is) }
        }
    }
}

/// An act in the scenarios' words.
fn phrase(act: Act) -> String {
    let mut words = String::new();
    for c in format!("{act:?}").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
