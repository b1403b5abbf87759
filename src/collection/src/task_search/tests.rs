//! What must hold of the search: every way of writing finds the school, only open tasks, one typo, the best first, no panic.

use super::*;
use crate::TaskId;
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);
const U: Option<Category> = Some(Category::Undergraduate);

fn row(id: &str, school: &str, name: &str, category: Category) -> TaskRow {
    TaskRow {
        id: TaskId::new(id).unwrap(),
        school: school.to_owned(),
        school_code: "99001".to_owned(),
        name: name.to_owned(),
        category,
        opens: date(2026, 9, 1),
        closes: date(2027, 6, 30),
    }
}

const SCHOOLS: [&str; 8] = [
    "北京大学",
    "北京师范大学",
    "重庆邮电大学",
    "长沙理工大学",
    "厦门大学",
    "示例大学",
    "吕梁学院",
    "西安电子科技大学",
];

fn rows() -> Vec<TaskRow> {
    let all = SCHOOLS.iter().enumerate();
    all.map(|(n, s)| row(&format!("t-{n}"), s, "2027 届 MBA 毕业生", Category::Undergraduate)).collect()
}

fn found(typed: &str) -> Vec<String> {
    task_search(&rows(), typed, U, TODAY).into_iter().map(|r| r.school).collect()
}

#[test]
fn chinese_pinyin_and_initials_find_the_school() {
    for typed in [
        "师范",
        "北京师范大学",
        "beijingshifan",
        "BeiJing ShiFan",
        "ｂｅｉｊｉｎｇｓｈｉｆ",
        "bjsf",
        "shifan",
        "sfdx",
    ] {
        assert_eq!(found(typed), ["北京师范大学"], "{typed}");
    }
    for (typed, school) in [
        ("chongqing", "重庆邮电大学"),
        ("cqyd", "重庆邮电大学"),
        ("changsha", "长沙理工大学"),
        ("xiamen", "厦门大学"),
        ("lvliang", "吕梁学院"),
        ("lüliang", "吕梁学院"),
        ("xi'an", "西安电子科技大学"),
    ] {
        assert_eq!(found(typed)[0], school, "{typed}");
    }
    assert_eq!(found("mba").len(), SCHOOLS.len(), "the task's own name counts, too");
    assert_eq!(found("99001").len(), SCHOOLS.len());
}

#[test]
fn the_middle_of_a_syllable_finds_nothing() {
    assert_eq!(found("ei"), [""; 0]);
    assert_eq!(found("ngd"), [""; 0]);
}

#[test]
fn whole_names_come_first_then_beginnings_then_the_rest() {
    assert_eq!(found("beijing"), ["北京大学", "北京师范大学"]);
    assert_eq!(found("北京大学"), ["北京大学"]);
    let mut rows = rows();
    rows.push(row("t-x", "某某北京学院", "2027", Category::Undergraduate));
    rows.push(row("t-y", "某某", "北京", Category::Undergraduate));
    let found = task_search(&rows, "北京", U, TODAY);
    let ids: Vec<&str> = found.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["t-0", "t-1", "t-x", "t-y"]);
}

#[test]
fn only_open_tasks_of_the_category_are_found() {
    let mut rows = rows();
    rows[0].category = Category::Postgraduate;
    rows[1].closes = date(2026, 11, 23);
    assert!(task_search(&rows, "北京", U, TODAY).is_empty());
    assert_eq!(task_search(&rows, "北京", None, TODAY).len(), 1);
    assert_eq!(task_search(&rows, "北京", None, date(2026, 8, 31)).len(), 0);
    assert_eq!(task_search(&rows, "", U, TODAY).len(), rows.len() - 2);
}

#[test]
fn one_typo_is_forgiven_and_what_is_right_comes_alone() {
    for typed in
        ["biejing", "beijng", "bejiing", "beiijing", "beikingshifan", "北就师范", "京北师范", "北师范"]
    {
        assert!(found(typed).contains(&"北京师范大学".to_owned()), "{typed}: {:?}", found(typed));
    }
    assert_eq!(found("shilidaxue"), ["示例大学"], "a right name brings no others");
    for typed in ["bxixing", "xyz", "zzzzzzzz", "日月星辰"] {
        assert_eq!(found(typed), [""; 0], "{typed}");
    }
}

