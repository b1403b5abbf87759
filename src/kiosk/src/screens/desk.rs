//! The staff's desk: every room is the same page, filled with what the desk knows.

mod board;
mod rooms;

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use slint::{Model as _, ModelRc, VecModel};
use std::rc::Rc;
use ui::{AppWindow, DeskAct, DeskCount, DeskRow, DeskTool, DeskView, Screen, Sign, Tone};
use visit::{Desk, DeskRoom, DeskStage, Touch};

/// The board's tools in their order.
const TOOLS: [(&str, &str, Sign, DeskRoom); 6] = [
    ("desk-find", "desk.find", Sign::Search, DeskRoom::Find),
    ("desk-missing", "desk.missing", Sign::People, DeskRoom::Missing),
    ("desk-drafts", "desk.drafts", Sign::List, DeskRoom::Drafts),
    ("desk-queue", "desk.queue", Sign::Sync, DeskRoom::Queue),
    ("desk-clock", "desk.clock", Sign::Clock, DeskRoom::Clock),
    ("desk-day-end", "desk.day_end", Sign::Shield, DeskRoom::DayEnd),
];

/// What a button at the foot of a room does, by its id.
const ACTS: [(&str, Touch); 8] = [
    ("desk-pause", Touch::Desk(DeskRoom::Pause)),
    ("desk-resume", Touch::Resume),
    ("desk-grant", Touch::Grant),
    ("desk-unlock", Touch::Unlock),
    ("desk-assist", Touch::Assist),
    ("desk-sync", Touch::SyncNow),
    ("desk-confirm", Touch::Accept),
    ("desk-leave", Touch::Exit),
];

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<DeskView<'_>>();
    let t = touch.clone();
    view.on_tool(move |i| {
        if let Some((_, _, _, room)) = usize::try_from(i).ok().and_then(|i| TOOLS.get(i)) {
            t(Touch::Desk(*room));
        }
    });
    let t = touch.clone();
    view.on_row(move |i| t(Touch::Row(usize::try_from(i).unwrap_or(usize::MAX))));
    let t = touch.clone();
    let weak = window.as_weak();
    view.on_act(move |i| {
        let Some(window) = weak.upgrade() else { return };
        let acts = window.global::<DeskView<'_>>().get_acts();
        let id = usize::try_from(i).ok().and_then(|i| acts.row_data(i)).map(|act| act.id);
        if let Some((_, touch)) = ACTS.iter().find(|(name, _)| id.as_deref() == Some(*name)) {
            t(*touch);
        }
    });
}

/// What a room shows.
#[derive(Default)]
struct Page {
    title: slint::SharedString,
    lead: slint::SharedString,
    banner: Option<(slint::SharedString, Tone)>,
    counts: Vec<DeskCount>,
    tools: Vec<DeskTool>,
    rows: Vec<DeskRow>,
    acts: Vec<DeskAct>,
    busy: bool,
}

fn list<T: Clone + 'static>(items: Vec<T>) -> ModelRc<T> {
    ModelRc::from(Rc::new(VecModel::from(items)))
}

pub(super) fn show(scene: &Scene<'_>) {
    let page = match scene.desk.stage() {
        DeskStage::Closed => return,
        DeskStage::Pin(pin) => return super::staff::show_pin(scene, pin),
        DeskStage::Find(find) => return super::entry::show_search(scene, find),
        DeskStage::Board(board) => board::board(scene, board.as_deref()),
        DeskStage::Queue(board) => board::queue(scene, board.as_deref()),
        DeskStage::Clock { board, keeping, said } => {
            board::clock(scene, board.as_deref(), *keeping, said.as_ref())
        }
        DeskStage::DayEnd(day) => board::day_end(scene, day.as_ref()),
        DeskStage::List(stage) => rooms::people(scene, stage),
        DeskStage::Student(stage) => rooms::student(scene, stage),
        DeskStage::Pause => rooms::pause(scene),
    };
    let view = scene.window.global::<DeskView<'_>>();
    view.set_title(page.title);
    view.set_lead(page.lead);
    let (banner, tone) = page.banner.unwrap_or_default();
    view.set_banner(banner);
    view.set_banner_tone(tone);
    view.set_counts(list(page.counts));
    view.set_tools(list(page.tools));
    view.set_rows(list(page.rows));
    view.set_acts(list(page.acts));
    view.set_busy(page.busy);
}

pub(super) fn screen_of(desk: &Desk) -> Screen {
    match desk.stage() {
        DeskStage::Pin(_) => Screen::StaffPin,
        DeskStage::Find(_) => Screen::NumberEntry,
        _ => Screen::Desk,
    }
}

pub(super) fn name(desk: &Desk) -> &'static str {
    match desk.stage() {
        DeskStage::Closed => "desk-closed",
        DeskStage::Pin(_) => "desk-pin",
        DeskStage::Board(_) => "desk-board",
        DeskStage::List(list) if list.asks_class() => "desk-classes",
        DeskStage::List(_) => "desk-list",
        DeskStage::Find(_) => "desk-find",
        DeskStage::Student(_) => "desk-student",
        DeskStage::Pause => "desk-pause",
        DeskStage::Clock { .. } => "desk-clock",
        DeskStage::Queue(_) => "desk-queue",
        DeskStage::DayEnd(_) => "desk-day-end",
    }
}

/// A button at the foot of a room.
fn act(scene: &Scene<'_>, id: &str, code: &str, primary: bool) -> DeskAct {
    DeskAct { id: id.into(), label: scene.say(code), primary, enabled: true }
}

/// A fact: a word and its value.
fn fact(scene: &Scene<'_>, code: &str, value: impl Into<slint::SharedString>, tone: Tone) -> DeskRow {
    DeskRow {
        title: scene.say(code),
        detail: slint::SharedString::default(),
        state: value.into(),
        tone,
        leads: false,
    }
}

/// Attention where there is something, calm where there is nothing.
fn tone_of(count: u64) -> Tone {
    if count > 0 { Tone::Warn } else { Tone::Info }
}
