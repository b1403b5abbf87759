//! The form that all pages of the staff panel share, and its parts.

use super::super::scene::Scene;
use sentences::{Code, codes};
use slint::{ModelRc, SharedString, VecModel};
use std::rc::Rc;
use ui::{PanelAct, PanelCount, PanelRow, PanelTool, Sign, StaffPanelView, Tone};
use visit::PanelPage;

/// The board's tools in their order: id, sentence code, sign, and the page that each opens.
pub(super) const TOOLS: [(&str, Code, Sign, PanelPage); 6] = [
    ("panel-find", codes::PANEL_FIND, Sign::Search, PanelPage::Find),
    ("panel-missing", codes::PANEL_MISSING, Sign::People, PanelPage::Missing),
    ("panel-drafts", codes::PANEL_DRAFTS, Sign::List, PanelPage::Drafts),
    ("panel-queue", codes::PANEL_QUEUE, Sign::Sync, PanelPage::Queue),
    ("panel-clock", codes::PANEL_CLOCK, Sign::Clock, PanelPage::Clock),
    ("panel-day-end", codes::PANEL_DAY_END, Sign::Shield, PanelPage::DayEnd),
];

/// What a page shows.
#[derive(Default)]
pub(super) struct Page {
    pub title: SharedString,
    pub lead: SharedString,
    pub banner: Option<(SharedString, Tone)>,
    pub counts: Vec<PanelCount>,
    pub tools: Vec<PanelTool>,
    pub rows: Vec<PanelRow>,
    pub acts: Vec<PanelAct>,
    pub busy: bool,
}

fn list<T: Clone + 'static>(items: Vec<T>) -> ModelRc<T> {
    ModelRc::from(Rc::new(VecModel::from(items)))
}

impl Page {
    /// Sets the panel's global.
    pub fn fill(self, view: &StaffPanelView<'_>) {
        view.set_title(self.title);
        view.set_lead(self.lead);
        let (banner, tone) = self.banner.unwrap_or_default();
        view.set_banner(banner);
        view.set_banner_tone(tone);
        view.set_counts(list(self.counts));
        view.set_tools(list(self.tools));
        view.set_rows(list(self.rows));
        view.set_acts(list(self.acts));
        view.set_busy(self.busy);
    }
}

/// A button at the foot of a page.
pub(super) fn act(scene: &Scene<'_>, id: &str, code: Code, primary: bool) -> PanelAct {
    PanelAct { id: id.into(), label: scene.say(code), primary, enabled: true }
}

/// A row that says a word and its value, and leads nowhere.
pub(super) fn fact(scene: &Scene<'_>, code: Code, value: impl Into<SharedString>, tone: Tone) -> PanelRow {
    PanelRow {
        title: scene.say(code),
        detail: SharedString::default(),
        state: value.into(),
        tone,
        leads: false,
    }
}

/// A warning where there are some, calm where there are none.
pub(super) fn tone_of(count: u64) -> Tone {
    if count > 0 { Tone::Warn } else { Tone::Info }
}
