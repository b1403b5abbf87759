//! The pages of students (lists, one student), and the notices with which the kiosk is paused.

use super::super::scene::Scene;
use super::page::{Page, act, fact, tone_of};
use collection::PhotoState;
use sentences::{Code, codes};
use slint::SharedString;
use ui::{PanelRow, Tone};
use visit::{List, ListStage, PAUSE_NOTICES, StudentStage};

/// The tone of a photo's state.
fn tone(state: PhotoState) -> Tone {
    match state {
        PhotoState::Rejected | PhotoState::ReferredToRegistry => Tone::Fail,
        PhotoState::MadeNotSubmitted => Tone::Warn,
        PhotoState::Approved | PhotoState::Published => Tone::Pass,
        PhotoState::AwaitingCapture
        | PhotoState::SavedAwaitingUpload
        | PhotoState::AwaitingReview
        | PhotoState::Checking => Tone::Info,
    }
}

pub(super) fn people(scene: &Scene<'_>, stage: &ListStage) -> Page {
    let code = match stage.list {
        List::Missing => codes::PANEL_MISSING,
        List::Drafts => codes::PANEL_DRAFTS,
    };
    let rows = if stage.asks_class() { classes(scene, stage) } else { students(scene, stage) };
    let lead = match (&stage.rows, &stage.class) {
        (None, _) => scene.say(codes::PANEL_LOOKING),
        (Some(all), _) if all.is_empty() => scene.say(codes::PANEL_NONE),
        (Some(_), Some(class)) => class.as_str().into(),
        (Some(all), None) => scene.say_with(codes::PANEL_PEOPLE, &[("count", all.len().to_string())]),
    };
    Page { title: scene.say(code), lead, rows, ..Page::default() }
}

fn classes(scene: &Scene<'_>, stage: &ListStage) -> Vec<PanelRow> {
    let row = |(class, count): (String, usize)| PanelRow {
        title: class.into(),
        detail: SharedString::default(),
        state: scene.say_with(codes::PANEL_PEOPLE, &[("count", count.to_string())]),
        tone: Tone::Info,
        leads: true,
    };
    stage.classes().into_iter().map(row).collect()
}

fn students(scene: &Scene<'_>, stage: &ListStage) -> Vec<PanelRow> {
    let row = |row: &visit::ListRow| PanelRow {
        title: row.name.as_str().into(),
        detail: if stage.class.is_some() { SharedString::default() } else { row.class.as_str().into() },
        state: scene.say(row.state.code()),
        tone: tone(row.state),
        leads: true,
    };
    stage.shown().into_iter().map(row).collect()
}

pub(super) fn student(scene: &Scene<'_>, stage: &StudentStage) -> Page {
    let banner = stage.said.as_ref().map(|s| (scene.say_with(s.code, &s.args), Tone::Info));
    let Some(dossier) = &stage.dossier else {
        return Page { title: scene.say(codes::PANEL_LOOKING), banner, ..Page::default() };
    };
    let left = |count: u32| scene.say_with(codes::PANEL_TIMES, &[("count", count.to_string())]);
    let low = |count: u32| tone_of(u64::from(count == 0));
    let mut acts = vec![act(scene, "panel-grant", codes::PANEL_GRANT, false)];
    if dossier.tries_left < collection::quota::SECOND_FACTOR_TRIES {
        acts.push(act(scene, "panel-unlock", codes::PANEL_UNLOCK, false));
    }
    acts.push(act(scene, "panel-assist", codes::PANEL_ASSIST, true));
    Page {
        title: dossier.name.as_str().into(),
        lead: format!("{} · {}", dossier.class, dossier.number).into(),
        banner,
        rows: vec![
            fact(scene, codes::PANEL_TASK, dossier.task_name.as_str(), Tone::Info),
            fact(scene, codes::PANEL_PHOTO, scene.say(dossier.state.code()), tone(dossier.state)),
            fact(
                scene,
                codes::PANEL_PRODUCTIONS,
                left(dossier.productions_left),
                low(dossier.productions_left),
            ),
            fact(
                scene,
                codes::PANEL_COMPARISONS,
                left(dossier.comparisons_left),
                low(dossier.comparisons_left),
            ),
            fact(scene, codes::PANEL_BIRTH_TRIES, left(dossier.tries_left), low(dossier.tries_left)),
        ],
        acts,
        busy: stage.keeping,
        ..Page::default()
    }
}

pub(super) fn pause(scene: &Scene<'_>) -> Page {
    let row = |code: Code| PanelRow {
        title: scene.say(code),
        detail: scene.remedy(code, &[]),
        state: SharedString::default(),
        tone: Tone::Info,
        leads: true,
    };
    Page {
        title: scene.say(codes::PANEL_PAUSE),
        lead: scene.say(codes::PANEL_PAUSE_LEAD),
        rows: PAUSE_NOTICES.map(row).into(),
        ..Page::default()
    }
}
