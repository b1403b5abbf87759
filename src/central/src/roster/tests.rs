//! Right roster files are read in both encodings, every wrong row is reported, nothing panics.

use super::read::{Rosters, rosters};
use super::*;
use crate::tests::world;
use collection::{IdNumber, mask_name};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 1);
const HEADER: &str = "唯一号,姓名,证件号码,学号,班级,专业,采集任务\n";

fn tasks() -> BTreeMap<TaskId, Task> {
    let task = world::task("t-1", "99001");
    BTreeMap::from([(task.id.clone(), task)])
}

fn id_number(digits: &str) -> String {
    let all = "0123456789X".chars().map(|c| format!("{digits}{c}"));
    all.into_iter().find(|text| IdNumber::parse(text, TODAY).is_ok()).unwrap()
}

fn read(text: &[u8]) -> Result<Rosters, ImportError> {
    rosters(text, &tasks(), None, TODAY)
}

fn codes(text: &str) -> Vec<(u64, &'static str)> {
    match read(text.as_bytes()) {
        Err(ImportError::Rows(mistakes)) => {
            mistakes.iter().map(|m| (m.line, m.fault.code().as_str())).collect()
        }
        other => panic!("{:?}", other.map(|r| r.len())),
    }
}

#[test]
fn both_encodings_and_english_headers_are_read() {
    let id = id_number("99000020040229001");
    let chinese = format!("{HEADER}9900120270000001,欧阳若兮,{id},2023000001,一班,历史学,t-1\n");
    let (gb, _, _) = encoding_rs::GB18030.encode(&chinese);
    let with_mark = format!("\u{feff}{chinese}");
    for bytes in [chinese.as_bytes(), with_mark.as_bytes(), gb.as_ref()] {
        let found = read(bytes).unwrap();
        let student = &found[0].1[0];
        assert_eq!(mask_name(&student.name), "欧阳*兮");
        assert_eq!(student.birth_month_day, "0229");
    }
    let english = format!("task\tname\tid_number\tunique_number\tx\nt-1\tA B\t{id}\t9900120270000001\t?\n");
    assert_eq!(read(english.as_bytes()).unwrap()[0].1.len(), 1);
}

#[test]
fn a_passport_needs_a_date_of_birth() {
    let header = "唯一号,姓名,证件类型,证件号码,出生日期,采集任务\n";
    let good = format!("{header}99001,ANNA MÜLLER,护照,C01X00T47,2003/5/1,t-1\n");
    assert!(read(good.as_bytes()).is_err(), "2003/5/1 has no leading zeros and could be two days");
    let good = format!("{header}99001,ANNA MÜLLER,护照,C01X00T47,2003-05-01,t-1\n");
    assert_eq!(read(good.as_bytes()).unwrap()[0].1[0].birth_month_day, "0501");
    assert_eq!(codes(&format!("{header}99001,A,护照,C01X00T47,,t-1\n")), [(2, "server.roster.birth")]);
}

#[test]
fn every_kind_of_document_is_read_by_its_own_form_and_reported_by_line_column_and_reason() {
    let header = "唯一号,姓名,证件类型,证件号码,出生日期,采集任务\n";
    let good = format!(
        "{header}99001,A,护照,e12345678,2003-05-01,t-1\n99002,B,港澳居民来往内地通行证,H12345678,2003-05-01,t-1\n\
         99003,C,台胞证,12345678,2003-05-01,t-1\n"
    );
    let found = read(good.as_bytes()).unwrap();
    assert_eq!(
        found[0].1.iter().map(|s| s.id_number.as_str()).collect::<Vec<_>>(),
        ["E12345678", "H12345678", "12345678"]
    );
    let bad = format!(
        "{header}99001,A,护照,X,2003-05-01,t-1\n99002,B,港澳通行证,12345678,,t-1\n99003,C,台胞证,1,2003-05-01,t-1\n\
         99004,D,驾驶证,12345678,2003-05-01,t-1\n99005,E,身份证,1,,t-1\n"
    );
    let Err(ImportError::Rows(mistakes)) = read(bad.as_bytes()) else { panic!("wrong rows") };
    let reported: Vec<_> =
        mistakes.iter().map(|m| (m.line, m.column_title(), m.fault.code().as_str())).collect();
    assert_eq!(
        reported,
        [
            (2, "证件号码", "document.passport.form"),
            (3, "证件号码", "document.hk_macao_permit.form"),
            (3, "出生日期", "server.roster.birth"),
            (4, "证件号码", "document.taiwan_permit.form"),
            (5, "证件类型", "server.roster.document"),
            (6, "证件号码", "identity.length"),
        ]
    );
    assert!(mistakes[0].to_string().contains("第 2 行：“证件号码”："), "{}", mistakes[0]);
}

#[test]
fn every_bad_row_is_reported_with_its_line_and_nothing_is_read() {
    let id = id_number("99000020040229001");
    let mut wrong = id.clone().into_bytes();
    wrong[16] = if wrong[16] == b'9' { b'8' } else { wrong[16] + 1 };
    let wrong = String::from_utf8(wrong).unwrap();
    let text = format!(
        "{HEADER}\
         9900120270000001,林知远,{id},1,,,t-1\n\
         9900120270000002,林知近,{wrong},1,,,t-1\n\
         9.9E+15,林,1.1E+17,1,,,t-1\n\
         9900120270000004,,{id},1,,,nowhere\n\
         ,,,,,,\n\
         9900120270000001,林知远,{id},1,,,t-1\n\
         9900120270000007,short,{id}\n\
         号码,林,{id},1,,,t-1\n"
    );
    assert_eq!(
        codes(&text),
        [
            (3, "identity.checksum"),
            (4, "server.roster.rounded"),
            (4, "server.roster.rounded"),
            (5, "server.roster.task"),
            (5, "server.roster.missing"),
            (7, "server.roster.twice"),
            (8, "server.roster.columns"),
            (9, "server.roster.unique_number"),
        ]
    );
}

#[test]
fn a_header_without_its_columns_is_reported_by_their_names() {
    let Err(error) = read("姓名,姓名\n".as_bytes()) else { panic!("no numbers") };
    let text = error.to_string();
    assert!(text.contains("唯一号") && text.contains("证件号码") && text.contains("两次"), "{text}");
}

#[test]
fn a_long_list_of_mistakes_is_cut() {
    let rows = "号码,林,1,1,,,t-1\n".repeat(150);
    let Err(error) = read(format!("{HEADER}{rows}").as_bytes()) else { panic!("300 mistakes") };
    let text = error.to_string();
    assert_eq!(text.lines().count(), 1 + 200 + 1);
    assert!(text.ends_with("… 还有 100 处"), "{text}");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_rows_panic(rows in "[\\PC,\n]{0,300}") {
        let _ = read(format!("{HEADER}{rows}").as_bytes());
    }
}
