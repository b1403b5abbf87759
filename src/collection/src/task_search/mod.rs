//! 搜索学校和任务: what a student types (Chinese, pinyin, initials, the school's code) among the tasks that are open.
//!
//! The index writes every name in three ways into three long texts, one line each: as it is, in full pinyin, in initials.
//! A keystroke is then a search for one short text in three long ones, which is fast enough for every school there is
//! ten times over. One typo is forgiven where nothing else was meant: see [`typo`].

mod reading;
mod row;
mod scan;
mod text;
mod typo;

pub use row::TaskRow;

use crate::Category;
use jiff::civil::Date;
use scan::Hit;
use text::Texts;

/// Most tasks that are found at once; nobody reads more on a screen.
pub const MAX_FOUND: usize = 50;
/// Most characters of a typed text that are looked at.
pub const MAX_TYPED: usize = 40;

/// Tasks made ready for searching; made once, asked at every keystroke.
#[derive(Debug)]
pub struct TaskIndex {
    rows: Vec<TaskRow>,
    texts: Texts,
    /// Place of each row in the order of school, name and id, which decides between equals.
    order: Vec<u32>,
}

impl TaskIndex {
    /// Makes the index. Takes about as long as reading the names a few times over.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = TaskRow>) -> Self {
        let rows: Vec<TaskRow> = rows.into_iter().collect();
        let mut sorted: Vec<usize> = (0..rows.len()).collect();
        sorted.sort_by(|a, b| {
            let key = |at: &usize| rows.get(*at).map(|r| (&r.school, &r.name, &r.id));
            key(a).cmp(&key(b))
        });
        let mut order = vec![0; rows.len()];
        for (place, at) in sorted.into_iter().enumerate() {
            order[at] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        let texts = Texts::of(&rows);
        TaskIndex { rows, texts, order }
    }

    /// The open tasks of a category (of all, where none is chosen yet) that match, best first, at most [`MAX_FOUND`].
    ///
    /// An empty text matches every open task. Case, spaces, width and apostrophes do not count. Whole names come before
    /// beginnings, schools before tasks, exact matches before forgiven typos, short names before long ones.
    #[must_use]
    pub fn search(&self, typed: &str, category: Option<Category>, today: Date) -> Vec<&TaskRow> {
        let open = |row: usize| self.rows.get(row).is_some_and(|r| r.is_open(category, today));
        let typed = reading::normal(typed, MAX_TYPED);
        let mut best: Vec<Option<Hit>> = vec![None; self.rows.len()];
        if typed.is_empty() {
            (0..self.rows.len()).filter(|row| open(*row)).for_each(|row| best[row] = Some(Hit::ANY));
        } else {
            scan::exact(&self.texts, &typed, &open, &mut best);
            if best.iter().all(Option::is_none) {
                scan::forgiving(&self.texts, &typed, &open, &mut best);
            }
        }
        self.ranked(&best)
    }

    fn ranked(&self, best: &[Option<Hit>]) -> Vec<&TaskRow> {
        let mut keys: Vec<(Hit, u32, usize)> = best
            .iter()
            .enumerate()
            .filter_map(|(row, hit)| Some(((*hit)?, self.order.get(row).copied()?, row)))
            .collect();
        if keys.len() > MAX_FOUND {
            keys.select_nth_unstable(MAX_FOUND);
            keys.truncate(MAX_FOUND);
        }
        keys.sort_unstable();
        keys.into_iter().filter_map(|(_, _, row)| self.rows.get(row)).collect()
    }
}

/// [`TaskIndex::search`] among a few rows, without keeping the index.
#[must_use]
pub fn task_search(rows: &[TaskRow], typed: &str, category: Option<Category>, today: Date) -> Vec<TaskRow> {
    TaskIndex::new(rows.iter().cloned()).search(typed, category, today).into_iter().cloned().collect()
}

#[cfg(test)]
mod tests;
