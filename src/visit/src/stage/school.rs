//! School and task, where neither the code nor the kiosk's own pin decides: typed in 汉字, pinyin or initials, narrowed by the
//! kind of study, compared with the school's notice, and then "this is my task".

use crate::behaviour::{Open, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::personal::Typed;
use crate::records_data::TaskRow;
use crate::reply::Reply;
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::Purpose;
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::{self, Keystroke};
use collection::{Category, TaskId, TaskIndex};
use jiff::civil::Date;
use std::sync::Arc;

/// The tabs of the search in order; the first one, everything, stands before them.
pub const CATEGORIES: [Category; 3] =
    [Category::Undergraduate, Category::Postgraduate, Category::AdultEducation];

/// Most characters of a search.
const MOST: usize = 24;

/// The open tasks of a kiosk, made ready once for a search at every keystroke.
struct Offer {
    rows: Vec<TaskRow>,
    index: TaskIndex,
}

impl Offer {
    fn new(rows: Vec<TaskRow>) -> Offer {
        Offer { index: TaskIndex::new(rows.iter().map(searchable)), rows }
    }

    fn search(&self, typed: &str, category: Option<Category>, today: Date) -> Vec<TaskRow> {
        let found = self.index.search(typed, category, today);
        let row = |id: &TaskId| self.rows.iter().find(|row| row.task == *id).cloned();
        found.into_iter().filter_map(|hit| row(&hit.id)).collect()
    }
}

fn searchable(row: &TaskRow) -> collection::TaskRow {
    collection::TaskRow {
        id: row.task.clone(),
        school: row.school.clone(),
        school_code: row.school_code.clone(),
        name: row.name.clone(),
        category: row.category,
        opens: row.opens,
        closes: row.closes,
    }
}

/// How many, not which: the index is long.
impl std::fmt::Debug for Offer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Offer({} tasks)", self.rows.len())
    }
}

/// Which school, which task?
#[derive(Clone, Debug, Default)]
pub struct SchoolStage {
    /// What was typed.
    pub typed: Typed,
    /// The tab: 0 for every kind of study, then [`CATEGORIES`].
    pub category: usize,
    /// What is found now, best first.
    pub found: Vec<TaskRow>,
    /// The row that was touched: its notice is shown, and 这是我的任务 is asked.
    pub chosen: Option<TaskRow>,
    /// The open tasks of this kiosk; `None` while they are being fetched.
    all: Option<Arc<Offer>>,
    /// Why the code did not do: said here, and at the typed entry that follows.
    pub problem: Option<Sentence>,
}

subset! {
    /// What can be touched while a task is chosen.
    SchoolTouch of Touch {
        Touch::Back => Back,
        Touch::GoOn => GoOn,
        Touch::Primary | Touch::Accept => Mine,
        Touch::Row(i) => Row(i: usize),
        Touch::Category(i) => Category(i: usize),
        Touch::Key(key) => Key(key: Keystroke),
    }
}

impl SchoolStage {
    /// A search that begins, with the reason why the code did not do.
    pub(crate) fn new(problem: Option<Sentence>) -> SchoolStage {
        SchoolStage { problem, ..SchoolStage::default() }
    }

    /// Whether the tasks are still being fetched; the screen before stays meanwhile.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.all.is_none()
    }

    fn search(&mut self, today: Date) {
        let category = self.category.checked_sub(1).and_then(|i| CATEGORIES.get(i)).copied();
        self.found =
            self.all.as_ref().map(|all| all.search(&self.typed, category, today)).unwrap_or_default();
    }

    /// The task is known: on to the number.
    fn type_number(&mut self, cx: &mut Context<'_>, task: Option<TaskId>) -> Next {
        cx.student.task = task;
        Next::TypeNumber { purpose: Purpose::Portrait, problem: self.problem.take(), wrong: false }
    }

    /// A touch while a task's notice is shown.
    fn touch_notice(&mut self, cx: &mut Context<'_>, touch: &SchoolTouch, chosen: TaskId) -> Next {
        match touch {
            SchoolTouch::Back => self.chosen = None,
            SchoolTouch::GoOn | SchoolTouch::Mine => return self.type_number(cx, Some(chosen)),
            SchoolTouch::Row(_) | SchoolTouch::Category(_) | SchoolTouch::Key(_) => {}
        }
        Next::Stay
    }

    fn write(&mut self, key: Keystroke) {
        match key {
            Keystroke::X => {}
            Keystroke::Char(_) | Keystroke::Digit(_) | Keystroke::Backspace | Keystroke::Clear => {
                typing::write(&mut self.typed, key, MOST, char::is_alphanumeric);
            }
        }
    }
}

impl Resting for SchoolStage {
    fn is_busy(&self) -> bool {
        self.is_loading()
    }

    fn is_anonymous(&self) -> bool {
        true
    }
}

impl Open for SchoolStage {
    fn begin(&mut self, cx: &mut Context<'_>) {
        cx.ask_records(RecordsRequest::LoadSchools);
    }

    fn touch(&mut self, cx: &mut Context<'_>, touch: Touch) -> Next {
        let Some(touch) = SchoolTouch::of(touch) else { return Next::Stay };
        if let Some(chosen) = self.chosen.as_ref().map(|row| row.task.clone()) {
            return self.touch_notice(cx, &touch, chosen);
        }
        match touch {
            SchoolTouch::Back => return Next::End,
            _ if self.is_loading() => {}
            // The only one that is meant needs no finger on its row.
            SchoolTouch::GoOn if self.found.len() == 1 => self.chosen = self.found.first().cloned(),
            SchoolTouch::GoOn | SchoolTouch::Mine => {}
            SchoolTouch::Row(i) => self.chosen = self.found.get(i).cloned(),
            SchoolTouch::Category(i) if i <= CATEGORIES.len() => self.category = i,
            SchoolTouch::Category(_) => {}
            SchoolTouch::Key(key) => self.write(key),
        }
        self.search(cx.today());
        Next::Stay
    }

    /// One open task at this kiosk is no question.
    fn reply(&mut self, cx: &mut Context<'_>, reply: Reply) -> Next {
        let Reply::Schools(rows) = reply else { return Next::Stay };
        if self.all.is_some() {
            return Next::Stay;
        }
        let today = cx.today();
        let is_open = |row: &TaskRow| (row.opens..=row.closes).contains(&today);
        let mut open: Vec<TaskRow> = rows.into_iter().filter(is_open).collect();
        if open.len() <= 1 {
            return self.type_number(cx, open.pop().map(|row| row.task));
        }
        self.all = Some(Arc::new(Offer::new(open)));
        self.search(today);
        Next::Stay
    }
}
