//! Rows that are not of the expected form, as an older program or a failing disk may leave them: the error names table, row and
//! kind of fault, and never what stands in the row.

mod support;

use collection::{EntryId, UniqueNumber};
use protocol::{Change, StaffMember};
use rusqlite::Connection;
use std::error::Error;
use std::path::Path;
use store::{MatchBy, RowFault, Store, StoreError, StoreKey};
use support::{page, roster, student, task, task_id, visit};

const NAME: &str = "林知夏";

/// The database itself, past the store.
fn raw(dir: &Path) -> Connection {
    let db = Connection::open(dir.join("kiosk.db")).expect("the test's own part works");
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", hex::encode(support::KEY)))
        .expect("the test's own part works");
    db
}

/// A store with a task, a student, a member of staff and a visit.
fn furnished(dir: &Path) -> (Store, EntryId) {
    let store = support::enrolled(dir);
    let id = collection::StaffId::new("li").expect("the test's own part works");
    let changes = vec![
        Change::Task(Box::new(task(1))),
        Change::Preset { name: "chsi".into(), toml: "x".into() },
        Change::Roster(Box::new(roster(1, "林*夏", None))),
        Change::Staff(StaffMember { id, display_name: "李".into(), pin_phc: "$argon2id$".into() }),
    ];
    store.admit(&page("e", 4, changes)).expect("the test's own part works");
    let (_, handed_in) = visit(&store, 1, b"p", b"o");
    store.keep_wrong_pins(1, None).expect("the test's own part works");
    (store, handed_in.id)
}

/// Display and Debug of an error and of every error below it.
fn words(error: &dyn Error) -> String {
    let below = error.source().map(words).unwrap_or_default();
    format!("{error} {error:?} {below}")
}

/// Damages a row with the name in it and reads it; the error must name `object` and not the person.
fn told(damage: &str, read: impl Fn(&Store, EntryId) -> Option<StoreError>, object: &str) -> StoreError {
    let dir = tempfile::tempdir().expect("the test's own part works");
    let (store, entry) = furnished(dir.path());
    let changed = raw(dir.path()).execute(damage, []).expect("the test's own part works");
    assert!(changed > 0, "{damage} damages something");
    let error = read(&store, entry).unwrap_or_else(|| panic!("{damage} is noticed"));
    let said = words(&error);
    assert!(!said.contains(NAME), "{damage}: {said}");
    assert!(said.contains(object), "{damage}: {said} names {object}");
    error
}

/// The reading accessors of one object.
type Read = fn(&Store, EntryId) -> Option<StoreError>;

#[test]
fn a_name_in_a_damaged_row_reaches_no_error_and_table_and_row_do() {
    let rows: [(&str, Read, &str); 15] = [
        ("UPDATE roster SET body = '\"林知夏\"'", |s, _| s.roster(&task_id()).err(), "the roster, row 1"),
        (
            "UPDATE roster SET body = '{\"masked_name\": 5, \"林知夏\": 1}'",
            |s, _| s.roster_by_enrolment(student(1)).err(),
            "row 1",
        ),
        (
            "UPDATE roster SET body = '{\"enrolment\": \"林知夏\"}'",
            |s, _| s.roster_matching(&task_id(), MatchBy::NumberLast6("same")).err(),
            "the roster, row 1",
        ),
        (
            "UPDATE roster SET body = 'x林知夏'",
            |s, _| s.roster_by_unique(&task_id(), &UniqueNumber::new("99000001").unwrap()).err(),
            "the roster, row 1",
        ),
        ("UPDATE task SET body = '{\"id\": \"林知夏\"}'", |s, _| s.tasks().err(), "the tasks, row 1"),
        ("UPDATE task SET body = '\"林知夏\"'", |s, _| s.task(&task_id()).err(), "task demo-2027, row 1"),
        ("UPDATE staff SET body = '{\"id\": \"林知夏\"}'", |s, _| s.staff().err(), "the staff, row 1"),
        (
            "UPDATE task_version SET settings = '\"林知夏\"'",
            |s, _| s.enrolment(student(1)).err(),
            "the versions of task demo-2027, version 1",
        ),
        (
            "UPDATE entry SET bytes = CAST('{\"id\": \"林知夏\"}' AS BLOB)",
            |s, _| s.entries(student(1)).err(),
            "row 1 of table entry",
        ),
        ("UPDATE entry SET bytes = CAST('林知夏' AS BLOB)", |s, e| s.entry(e).err(), "entry "),
        (
            "UPDATE entry SET bytes = CAST('\"林知夏\"' AS BLOB)",
            |s, _| s.own_entries_since(0).err(),
            "row 2 of table entry",
        ),
        ("UPDATE projection SET photo = '林知夏'", |s, _| s.standings(&task_id()).err(), "task demo-2027"),
        ("UPDATE projection SET task = '林知夏'", |s, _| s.standing(student(1)).err(), "the projection of"),
        (
            "UPDATE meta SET value = '{\"device\": \"林知夏\"}' WHERE key = 'identity'",
            |s, _| s.identity().err(),
            "the identity",
        ),
        (
            "UPDATE meta SET value = '{\"wrong\": \"林知夏\"}' WHERE key = 'pin_tries'",
            |s, _| s.pin_tries().err(),
            "the wrong PINs",
        ),
    ];
    for (damage, read, object) in rows {
        let error = told(damage, read, object);
        assert!(matches!(error, StoreError::Row { .. }), "{damage}: {error:?}");
    }
}

#[test]
fn a_value_of_another_type_is_told_by_its_column() {
    let id = |s: &Store, _: EntryId| s.last_sequence().err();
    let error = told("UPDATE meta SET value = '林知夏' WHERE key = 'last_sequence'", id, "last_sequence");
    assert!(matches!(error, StoreError::Row { fault: RowFault::Column { index: 0 }, .. }), "{error:?}");
    let clock = |s: &Store, _: EntryId| s.now().err();
    told("UPDATE meta SET value = '\"林知夏\"' WHERE key = 'trusted_time'", clock, "the trusted time");
}

#[test]
fn a_store_with_a_damaged_row_opens_or_says_why_without_the_name() {
    let dir = tempfile::tempdir().unwrap();
    drop(furnished(dir.path()));
    let db = raw(dir.path());
    db.execute("UPDATE meta SET value = '林知夏' WHERE key = 'journal_seed'", []).unwrap();
    drop(db);
    let error = Store::open(dir.path(), StoreKey::from_bytes(support::KEY)).unwrap_err();
    let said = words(&error);
    assert!(said.contains("journal_seed") && !said.contains(NAME), "{said}");
}
