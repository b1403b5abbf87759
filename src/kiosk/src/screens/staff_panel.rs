//! The staff panel: every page has the same form, filled with what the panel knows.

mod board;
mod page;
mod pages;

use super::OnTouch;
use super::scene::{Face, Scene, Shown};
use page::TOOLS;
use slint::{ComponentHandle as _, Model as _};
use ui::{AppWindow, Reset as _, Screen, StaffPanelView};
use visit::{PanelPage, PanelStage, Touch};

/// What a button at the foot of a page does, by its id.
const ACTS: [(&str, Touch); 8] = [
    ("panel-pause", Touch::Panel(PanelPage::Pause)),
    ("panel-resume", Touch::Resume),
    ("panel-grant", Touch::Grant),
    ("panel-unlock", Touch::Unlock),
    ("panel-assist", Touch::Assist),
    ("panel-sync", Touch::SyncNow),
    ("panel-confirm", Touch::Accept),
    ("panel-leave", Touch::Exit),
];

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<StaffPanelView<'_>>();
    let t = touch.clone();
    view.on_tool(move |i| {
        if let Some((_, _, _, page)) = usize::try_from(i).ok().and_then(|i| TOOLS.get(i)) {
            t(Touch::Panel(*page));
        }
    });
    let t = touch.clone();
    view.on_row(move |i| t(Touch::Row(usize::try_from(i).unwrap_or(usize::MAX))));
    let t = touch.clone();
    let weak = window.as_weak();
    view.on_act(move |i| {
        let Some(window) = weak.upgrade() else { return };
        let acts = window.global::<StaffPanelView<'_>>().get_acts();
        let id = usize::try_from(i).ok().and_then(|i| acts.row_data(i)).map(|act| act.id);
        if let Some((_, touch)) = ACTS.iter().find(|(name, _)| id.as_deref() == Some(*name)) {
            t(*touch);
        }
    });
}

impl Shown for PanelStage {
    fn face(&self) -> Face {
        let page = |name| Face::of(name, Screen::StaffPanel);
        match self {
            PanelStage::Closed => Face { name: "panel-closed", screen: None },
            PanelStage::Pin(_) => Face::of("panel-pin", Screen::StaffPin),
            PanelStage::Board(_) => page("panel-board"),
            PanelStage::List(list) if list.asks_class() => page("panel-classes"),
            PanelStage::List(_) => page("panel-list"),
            PanelStage::Find(_) => Face::of("panel-find", Screen::NumberEntry),
            PanelStage::Student(_) => page("panel-student"),
            PanelStage::Pause => page("panel-pause"),
            PanelStage::Clock(_) => page("panel-clock"),
            PanelStage::Queue(_) => page("panel-queue"),
            PanelStage::DayEnd(_) => page("panel-day-end"),
        }
    }

    fn show(&self, scene: &Scene<'_>) {
        let page = match self {
            PanelStage::Closed => return,
            PanelStage::Pin(pin) => return super::staff::show_pin(scene, pin),
            PanelStage::Find(find) => return super::entry::show_search(scene, find),
            PanelStage::Board(board) => board::board(scene, board.as_deref()),
            PanelStage::Queue(board) => board::queue(scene, board.as_deref()),
            PanelStage::Clock(stage) => {
                board::clock(scene, stage.board.as_deref(), stage.keeping, stage.said.as_ref())
            }
            PanelStage::DayEnd(day) => board::day_end(scene, day.as_ref()),
            PanelStage::List(stage) => pages::people(scene, stage),
            PanelStage::Student(stage) => pages::student(scene, stage),
            PanelStage::Pause => pages::pause(scene),
        };
        page.fill(&scene.window.global::<StaffPanelView<'_>>());
    }
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<StaffPanelView<'_>>().reset();
}
