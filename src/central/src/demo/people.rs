//! Thirty invented students. Identity numbers have a valid check character and a region code that is not assigned.

use crate::ledger::Student;
use collection::{IdError, IdNumber, UniqueNumber};
use jiff::civil::Date;

/// Which of the demo's tasks a student belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Undergraduate,
    Postgraduate,
    Adult,
}

/// Name, task, class, programme, date of birth.
type Line = (&'static str, At, &'static str, &'static str, (i16, i8, i8));

const BIOLOGY: &str = "生物科学";
const HISTORY: &str = "历史学";
const MATERIALS: &str = "材料工程";
const NURSING: &str = "护理学";

/// The first two have faces; long, compound, two-character and dotted names are among the others.
const PEOPLE: [Line; 30] = [
    ("林知远", At::Undergraduate, "生物 2301 班", BIOLOGY, (2004, 12, 21)),
    ("苏婉清", At::Postgraduate, "历史硕 2401 班", HISTORY, (2000, 7, 26)),
    ("阿依努尔·买买提江", At::Undergraduate, "生物 2301 班", BIOLOGY, (2004, 3, 8)),
    ("欧阳若兮", At::Undergraduate, "生物 2301 班", BIOLOGY, (2005, 1, 17)),
    ("王磊", At::Undergraduate, "生物 2301 班", BIOLOGY, (2004, 10, 2)),
    ("李想", At::Undergraduate, "生物 2301 班", BIOLOGY, (2004, 2, 29)),
    ("司马承安", At::Undergraduate, "生物 2302 班", BIOLOGY, (2004, 5, 30)),
    ("陈一诺", At::Undergraduate, "生物 2302 班", BIOLOGY, (2004, 8, 11)),
    ("周小满", At::Undergraduate, "生物 2302 班", BIOLOGY, (2004, 5, 20)),
    ("扎西顿珠", At::Undergraduate, "生物 2302 班", BIOLOGY, (2003, 11, 6)),
    ("何雨桐", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 4, 15)),
    ("许嘉木", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 9, 9)),
    ("吴桐", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 6, 1)),
    ("郑清和", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 12, 5)),
    ("古丽娜尔·阿不都热合曼", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 1, 23)),
    ("冯予安", At::Undergraduate, "历史 2301 班", HISTORY, (2005, 2, 14)),
    ("褚星河", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 7, 7)),
    ("蒋南乔", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 11, 28)),
    ("沈秋白", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 10, 19)),
    ("韩若谷", At::Undergraduate, "历史 2301 班", HISTORY, (2004, 3, 31)),
    ("杨慕青", At::Postgraduate, "材料硕 2401 班", MATERIALS, (2001, 5, 4)),
    ("朱怀瑾", At::Postgraduate, "材料硕 2401 班", MATERIALS, (2000, 12, 30)),
    ("诸葛明远", At::Postgraduate, "材料硕 2401 班", MATERIALS, (2001, 9, 3)),
    ("秦月", At::Postgraduate, "历史硕 2401 班", HISTORY, (2001, 2, 18)),
    ("尤思齐", At::Postgraduate, "历史硕 2401 班", HISTORY, (2000, 10, 10)),
    ("孔令仪", At::Adult, "护理函授 2024", NURSING, (1992, 6, 12)),
    ("曹向晚", At::Adult, "护理函授 2024", NURSING, (1988, 4, 27)),
    ("严冬梅", At::Adult, "护理函授 2024", NURSING, (1990, 1, 8)),
    ("巴图", At::Adult, "护理函授 2024", NURSING, (1985, 8, 19)),
    ("华安宁", At::Adult, "护理函授 2024", NURSING, (1994, 3, 25)),
];

/// A demo student and the task it belongs to.
#[derive(Clone)]
pub(super) struct Person {
    pub at: At,
    pub student: Student,
}

/// All of them; the first is number 1 in the demo's notes.
pub(super) fn people(today: Date) -> Result<Vec<Person>, IdError> {
    let all = PEOPLE.iter().enumerate().map(|(index, (name, at, class, programme, (year, month, day)))| {
        let n = index + 1;
        let id_number = id_number(&format!("990000{year:04}{month:02}{day:02}{:03}", n * 7), today);
        let student = Student {
            unique_number: UniqueNumber::new(format!("990012027{n:07}"))?,
            name: (*name).to_owned(),
            birth_month_day: format!("{month:02}{day:02}"),
            id_number,
            student_number: format!("2023{n:06}"),
            class: (*class).to_owned(),
            programme: (*programme).to_owned(),
            admission_photo: None,
        };
        Ok(Person { at: *at, student })
    });
    all.collect()
}

/// Seventeen digits and their check character, found by trying all of them.
fn id_number(digits: &str, today: Date) -> String {
    let all = "0123456789X".chars().map(|check| format!("{digits}{check}"));
    let mut good = all.filter(|text| IdNumber::parse(text, today).is_ok());
    good.next().unwrap_or_else(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_is_invented_whole_and_different() {
        let today = date(2026, 11, 1);
        let all = people(today).unwrap();
        assert_eq!(all.len(), 30);
        let numbers: BTreeSet<_> = all.iter().map(|p| p.student.unique_number.clone()).collect();
        assert_eq!(numbers.len(), 30);
        for person in &all {
            let number = IdNumber::parse(&person.student.id_number, today).unwrap();
            assert!(number.as_str().starts_with("990000"));
            assert_eq!(number.birth_month_day(), person.student.birth_month_day);
        }
    }
}
