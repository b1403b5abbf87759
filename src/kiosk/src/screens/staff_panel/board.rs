//! The pages of the day: the counts, what waits for the server, the clock, and the check at the day's end.

use super::super::scene::Scene;
use super::page::{Page, TOOLS, act, fact, tone_of};
use sentences::{Code, codes};
use slint::SharedString;
use ui::{PanelCount, PanelRow, PanelTool, Tone};
use visit::{Board, DayEnd, Sentence, Waiting};

pub(super) fn board(scene: &Scene<'_>, board: Option<&Board>) -> Page {
    let day = scene.visit.now().day.to_string();
    let name = scene.panel.staff_name().unwrap_or_default().to_owned();
    let tools = TOOLS.map(|(id, code, sign, _)| PanelTool { id: id.into(), label: scene.say(code), sign });
    let paused = scene.panel.paused();
    let pause = match paused {
        Some(_) => act(scene, "panel-resume", codes::PANEL_RESUME, true),
        None => act(scene, "panel-pause", codes::PANEL_PAUSE, false),
    };
    let banner = paused.map(|notice| {
        (scene.say_with(codes::PANEL_PAUSED, &[("notice", scene.say(notice.code).to_string())]), Tone::Warn)
    });
    Page {
        title: scene.say_with(codes::PANEL_BOARD, &[("day", day)]),
        lead: scene.say_with(codes::PANEL_ON_DUTY, &[("name", name)]),
        banner,
        counts: board.map(|b| counts(scene, b)).unwrap_or_default(),
        tools: tools.into(),
        acts: vec![pause],
        ..Page::default()
    }
}

