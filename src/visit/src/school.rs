//! School and task, where neither the code nor the kiosk's own pin decides (step 4 of the manual): typed in 汉字, pinyin or
//! initials, narrowed by the kind of study, compared with the school's notice, and then "this is my task".

use crate::stage::{Purpose, Sentence, Stage};
use crate::{Effect, Touch, Visit};
use collection::{Category, TaskId, TaskIndex};
use jiff::civil::Date;
use std::sync::Arc;

/// The tabs of the search in order; the first one, everything, stands before them.
pub const CATEGORIES: [Category; 3] =
    [Category::Undergraduate, Category::Postgraduate, Category::AdultEducation];

/// Most characters of a search.
const MOST: usize = 24;

/// A task as somebody who looks for theirs sees it. Schools and tasks are nobody's data, so nothing is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The task.
    pub task: TaskId,
    /// The school's name.
    pub school: String,
    /// The school's five-digit code.
    pub school_code: String,
    /// What the task is called.
    pub name: String,
    /// Kind of study.
    pub category: Category,
    /// First day of collection.
    pub opens: Date,
    /// Last day of collection.
    pub closes: Date,
    /// The school's notice, to be compared with the task.
    pub notice: String,
}

impl TaskRow {
    /// Of this task.
    #[must_use]
    pub fn of(task: &collection::Task) -> TaskRow {
        TaskRow {
            task: task.id.clone(),
            school: task.school.clone(),
            school_code: task.school_code.clone(),
            name: task.name.clone(),
            category: task.category,
            opens: task.opens,
            closes: task.closes,
            notice: task.notice.clone(),
        }
    }

    fn is_open(&self, today: Date) -> bool {
        (self.opens..=self.closes).contains(&today)
    }

    fn sought(&self) -> collection::TaskRow {
        collection::TaskRow {
            id: self.task.clone(),
            school: self.school.clone(),
            school_code: self.school_code.clone(),
            name: self.name.clone(),
            category: self.category,
            opens: self.opens,
            closes: self.closes,
        }
    }
}

/// The open tasks of a kiosk, made ready once for a search at every keystroke.
pub(crate) struct Offer {
    rows: Vec<TaskRow>,
    index: TaskIndex,
}

impl Offer {
    fn new(rows: Vec<TaskRow>) -> Offer {
        Offer { index: TaskIndex::new(rows.iter().map(TaskRow::sought)), rows }
    }

    fn search(&self, typed: &str, category: Option<Category>, today: Date) -> Vec<TaskRow> {
        let found = self.index.search(typed, category, today);
        let row = |id: &TaskId| self.rows.iter().find(|row| row.task == *id).cloned();
        found.into_iter().filter_map(|hit| row(&hit.id)).collect()
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
    pub typed: String,
    /// The tab: 0 for every kind of study, then [`CATEGORIES`].
    pub category: usize,
    /// What is found now, best first.
    pub found: Vec<TaskRow>,
    /// The row that was touched: its notice is shown, and 这是我的任务 is asked.
    pub chosen: Option<TaskRow>,
    /// The open tasks of this kiosk; `None` while they are being fetched.
    pub(crate) all: Option<Arc<Offer>>,
    /// Why the code did not do: said here, and at the typed entry that follows.
    pub problem: Option<Sentence>,
}

impl SchoolStage {
    /// Whether the tasks are still being fetched; the screen before stays meanwhile.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.all.is_none()
    }

    fn look(&mut self, today: Date) {
        let category = self.category.checked_sub(1).and_then(|i| CATEGORIES.get(i)).copied();
        self.found =
            self.all.as_ref().map(|all| all.search(&self.typed, category, today)).unwrap_or_default();
    }
}

impl Visit {
    /// Before anything is typed: which task is it for? One open task at this kiosk is no question, and 我的任务 is about all.
    pub(crate) fn ask_task(&mut self, purpose: Purpose, problem: Option<Sentence>) -> Vec<Effect> {
        if purpose != Purpose::Portrait || self.task.is_some() {
            return self.type_instead(purpose, problem);
        }
        let watch = self.enter(Stage::School(SchoolStage { problem, ..SchoolStage::default() }));
        vec![watch, Effect::LoadSchools(self.ticket())]
    }

    pub(crate) fn schools_known(&mut self, rows: Vec<TaskRow>) -> Vec<Effect> {
        let today = self.now.day;
        let Stage::School(school) = &mut self.stage else { return Vec::new() };
        if school.all.is_some() {
            return Vec::new();
        }
        let mut open: Vec<TaskRow> = rows.into_iter().filter(|row| row.is_open(today)).collect();
        if open.len() > 1 {
            school.all = Some(Arc::new(Offer::new(open)));
            school.look(today);
            return Vec::new();
        }
        let problem = school.problem.take();
        self.task = open.pop().map(|row| row.task);
        self.type_instead(Purpose::Portrait, problem)
    }

    pub(crate) fn touch_school(&mut self, touch: Touch) -> Vec<Effect> {
        let today = self.now.day;
        let Stage::School(school) = &mut self.stage else { return Vec::new() };
        match touch {
            Touch::Back if school.chosen.is_some() => school.chosen = None,
            Touch::Back => return self.end(),
            _ if school.is_loading() => {}
            Touch::GoOn | Touch::Primary | Touch::Accept if school.chosen.is_some() => {
                self.task = school.chosen.as_ref().map(|row| row.task.clone());
                let problem = school.problem.take();
                return self.type_instead(Purpose::Portrait, problem);
            }
            // The only one that is meant needs no finger on its row.
            Touch::GoOn if school.found.len() == 1 => school.chosen = school.found.first().cloned(),
            _ if school.chosen.is_some() => {}
            Touch::Row(i) => school.chosen = school.found.get(i).cloned(),
            Touch::Category(i) if i <= CATEGORIES.len() => school.category = i,
            Touch::Key(c) if c.is_alphanumeric() => crate::typing::push(&mut school.typed, c, MOST),
            Touch::Digit(d @ 0..=9) => {
                crate::typing::push(&mut school.typed, char::from(b'0' + d), MOST);
            }
            Touch::Backspace => {
                school.typed.pop();
            }
            Touch::Clear => school.typed.clear(),
            _ => {}
        }
        if let Stage::School(school) = &mut self.stage {
            school.look(today);
        }
        Vec::new()
    }
}
