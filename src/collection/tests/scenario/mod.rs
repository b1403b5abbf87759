//! Plays the scenarios of `scenarios.txt`: a small world of kiosks, a server and two students, in the file's own words.

mod claims;
mod steps;

use collection::{
    DeviceId, Enrolment, EnrolmentId, Entry, EntryId, Hlc, Kind, Settings, Task, Versions, fold,
};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// The day on which everything happens unless a scenario says another one, a Tuesday.
pub const DAY: Date = date(2026, 3, 10);
/// 2026-03-10 08:00 in China.
const MORNING: u64 = 1_773_100_800_000;
/// 2038-01-19, where 32-bit clocks end.
const FAR: u64 = 2_147_483_647_000;

/// One scenario: what happens, and what must then be so.
pub struct Scenario {
    /// Its name, the index of rules refers to it.
    pub name: String,
    pub steps: Vec<String>,
    pub claims: Vec<String>,
}

/// Reads the file: `## name`, lines of steps, and after `=>` what must hold. Lines with `#` are remarks.
pub fn read(text: &str) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut claiming = false;
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if let Some(name) = line.strip_prefix("## ") {
            scenarios.push(Scenario { name: name.to_owned(), steps: Vec::new(), claims: Vec::new() });
            claiming = false;
            continue;
        }
        let Some(scenario) = scenarios.last_mut() else { continue };
        let line = match line.strip_prefix("=>") {
            Some(rest) => {
                claiming = true;
                rest
            }
            None if line.starts_with('#') => continue,
            None => line,
        };
        let parts = line.split(';').map(|p| p.trim().to_owned()).filter(|p| !p.is_empty());
        if claiming { scenario.claims.extend(parts) } else { scenario.steps.extend(parts) }
    }
    scenarios
}

/// The world of one scenario.
#[derive(Clone)]
pub struct World {
    pub journal: Vec<Entry>,
    pub labels: BTreeMap<String, EntryId>,
    pub task: Task,
    pub versions: Vec<(u32, Settings)>,
    /// What each device's wall clock is off by or shows.
    clocks: BTreeMap<String, u64>,
    /// Whose journal the next words are about.
    pub student: EnrolmentId,
}

pub const STUDENT: EnrolmentId = EnrolmentId::from_bytes([1; 16]);
pub const OTHER: EnrolmentId = EnrolmentId::from_bytes([2; 16]);

impl World {
    pub fn new() -> Self {
        let task: Task = serde_json::from_value(serde_json::json!({
            "id": "spring-2026", "version": 1, "school": "示范大学", "school_code": "99001", "name": "2026 届",
            "category": "undergraduate", "notice": "n", "notice_version": 1, "purposes": ["学历注册"],
            "preset": "chsi", "background": "blue", "opens": "2026-03-01", "closes": "2026-03-31",
            "time_zone": "Asia/Shanghai", "registry_phone": "8000",
            "settings": {"prints": true, "manual_entry": true},
            "comparing": collection::Comparing::default(), "payment": ["wechat-native", "voucher", "pay-later"],
            "ctid": false, "show_admission_photo": true, "decoders": [{"kind": "token"}],
            "matching_key": "11".repeat(32),
        }))
        .unwrap();
        let versions = vec![(1, task.settings.clone())];
        World {
            journal: Vec::new(),
            labels: BTreeMap::new(),
            task,
            versions,
            clocks: BTreeMap::new(),
            student: STUDENT,
        }
    }

    /// Does one step.
    pub fn step(&mut self, text: &str) {
        self.student = STUDENT;
        let text = match text.strip_prefix("other ") {
            Some(rest) => {
                self.student = OTHER;
                rest
            }
            None => text,
        };
        let done = steps::play(self, text);
        assert!(done, "no such step: {text}");
    }

    /// Writes an entry and gives its id.
    pub fn write(&mut self, device: &str, about: Option<EntryId>, kind: Kind) -> EntryId {
        let number = self.journal.len() as u64 + 1;
        let id = EntryId(uuid::Uuid::from_u128(u128::from(number)));
        let truth = MORNING + number * 60_000;
        let millis = match self.clocks.get(device) {
            Some(off) if *off >= FAR => *off + number,
            Some(off) => truth - off,
            None => truth,
        };
        let sequence = 1 + self.journal.iter().filter(|e| e.device.as_str() == device).count() as u64;
        self.journal.push(Entry {
            id,
            about,
            enrolment: self.student,
            task: self.task.id.clone(),
            task_version: self.task.version,
            device: DeviceId::new(device).unwrap(),
            sequence,
            clock: Hlc { millis, counter: 0 },
            doubtful: false,
            kind,
        });
        id
    }

    /// The newest entry of the student that is such a one.
    pub fn newest(&self, is: impl Fn(&Entry) -> bool) -> Option<EntryId> {
        self.journal.iter().rev().find(|e| e.enrolment == self.student && is(e)).map(|e| e.id)
    }

    pub fn label(&self, name: &str) -> EntryId {
        *self.labels.get(name).unwrap_or_else(|| panic!("nothing is called {name}"))
    }

    /// The state, which must be the same in whatever order the entries came.
    pub fn state(&self, student: EnrolmentId) -> Enrolment {
        let versions = Versions::new(self.versions.clone());
        let state = fold(student, &self.journal, &versions);
        let backwards = fold(student, self.journal.iter().rev(), &versions);
        assert_eq!(state, backwards, "the order of arrival matters");
        let half = self.journal.len() / 2;
        let twice = self.journal[half..].iter().chain(&self.journal);
        assert_eq!(state, fold(student, twice, &versions), "repetition matters");
        state
    }

    /// Whether it is so; `Err` says what is instead.
    pub fn claim(&self, text: &str) -> Result<(), String> {
        let (student, text) = match text.strip_prefix("other ") {
            Some(rest) => (OTHER, rest),
            None => (STUDENT, text),
        };
        claims::check(self, &self.state(student), text)
    }
}
