//! Where the staff panel stands. The screen is a function of this.

use crate::panel_facts::{Board, DayEnd, Dossier, ListRow};
use crate::personal::Typed;
use crate::request::List;
use crate::sentence::Sentence;
use crate::touch::PanelPage;
use sentences::{Code, codes};

/// Sentence codes of the notices that staff can stop the kiosk with.
pub const PAUSE_NOTICES: [Code; 4] =
    [codes::PAUSE_BACK_SOON, codes::PAUSE_LUNCH, codes::PAUSE_NEXT_DOOR, codes::PAUSE_DONE_TODAY];

/// Fewest characters that a student is searched for by.
const FEWEST: usize = collection::MIN_TYPED;

/// The PIN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PinStage {
    /// Digits so far, at most six.
    pub entered: Typed,
    /// Waiting for the answer.
    pub checking: bool,
    /// Why the last one did not do.
    pub problem: Option<Sentence>,
}

/// A list of students: by class first, where it is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListStage {
    /// Which list.
    pub list: List,
    /// `None` while loading.
    pub rows: Option<Vec<ListRow>>,
    /// The class that is open.
    pub class: Option<String>,
}

impl ListStage {
    /// The classes with how many of each, by name.
    #[must_use]
    pub fn classes(&self) -> Vec<(String, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for row in self.rows.iter().flatten() {
            *counts.entry(row.class.clone()).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// The rows that are shown.
    #[must_use]
    pub fn shown(&self) -> Vec<&ListRow> {
        let open = |row: &&ListRow| self.class.as_ref().is_none_or(|class| *class == row.class);
        self.rows.iter().flatten().filter(open).collect()
    }

    /// Whether a class must be chosen first.
    #[must_use]
    pub fn asks_class(&self) -> bool {
        self.list == List::Missing && self.class.is_none()
    }
}

/// Find a student.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchStage {
    /// What was typed.
    pub entered: Typed,
    /// Waiting for the answer.
    pub searching: bool,
    /// Why the last one did not do.
    pub problem: Option<Sentence>,
}

impl SearchStage {
    /// Whether there is enough to search for.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        self.entered.len() >= FEWEST && !self.searching
    }
}

/// One student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudentStage {
    /// Who; `None` while loading.
    pub dossier: Option<Box<Dossier>>,
    /// An act is being kept.
    pub keeping: bool,
    /// What became of the last act.
    pub said: Option<Sentence>,
    /// The list or search that led here.
    pub from: Box<PanelStage>,
}

/// Whether the clock is right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockStage {
    /// The newest facts.
    pub board: Option<Box<Board>>,
    /// It is being kept.
    pub keeping: bool,
    /// What became of it.
    pub said: Option<Sentence>,
}

/// Where the staff panel stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelStage {
    /// Nobody is here.
    Closed,
    /// The PIN.
    Pin(PinStage),
    /// The day at a glance; `None` while loading.
    Board(Option<Box<Board>>),
    /// A list of students.
    List(ListStage),
    /// Find a student.
    Find(SearchStage),
    /// One student.
    Student(StudentStage),
    /// Which notice to stop the kiosk with.
    Pause,
    /// Is the clock right?
    Clock(ClockStage),
    /// What waits for the server.
    Queue(Option<Box<Board>>),
    /// Is everything safe?
    DayEnd(Option<DayEnd>),
}

impl PanelStage {
    pub(super) fn of(page: PanelPage) -> PanelStage {
        let list = |list| PanelStage::List(ListStage { list, rows: None, class: None });
        match page {
            PanelPage::Missing => list(List::Missing),
            PanelPage::Drafts => list(List::Drafts),
            PanelPage::Find => PanelStage::Find(SearchStage::default()),
            PanelPage::Pause => PanelStage::Pause,
            PanelPage::Clock => PanelStage::Clock(ClockStage::default()),
            PanelPage::Queue => PanelStage::Queue(None),
            PanelPage::DayEnd => PanelStage::DayEnd(None),
        }
    }
}
