//! Sheets are read back by an independent decoder, and every code on them belongs to a student of the roster.

use super::*;
use crate::config::{ConsolePort, KioskPort};
use crate::ledger::Student;
use collection::payload::{CodeFault, Failure, RosterLookup, resolve};
use collection::{EnrolmentId, RosterEntry, TokenHash, UniqueNumber};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

fn config(dir: &Path) -> Config {
    let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    Config {
        state: dir.join("state"),
        presets: dir.join("presets"),
        kiosks: KioskPort { listen, names: vec!["localhost".to_owned()] },
        console: ConsolePort { listen, tls: None, session: Duration::from_secs(60) },
    }
}

fn id() -> TaskId {
    TaskId::new("spring").unwrap()
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

fn task() -> Task {
    serde_json::from_value(serde_json::json!({
        "id": "spring", "version": 1, "school": "青屿大学", "school_code": "99001", "name": "2027 届本科毕业生",
        "category": "undergraduate", "notice": "n", "notice_version": 1, "purposes": ["学历注册"], "preset": "chsi",
        "background": "blue", "opens": today().saturating_sub(9.days()), "closes": today().saturating_add(9.days()),
        "time_zone": "Asia/Shanghai", "registry_phone": "8000", "settings": collection::Settings::default(),
        "comparing": collection::Comparing::default(), "payment": ["school-pays"], "ctid": false,
        "show_admission_photo": true, "decoders": [{"kind": "token"}], "matching_key": "07".repeat(32),
    }))
    .unwrap()
}

/// Ten students of two classes, one of them with a long name.
fn students() -> Vec<Student> {
    let student = |n: usize| Student {
        unique_number: UniqueNumber::new(format!("990012027{n:07}")).unwrap(),
        name: if n == 3 { "古丽娜尔·阿不都热合曼".to_owned() } else { "林知远".to_owned() },
        id_number: format!("99000020040101{n:03}X"),
        birth_month_day: "0101".to_owned(),
        student_number: format!("2023{n:06}"),
        class: if n < 8 { "生物 2301 班" } else { "历史 2301 班" }.to_owned(),
        programme: "生物科学".to_owned(),
        admission_photo: None,
    };
    (1..=10).map(student).collect()
}

/// A configuration whose ledger has the task and the students.
async fn school(dir: &Path) -> Config {
    let config = config(dir);
    let ledger = Ledger::open(&config).await.unwrap();
    ledger.put_task(task()).await.unwrap();
    ledger.put_students(vec![(task(), students())]).await.unwrap();
    ledger.close().await;
    config
}

async fn task_now(config: &Config) -> Task {
    let ledger = Ledger::open(config).await.unwrap();
    let task = find(&ledger, &id()).await.unwrap();
    ledger.close().await;
    task
}

fn order(dir: &Path) -> Order {
    Order { task: id(), class: None, until: None, out: dir.join("sheets"), font: None }
}

/// The codes that a reader finds on the cards of a sheet.
fn read(sheet: &Path) -> Vec<String> {
    let page = image::open(sheet).unwrap().into_luma8();
    let mut texts = Vec::new();
    for (left, top) in sheet::corners() {
        let card = image::imageops::crop_imm(&page, left, top, card::WIDTH, card::HEIGHT).to_image();
        let (width, height) = (card.width() as usize, card.height() as usize);
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| card.as_raw()[y * width + x]);
        texts.extend(prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1));
    }
    texts
}

/// A kiosk that knows the roster and nothing else.
struct Kiosk(Vec<RosterEntry>);

impl RosterLookup for Kiosk {
    type Error = Infallible;
    fn decode(&mut self, _: &str, _: &[u8]) -> Result<Vec<u8>, Failure> {
        Err(Failure::Failed)
    }
    fn student(&mut self, _: &TaskId, number: &UniqueNumber) -> Result<Option<RosterEntry>, Infallible> {
        Ok(self.0.iter().find(|e| e.unique_number == *number).cloned())
    }
    fn holders(&mut self, _: &TaskId, _: &TokenHash) -> Result<Vec<EnrolmentId>, Infallible> {
        Ok(Vec::new())
    }
    fn enrolled(&mut self, _: EnrolmentId) -> Result<Option<RosterEntry>, Infallible> {
        Ok(None)
    }
    fn has_submitted(&mut self, _: EnrolmentId) -> Result<bool, Infallible> {
        Ok(false)
    }
}

