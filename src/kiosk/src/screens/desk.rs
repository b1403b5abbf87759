//! The staff's desk: every room is the same page, filled with what the desk knows.

mod board;
mod rooms;

use super::{OnTouch, Scene};
use slint::ComponentHandle as _;
use slint::{Model as _, ModelRc, VecModel};
use std::rc::Rc;
use ui::{AppWindow, DeskAct, DeskCount, DeskRow, DeskTool, DeskView, Screen, Sign, Tone};
use visit::{PanelPage, PanelStage, StaffPanel, Touch};

/// The board's tools in their order.
const TOOLS: [(&str, &str, Sign, PanelPage); 6] = [
    ("desk-find", "desk.find", Sign::Search, PanelPage::Find),
    ("desk-missing", "desk.missing", Sign::People, PanelPage::Missing),
    ("desk-drafts", "desk.drafts", Sign::List, PanelPage::Drafts),
    ("desk-queue", "desk.queue", Sign::Sync, PanelPage::Queue),
    ("desk-clock", "desk.clock", Sign::Clock, PanelPage::Clock),
    ("desk-day-end", "desk.day_end", Sign::Shield, PanelPage::DayEnd),
];

/// What a button at the foot of a room does, by its id.
const ACTS: [(&str, Touch); 8] = [
    ("desk-pause", Touch::Panel(PanelPage::Pause)),
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
            t(Touch::Panel(*room));
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
    let page = match scene.panel.stage() {
        PanelStage::Closed => return,
        PanelStage::Pin(pin) => return super::staff::show_pin(scene, pin),
        PanelStage::Find(find) => return super::entry::show_search(scene, find),
        PanelStage::Board(board) => board::board(scene, board.as_deref()),
        PanelStage::Queue(board) => board::queue(scene, board.as_deref()),
        PanelStage::Clock(stage) => {
            board::clock(scene, stage.board.as_deref(), stage.keeping, stage.said.as_ref())
        }
        PanelStage::DayEnd(day) => board::day_end(scene, day.as_ref()),
        PanelStage::List(stage) => rooms::people(scene, stage),
        PanelStage::Student(stage) => rooms::student(scene, stage),
        PanelStage::Pause => rooms::pause(scene),
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

pub(super) fn screen_of(panel: &StaffPanel) -> Screen {
    match panel.stage() {
        PanelStage::Pin(_) => Screen::StaffPin,
        PanelStage::Find(_) => Screen::NumberEntry,
        PanelStage::Closed
        | PanelStage::Board(_)
        | PanelStage::List(_)
        | PanelStage::Student(_)
        | PanelStage::Pause
        | PanelStage::Clock(_)
        | PanelStage::Queue(_)
        | PanelStage::DayEnd(_) => Screen::Desk,
    }
}

pub(super) fn name(panel: &StaffPanel) -> &'static str {
    match panel.stage() {
        PanelStage::Closed => "desk-closed",
        PanelStage::Pin(_) => "desk-pin",
        PanelStage::Board(_) => "desk-board",
        PanelStage::List(list) if list.asks_class() => "desk-classes",
        PanelStage::List(_) => "desk-list",
        PanelStage::Find(_) => "desk-find",
        PanelStage::Student(_) => "desk-student",
        PanelStage::Pause => "desk-pause",
        PanelStage::Clock(_) => "desk-clock",
        PanelStage::Queue(_) => "desk-queue",
        PanelStage::DayEnd(_) => "desk-day-end",
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
