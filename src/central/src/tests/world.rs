//! A server in this process with one school, and what is needed to add more.

use crate::app::now_millis;
use crate::config::{Config, ConsolePort, KioskPort};
use crate::console::password;
use crate::ledger::{IssuedCode, Reviewer, Student};
use crate::{Running, enrolment_codes, serve};
use collection::{Category, Comparing, PaymentMode, Settings, Task, TaskId, UniqueNumber};
use jiff::civil::date;
use sha2::{Digest, Sha256};
use standard::BackgroundName;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

pub(crate) const SCHOOL: &str = "99001";
pub(crate) const PASSWORD: &str = "kastanie-91-blau";

pub(crate) struct World {
    pub running: Running,
    pub task: Task,
    dir: TempDir,
}

impl World {
    /// One school, one task, two students, two reviewers.
    pub async fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let presets = dir.path().join("presets");
        std::fs::create_dir(&presets).unwrap();
        std::fs::write(presets.join("chsi.toml"), include_str!("../../../../kiosk-config/presets/chsi.toml"))
            .unwrap();
        let running = serve(config(dir.path())).await.unwrap();
        let task = task("bk-2027", SCHOOL);
        let ledger = &running.app().ledger;
        ledger.put_task(task.clone()).await.unwrap();
        ledger.put_students(vec![(task.clone(), vec![student(1), student(2)])]).await.unwrap();
        for (login, name) in [("shen", "沈老师"), ("lu", "陆老师")] {
            let password_phc = password::hash(PASSWORD).unwrap();
            let new = Reviewer { login: login.into(), display_name: name.into(), password_phc };
            ledger.put_reviewer(new).await.unwrap();
        }
        World { running, task, dir }
    }

    /// The server's state folder.
    pub fn state(&self) -> PathBuf {
        config(self.dir.path()).state
    }

    /// A fresh one-time code for a kiosk of this school.
    pub async fn code(&self, school: &str) -> String {
        let (code, now) = (enrolment_codes::draw(), now_millis());
        let issued = IssuedCode {
            hash: enrolment_codes::hash(&code),
            device_name: "一号机".into(),
            school_code: school.into(),
            issued_by: "test".into(),
            issued_millis: now,
            expires_millis: now + 60_000,
        };
        self.running.app().ledger.issue_code(issued).await.unwrap();
        code
    }
}

/// The configuration of a server in `dir`, on free ports.
pub(crate) fn config(dir: &Path) -> Config {
    let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Config {
        state: dir.join("state"),
        presets: dir.join("presets"),
        kiosks: KioskPort { listen: free, names: vec!["127.0.0.1".into()] },
        console: ConsolePort { listen: free, tls: None, session: Duration::from_secs(3600) },
    }
}

/// A task with a matching key of its own.
pub(crate) fn task(id: &str, school_code: &str) -> Task {
    Task {
        id: TaskId::new(id).unwrap(),
        version: 1,
        school: "青屿大学".into(),
        school_code: school_code.into(),
        name: "2027 届本科毕业生".into(),
        category: Category::Undergraduate,
        notice: "请核对".into(),
        notice_version: 1,
        purposes: vec!["毕业证书".into()],
        preset: "chsi".into(),
        background: BackgroundName::literal("blue"),
        opens: date(2026, 9, 1),
        closes: date(2099, 6, 30),
        time_zone: "Asia/Shanghai".into(),
        registry_phone: "8000".into(),
        settings: Settings::default(),
        comparing: Comparing::default(),
        payment: vec![PaymentMode::SchoolPays],
        ctid: false,
        show_admission_photo: true,
        decoders: Vec::new(),
        matching_key: hex::encode(Sha256::digest(id)),
    }
}

pub(crate) fn student(n: u32) -> Student {
    Student {
        unique_number: UniqueNumber::new(format!("990012027{n:07}")).unwrap(),
        name: "林知远".into(),
        id_number: "990000200412210078".into(),
        birth_month_day: "1221".into(),
        student_number: format!("2023{n:06}"),
        class: "生物 2301 班".into(),
        programme: "生物科学".into(),
        admission_photo: None,
    }
}
