//! The time of a keystroke of the school search. The names are invented; 20,000 are different, further entries are further
//! tasks of the same schools. Every prefix of the typed texts is one keystroke.

use crate::statistics::Sorted;
use collection::{Category, TaskId, TaskIndex, TaskRow};
use jiff::civil::date;
use serde::Serialize;
use std::time::Instant;

const PLACES: [&str; 20] = [
    "东海", "西山", "南湖", "北川", "中原", "长河", "青江", "白云", "金陵", "龙城", "海州", "临江", "新安",
    "永宁", "太和", "兴平", "明湖", "凤阳", "石林", "重山",
];
const KINDS: [&str; 10] = ["理工", "师范", "农业", "医科", "财经", "政法", "外国语", "科技", "电子", "民族"];
const ENDS: [&str; 5] = ["大学", "学院", "职业技术学院", "高等专科学校", "职业大学"];
const TYPED: [&str; 8] = [
    "东海理工大学",
    "beichuanshifandaxue",
    "qjcjxy",
    "zhongyuan",
    "changhe",
    "bieyunkeji",
    "xinanwaigouyu",
    "西山师犯大学",
];

/// Times of the search.
#[derive(Debug, Serialize)]
pub struct SearchTimes {
    /// Tasks in the index.
    pub entries: usize,
    /// Keystrokes measured.
    pub keystrokes: usize,
    /// Median, ms.
    pub median_ms: f64,
    /// 95th percentile, ms.
    pub p95_ms: f64,
    /// The slowest keystroke, ms.
    pub max_ms: f64,
    /// The text of the slowest keystroke.
    pub slowest: String,
    /// Time to build the index, ms.
    pub index_ms: f64,
}

/// Measures the search among `entries` tasks.
pub fn measure(entries: usize) -> SearchTimes {
    let began = Instant::now();
    let index = TaskIndex::new(rows(entries));
    let built = began.elapsed();
    let today = date(2026, 11, 24);
    let mut times = Vec::new();
    let mut slowest = (0.0, String::new());
    for typed in TYPED {
        for (at, character) in typed.char_indices() {
            let Some(so_far) = typed.get(..at + character.len_utf8()) else { continue };
            let began = Instant::now();
            let found = index.search(so_far, Some(Category::Undergraduate), today);
            let millis = began.elapsed().as_secs_f64() * 1000.0;
            std::hint::black_box(found.len());
            if millis > slowest.0 {
                slowest = (millis, so_far.to_owned());
            }
            times.push(millis);
        }
    }
    let times = Sorted::new(times);
    SearchTimes {
        entries,
        keystrokes: times.len(),
        median_ms: times.nearest(0.5),
        p95_ms: times.nearest(0.95),
        max_ms: times.nearest(1.0),
        slowest: slowest.1,
        index_ms: built.as_secs_f64() * 1000.0,
    }
}

fn rows(entries: usize) -> impl Iterator<Item = TaskRow> {
    (0..entries).filter_map(|n| {
        let pick = |list: &[&'static str], n: usize| list.get(n % list.len()).copied().unwrap_or_default();
        let (a, b) = (pick(&PLACES, n), pick(&PLACES, n / 20));
        let (kind, end) = (pick(&KINDS, n / 400), pick(&ENDS, n / 4000));
        Some(TaskRow {
            id: TaskId::new(format!("t-{n}")).ok()?,
            school: format!("{a}{b}{kind}{end}"),
            school_code: format!("{:05}", n % 100_000),
            name: format!("{} 届毕业生图像采集第 {} 批", 2027, n / 20_000 + 1),
            category: Category::Undergraduate,
            opens: date(2026, 9, 1),
            closes: date(2027, 6, 30),
        })
    })
}