/// A typed text with one typo in it.
fn with_typo(text: &str, at: usize, how: usize, c: char) -> String {
    let mut all: Vec<char> = text.chars().collect();
    let at = at % all.len();
    match how {
        0 => all[at] = c,
        1 => all.insert(at, c),
        2 => {
            all.remove(at);
        }
        _ if at > 0 => all.swap(at - 1, at),
        _ => all.swap(0, 1),
    }
    all.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn nothing_typed_panics_and_only_open_rows_come_back(typed in "\\PC{0,50}", category in prop::bool::ANY) {
        let rows = rows();
        let wanted = if category { Some(Category::Postgraduate) } else { U };
        for found in task_search(&rows, &typed, wanted, TODAY) {
            prop_assert!(found.is_open(wanted, TODAY));
        }
    }

    #[test]
    fn every_school_is_found_by_every_part_of_its_name_its_pinyin_and_its_initials(
        school in "[北京大学师范重庆长沙厦门理工科技吕梁]{2,12}", from in 0..12_usize, length in 1..12_usize, way in 0..8_usize,
    ) {
        let one = [row("t", &school, "x", Category::Undergraduate)];
        let characters: Vec<char> = school.chars().collect();
        let from = from % characters.len();
        let to = (from + length).min(characters.len());
        let part: String = characters[from..to].iter().collect();
        let ways = reading::readings(&school);
        let syllables = &ways[way % ways.len()][from..to];
        let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
        for typed in [part, syllables.concat(), syllables.concat().to_uppercase(), initials] {
            prop_assert_eq!(task_search(&one, &typed, U, TODAY).len(), 1, "{} in {}", typed, school);
        }
    }

    #[test]
    fn one_typo_anywhere_still_finds_the_school(
        school in 0..SCHOOLS.len(), at in 0..40_usize, how in 0..4_usize, c in "[a-z]", han in prop::bool::ANY,
    ) {
        let school = SCHOOLS[school];
        let (right, c) = if han {
            (school.to_owned(), '一')
        } else {
            (reading::readings(school)[0].concat(), c.chars().next().unwrap_or('x'))
        };
        let typed = with_typo(&right, at, how, c);
        let one = [row("t", school, "x", Category::Undergraduate)];
        prop_assert_eq!(task_search(&one, &typed, U, TODAY).len(), 1, "{} for {}", typed, right);
    }

    #[test]
    fn the_quick_way_to_forgive_agrees_with_the_slow_one(
        school in 0..SCHOOLS.len(), from in 0..6_usize, length in 4..14_usize,
        typos in prop::collection::vec((0..40_usize, 0..4_usize, "[adginsu]"), 0..4),
    ) {
        let syllables = reading::readings(SCHOOLS[school])[0].concat();
        let mut typed: String = syllables.chars().skip(from).take(length).collect();
        prop_assume!(typed.len() >= 4);
        for (at, how, c) in typos {
            typed = with_typo(&typed, at, how, c.chars().next().unwrap_or('x'));
        }
        prop_assume!(typed.len() >= 4);
        let one = [TaskRow { school_code: String::new(), ..row("t", SCHOOLS[school], "", Category::Undergraduate) }];
        let initials = |way: &Vec<String>| way.iter().filter_map(|s| s.chars().next()).collect::<String>();
        let slowly = reading::readings(SCHOOLS[school]).iter().any(|way| {
            let suffixes = (0..way.len()).map(|at| way[at..].concat());
            let near = |text: String| (0..=text.len()).any(|end| distance(&typed, &text[..end]) <= 1);
            suffixes.into_iter().any(near) || initials(way).contains(&typed)
        });
        prop_assert_eq!(!task_search(&one, &typed, U, TODAY).is_empty(), slowly, "{}", typed);
    }
}

/// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            d[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let other = usize::from(a[i - 1] != b[j - 1]);
                let least = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + other);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if swapped { least.min(d[i - 2][j - 2] + 1) } else { least }
            };
        }
    }
    d[a.len()][b.len()]
}