fn counts(scene: &Scene<'_>, board: &Board) -> Vec<PanelCount> {
    let c = &board.counts;
    let waiting = board.waiting.entries + board.waiting.pictures;
    let one = |code: Code, value: u64, note: &[(&'static str, String)], tone| PanelCount {
        label: scene.say(code),
        value: value.to_string().into(),
        note: scene.remedy(code, note),
        tone,
    };
    let n = |v: u32| v.to_string();
    let mut sent = one(codes::PANEL_COUNT_WAITING, waiting, &[], tone_of(waiting));
    if let Some(trouble) = scene.panel.trouble() {
        sent.note = scene.say(trouble.name().unwrap_or(trouble));
    }
    vec![
        one(
            codes::PANEL_COUNT_TODAY,
            u64::from(c.submitted_today),
            &[("all", n(c.submitted)), ("of", n(c.roster))],
            Tone::Info,
        ),
        one(codes::PANEL_COUNT_MISSING, u64::from(c.missing), &[("drafts", n(c.drafts))], Tone::Info),
        one(
            codes::PANEL_COUNT_REJECTED,
            u64::from(c.rejected),
            &[("cases", n(c.cases))],
            if c.rejected > 0 { Tone::Fail } else { Tone::Info },
        ),
        sent,
    ]
}

/// Most rows of single things that could not be sent; their number stands above.
const HELD_ROWS: usize = 12;

/// What could not be sent by itself, row by row.
fn held_rows(scene: &Scene<'_>) -> impl Iterator<Item = PanelRow> {
    let row = |held: &Sentence| PanelRow {
        title: scene.say_with(held.code, &held.args),
        tone: Tone::Warn,
        ..PanelRow::default()
    };
    scene.panel.held().iter().take(HELD_ROWS).map(row)
}

/// How many things could not be sent by themselves, where there are some.
fn held_banner(scene: &Scene<'_>) -> Option<(SharedString, Tone)> {
    let count = scene.panel.held().len();
    (count > 0).then(|| (scene.say_with(codes::PANEL_HELD, &[("count", count.to_string())]), Tone::Warn))
}

fn waiting_rows(scene: &Scene<'_>, waiting: &Waiting) -> Vec<PanelRow> {
    vec![
        fact(scene, codes::PANEL_WAITING_ENTRIES, waiting.entries.to_string(), tone_of(waiting.entries)),
        fact(scene, codes::PANEL_WAITING_PICTURES, waiting.pictures.to_string(), tone_of(waiting.pictures)),
        fact(
            scene,
            codes::PANEL_WAITING_REFUSED,
            waiting.refused.to_string(),
            if waiting.refused > 0 { Tone::Fail } else { Tone::Info },
        ),
        fact(scene, codes::PANEL_EXPORT, scene.say(codes::WORD_NOT_CONNECTED), Tone::Info),
    ]
}

pub(super) fn queue(scene: &Scene<'_>, board: Option<&Board>) -> Page {
    let mut rows = board.map(|b| waiting_rows(scene, &b.waiting)).unwrap_or_default();
    rows.extend(held_rows(scene));
    Page {
        title: scene.say(codes::PANEL_QUEUE),
        lead: scene.say(scene.panel.trouble().unwrap_or(codes::PANEL_QUEUE_ONLINE)),
        banner: held_banner(scene),
        rows,
        acts: vec![act(scene, "panel-sync", codes::PANEL_SYNC, true)],
        ..Page::default()
    }
}

pub(super) fn clock(
    scene: &Scene<'_>,
    board: Option<&Board>,
    keeping: bool,
    said: Option<&Sentence>,
) -> Page {
    let clock = board.map(|b| b.clock.clone()).unwrap_or_default();
    let (off, tone) = match clock.off_seconds {
        None => (scene.say(codes::PANEL_CLOCK_NEVER), Tone::Warn),
        Some(s) if s.abs() < 60 => (scene.say(codes::PANEL_CLOCK_SAME), Tone::Pass),
        Some(s) => {
            (scene.say_with(codes::PANEL_CLOCK_OFF, &[("minutes", (s.abs() / 60).to_string())]), Tone::Warn)
        }
    };
    Page {
        title: clock.shown.into(),
        lead: scene.say(codes::PANEL_CLOCK_ASK),
        banner: said.map(|s| (scene.say_with(s.code, &s.args), Tone::Info)),
        rows: vec![fact(scene, codes::PANEL_CLOCK_SERVER, off, tone)],
        acts: vec![act(scene, "panel-confirm", codes::PANEL_CLOCK_RIGHT, true)],
        busy: keeping,
        ..Page::default()
    }
}

pub(super) fn day_end(scene: &Scene<'_>, day: Option<&DayEnd>) -> Page {
    let Some(day) = day else {
        return Page {
            title: scene.say(codes::PANEL_DAY_END),
            lead: scene.say(codes::PANEL_LOOKING),
            ..Page::default()
        };
    };
    let done = day.is_done();
    let code = if done { codes::PANEL_DONE } else { codes::PANEL_NOT_DONE };
    let args = [("count", day.waiting.unsafe_things().to_string())];
    let mut rows = vec![fact(scene, codes::PANEL_COUNT_TODAY, day.submitted_today.to_string(), Tone::Info)];
    rows.push(fact(scene, codes::PANEL_DRAFTS, day.drafts.to_string(), tone_of(u64::from(day.drafts))));
    rows.extend(waiting_rows(scene, &day.waiting));
    rows.extend(held_rows(scene));
    let hint = if done {
        None
    } else if day.waiting.refused > 0 {
        Some((scene.say(codes::PANEL_NOT_DONE_REFUSED), Tone::Fail))
    } else {
        let code = scene.panel.trouble().unwrap_or(codes::PANEL_NOT_DONE_ONLINE);
        Some((scene.say(code), Tone::Warn))
    };
    let last = if done {
        act(scene, "panel-leave", codes::PANEL_LEAVE, true)
    } else {
        act(scene, "panel-sync", codes::PANEL_SYNC, true)
    };
    Page {
        title: scene.say(code),
        lead: scene.remedy(code, &args),
        banner: hint,
        rows,
        acts: vec![last],
        ..Page::default()
    }
}
