//! The pages of students (lists, one student), and the notices with which the kiosk is paused.

use super::super::scene::Scene;
use super::page::{Page, act, fact, tone_of};
use collection::PhotoState;
use slint::SharedString;
use ui::{PanelRow, Tone};
use visit::{List, ListStage, PAUSE_NOTICES, StudentStage};

/// The tone of a photo's state, by the state's code.
fn tone(code: &str) -> Tone {
    match PhotoState::ALL.into_iter().find(|state| state.code().as_str() == code) {
        Some(PhotoState::Rejected | PhotoState::ReferredToRegistry) => Tone::Fail,
        Some(PhotoState::MadeNotSubmitted) => Tone::Warn,
        Some(PhotoState::Approved | PhotoState::Published) => Tone::Pass,
        Some(
            PhotoState::AwaitingCapture
            | PhotoState::SavedAwaitingUpload
            | PhotoState::AwaitingReview
            | PhotoState::Checking,
        )
        | None => Tone::Info,
    }
}

pub(super) fn people(scene: &Scene<'_>, stage: &ListStage) -> Page {
    let code = match stage.list {
        List::Missing => "desk.missing",
        List::Drafts => "desk.drafts",
    };
    let rows = if stage.asks_class() { classes(scene, stage) } else { students(scene, stage) };
    let lead = match (&stage.rows, &stage.class) {
        (None, _) => scene.say("desk.looking"),
        (Some(all), _) if all.is_empty() => scene.say("desk.none"),
        (Some(_), Some(class)) => class.as_str().into(),
        (Some(all), None) => scene.say_with("desk.people", &[("count", all.len().to_string())]),
    };
    Page { title: scene.say(code), lead, rows, ..Page::default() }
}

fn classes(scene: &Scene<'_>, stage: &ListStage) -> Vec<PanelRow> {
    let row = |(class, count): (String, usize)| PanelRow {
        title: class.into(),
        detail: SharedString::default(),
        state: scene.say_with("desk.people", &[("count", count.to_string())]),
        tone: Tone::Info,
        leads: true,
    };
    stage.classes().into_iter().map(row).collect()
}

fn students(scene: &Scene<'_>, stage: &ListStage) -> Vec<PanelRow> {
    let row = |row: &visit::ListRow| PanelRow {
        title: row.name.as_str().into(),
        detail: if stage.class.is_some() { SharedString::default() } else { row.class.as_str().into() },
        state: scene.say(&row.state),
        tone: tone(&row.state),
        leads: true,
    };
    stage.shown().into_iter().map(row).collect()
}

pub(super) fn student(scene: &Scene<'_>, stage: &StudentStage) -> Page {
    let banner = stage.said.as_ref().map(|s| (scene.say_with(&s.code, &s.args), Tone::Info));
    let Some(dossier) = &stage.dossier else {
        return Page { title: scene.say("desk.looking"), banner, ..Page::default() };
    };
    let left = |count: u32| scene.say_with("desk.times", &[("count", count.to_string())]);
    let low = |count: u32| tone_of(u64::from(count == 0));
    let mut acts = vec![act(scene, "panel-grant", "desk.grant", false)];
    if dossier.tries_left < collection::quota::SECOND_FACTOR_TRIES {
        acts.push(act(scene, "panel-unlock", "desk.unlock", false));
    }
    acts.push(act(scene, "panel-assist", "desk.assist", true));
    Page {
        title: dossier.name.as_str().into(),
        lead: format!("{} · {}", dossier.class, dossier.number).into(),
        banner,
        rows: vec![
            fact(scene, "desk.task", dossier.task_name.as_str(), Tone::Info),
            fact(scene, "desk.photo", scene.say(&dossier.state), tone(&dossier.state)),
            fact(scene, "desk.productions", left(dossier.productions_left), low(dossier.productions_left)),
            fact(scene, "desk.comparisons", left(dossier.comparisons_left), low(dossier.comparisons_left)),
            fact(scene, "desk.birth_tries", left(dossier.tries_left), low(dossier.tries_left)),
        ],
        acts,
        busy: stage.keeping,
        ..Page::default()
    }
}

pub(super) fn pause(scene: &Scene<'_>) -> Page {
    let row = |code: &str| PanelRow {
        title: scene.say(code),
        detail: scene.remedy(code, &[]),
        state: SharedString::default(),
        tone: Tone::Info,
        leads: true,
    };
    Page {
        title: scene.say("desk.pause"),
        lead: scene.say("desk.pause.lead"),
        rows: PAUSE_NOTICES.map(row).into(),
        ..Page::default()
    }
}
