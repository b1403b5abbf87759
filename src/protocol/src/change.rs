//! From the server to the kiosk: a feed of changes with a cursor and an epoch. A restored server has a new epoch, and the kiosk
//! starts over.

use crate::{WireEntry, WireError};
use collection::{DeviceId, RosterEntry, StaffId, Task};
use serde::{Deserialize, Serialize};

/// Largest page that a kiosk reads, bytes. The server keeps pages far below it.
pub const MAX_PAGE_BYTES: usize = 8 << 20;

/// What a kiosk may know of a member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Login name.
    pub id: StaffId,
    /// The name with which the kiosk greets them.
    pub display_name: String,
    /// Argon2id PHC string of the PIN.
    pub pin_phc: String,
}

/// A change at the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A task is new or has a new version.
    Task(Box<Task>),
    /// The text (TOML) of a preset that tasks refer to.
    Preset {
        /// Its name.
        name: String,
        /// Its file.
        toml: String,
    },
    /// A student is on a roster.
    Roster(Box<RosterEntry>),
    /// A student is off a roster.
    RosterRemoved {
        /// The enrolment.
        enrolment: collection::EnrolmentId,
    },
    /// A member of staff may use kiosks.
    Staff(StaffMember),
    /// A member of staff may no longer use kiosks.
    StaffRemoved {
        /// Login name.
        id: StaffId,
    },
    /// The key by which entries of another kiosk are verified.
    Device {
        /// The other kiosk.
        device: DeviceId,
        /// Its Ed25519 public key, 32 bytes hex.
        journal_key: String,
    },
    /// An entry of the server (a decision) or of another kiosk.
    Entry(WireEntry),
    /// A kind of change that a later version understands.
    #[serde(other)]
    Unknown,
}

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangePage {
    /// The server's epoch; another one than before means: start over from cursor 0.
    pub epoch: String,
    /// Changes after the asked cursor, oldest first.
    pub changes: Vec<Change>,
    /// Cursor of the last change in this page.
    pub cursor: u64,
    /// Whether there are more.
    pub more: bool,
}

/// A change in a page that this version cannot read: a form of a later version. It is skipped and reported, so that
/// one such change does not block all later ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The kind that it names.
    pub kind: String,
    /// Why it was not read; never quotes a value.
    pub reason: String,
}

impl ChangePage {
    /// Reads a page of at most [`MAX_PAGE_BYTES`]; changes of an unknown form come back as [`Misread`] and stand in the page
    /// as [`Change::Unknown`].
    ///
    /// # Errors
    /// [`WireError`] when it is longer or not a page.
    pub fn parse(body: &[u8]) -> Result<(Self, Vec<Misread>), WireError> {
        #[derive(Deserialize)]
        struct Raw {
            epoch: String,
            changes: Vec<serde_json::Value>,
            cursor: u64,
            more: bool,
        }
        let raw: Raw = crate::read(body, MAX_PAGE_BYTES)?;
        let mut misread = Vec::new();
        let mut changes = Vec::with_capacity(raw.changes.len());
        for value in raw.changes {
            let kind = value.get("change").and_then(|v| v.as_str()).unwrap_or("?").chars().take(40).collect();
            match serde_json::from_value(value) {
                Ok(Change::Unknown) => {
                    misread.push(Misread { kind, reason: "unknown kind".to_owned() });
                    changes.push(Change::Unknown);
                }
                Ok(change) => changes.push(change),
                Err(e) => {
                    misread.push(Misread { kind, reason: crate::wire::reason(&e) });
                    changes.push(Change::Unknown);
                }
            }
        }
        Ok((ChangePage { epoch: raw.epoch, changes, cursor: raw.cursor, more: raw.more }, misread))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use collection::{EnrolmentId, Matching, PictureHash, TaskId, UniqueNumber};
    use proptest::prelude::*;

    fn task() -> Task {
        serde_json::from_value(serde_json::json!({
            "id": "demo-2027", "version": 3, "school": "示例大学", "school_code": "99999", "name": "2027 届",
            "category": "undergraduate", "notice": "n", "notice_version": 1, "purposes": ["学历注册"], "preset": "chsi",
            "background": "blue", "opens": "2026-09-01", "closes": "2027-06-30", "time_zone": "Asia/Shanghai",
            "registry_phone": "000", "settings": collection::Settings::default(),
            "comparing": collection::Comparing::default(), "payment": ["school-pays"], "ctid": false,
            "show_admission_photo": true, "decoders": [{"kind": "token"}], "matching_key": "00".repeat(32),
        }))
        .expect("a task")
    }

    fn roster(id: [u8; 16], name: String) -> RosterEntry {
        RosterEntry {
            enrolment: EnrolmentId::from_bytes(id),
            task: TaskId::new("demo-2027").expect("id"),
            unique_number: UniqueNumber::new("9900001").expect("number"),
            masked_name: name,
            masked_number: "9900**********1234".into(),
            class: "一班".into(),
            programme: "历史".into(),
            matching: Matching {
                number_last6: "a".into(),
                number: Some("n".into()),
                student_number: "b".into(),
                birth_month_day: "c".into(),
            },
            admission_photo: Some(PictureHash::of(&id)),
        }
    }

    #[test]
    fn every_kind_of_change_arrives_as_it_left() {
        let staff = StaffId::new("li").expect("id");
        let page = ChangePage {
            epoch: "e1".into(),
            changes: vec![
                Change::Task(Box::new(task())),
                Change::Preset { name: "chsi".into(), toml: "name = \"chsi\"\n".into() },
                Change::Roster(Box::new(roster([7; 16], "林*夏".into()))),
                Change::RosterRemoved { enrolment: EnrolmentId::from_bytes([1; 16]) },
                Change::Staff(StaffMember {
                    id: staff.clone(),
                    display_name: "李老师".into(),
                    pin_phc: "$argon2id$".into(),
                }),
                Change::StaffRemoved { id: staff },
                Change::Device { device: DeviceId::new("k-2").expect("id"), journal_key: "00".repeat(32) },
                Change::Entry(WireEntry { bytes: vec![1, 2], signature: vec![3; 64] }),
            ],
            cursor: 8,
            more: false,
        };
        let body = serde_json::to_vec(&page).expect("serialises");
        assert_eq!(ChangePage::parse(&body), Ok((page, vec![])));
    }

    #[test]
    fn a_change_of_a_later_version_does_not_hold_up_the_others() {
        let body = br#"{"epoch":"e","changes":[{"change":"lamp","x":1},{"change":"roster","enrolment":"zz"},
            {"change":"staff_removed","id":"li"}],"cursor":3,"more":true}"#;
        let (page, misread) = ChangePage::parse(body).expect("a page");
        assert_eq!(page.changes[..2], [Change::Unknown, Change::Unknown]);
        assert!(matches!(page.changes[2], Change::StaffRemoved { .. }));
        assert_eq!(misread.iter().map(|m| m.kind.as_str()).collect::<Vec<_>>(), ["lamp", "roster"]);
    }

    proptest! {
        #[test]
        fn a_roster_entry_arrives_as_it_left(id in any::<[u8; 16]>(), name in "\\PC{0,20}", cursor in any::<u64>()) {
            let page = ChangePage {
                epoch: "e".into(), changes: vec![Change::Roster(Box::new(roster(id, name)))], cursor, more: true,
            };
            let body = serde_json::to_vec(&page).expect("serialises");
            prop_assert_eq!(ChangePage::parse(&body), Ok((page, vec![])));
        }
    }
}