fn ask(text: &str, task: &Task, when: Timestamp) -> Result<UniqueNumber, CodeFault> {
    let entries = students().iter().map(|s| s.entry(task).unwrap()).collect();
    let Ok(answer) = resolve(text.as_bytes(), std::slice::from_ref(task), when, &mut Kiosk(entries));
    answer.map(|found| found.entry.unique_number)
}

#[tokio::test]
async fn every_code_on_the_sheets_is_read_and_belongs_to_one_student() {
    let dir = tempfile::tempdir().unwrap();
    let config = school(dir.path()).await;
    let issued = issue(&config, &order(dir.path())).await.unwrap();
    assert_eq!((issued.codes, issued.sheets.len()), (10, 2));
    let task = task_now(&config).await;
    assert_eq!(task.version, 2, "kiosks get the first key");
    let mut whom = BTreeSet::new();
    for sheet in &issued.sheets {
        let mode = std::fs::metadata(sheet).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only the owner can read a sheet");
        for text in read(sheet) {
            whom.insert(ask(&text, &task, Timestamp::now()).unwrap());
            let late = Timestamp::now().saturating_add(240.hours()).unwrap();
            assert_eq!(ask(&text, &task, late).unwrap_err().code(), sentences::codes::CODE_CLOSED);
        }
    }
    assert_eq!(whom, students().into_iter().map(|s| s.unique_number).collect());
}

#[tokio::test]
async fn one_class_gets_codes_that_end_on_the_given_day() {
    let dir = tempfile::tempdir().unwrap();
    let config = school(dir.path()).await;
    let until = today().saturating_add(2.days());
    let order = Order { class: Some("历史 2301 班".to_owned()), until: Some(until), ..order(dir.path()) };
    let issued = issue(&config, &order).await.unwrap();
    assert_eq!(issued.codes, 3);
    let (task, texts) = (task_now(&config).await, read(&issued.sheets[0]));
    let end = end_of(&task, until).unwrap();
    assert!(ask(&texts[0], &task, end.saturating_sub(1.second()).unwrap()).is_ok());
    assert_eq!(ask(&texts[0], &task, end), Err(CodeFault::Expired));

    let nobody = Order { class: Some("无".to_owned()), ..order.clone() };
    assert!(matches!(issue(&config, &nobody).await, Err(IssueError::Nobody)));
    let over = Order { until: Some(today().saturating_sub(3.days())), ..order.clone() };
    assert!(matches!(issue(&config, &over).await, Err(IssueError::Over(_))));
    let stranger = Order { task: TaskId::new("autumn").unwrap(), ..order.clone() };
    assert!(matches!(issue(&config, &stranger).await, Err(IssueError::NoTask(_))));
    let no_font = Order { font: Some(dir.path().join("none.ttf")), ..order };
    assert!(matches!(issue(&config, &no_font).await, Err(IssueError::Font(_))));
}

#[tokio::test]
async fn a_new_key_follows_the_old_one_and_both_are_valid_for_a_while() {
    let dir = tempfile::tempdir().unwrap();
    let config = school(dir.path()).await;
    let first = issue(&config, &order(dir.path())).await.unwrap();
    let old = read(&first.sheets[1]).remove(0);
    let again = issue(&config, &order(dir.path())).await.unwrap();
    assert_eq!(again.key_id, first.key_id, "one key until it is rotated");
    let retire = today().saturating_add(1.days());
    let key_id = rotate(&config, &id(), Some(retire)).await.unwrap();
    assert_ne!(key_id, first.key_id);
    let second = issue(&config, &order(dir.path())).await.unwrap();
    assert_eq!(second.key_id, key_id);
    let (task, new) = (task_now(&config).await, read(&second.sheets[1]).remove(0));
    let end = end_of(&task, retire).unwrap();
    assert!(ask(&old, &task, Timestamp::now()).is_ok() && ask(&new, &task, Timestamp::now()).is_ok());
    assert_eq!(ask(&old, &task, end), Err(CodeFault::Expired));
    assert!(ask(&new, &task, end).is_ok());
}
