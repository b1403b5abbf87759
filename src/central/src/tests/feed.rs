//! The change feed: everything once, in pages, and only what belongs to the school.

use super::kiosk::Kiosk;
use super::world::{World, student, task};
use protocol::Change;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_long_roster_comes_in_pages_without_gaps_or_repeats() {
    let world = World::new().await;
    let kiosk = Kiosk::enrol(&world).await;
    let many = (1..=1100).map(student).collect();
    world.running.app().ledger.put_students(vec![(world.task.clone(), many)]).await.unwrap();
    let (mut seen, mut cursor, mut epoch, mut pages) = (BTreeSet::new(), 0, String::new(), 0);
    loop {
        let page = kiosk.changes(&epoch, cursor).await;
        assert!(page.changes.len() <= 500);
        assert!(page.cursor > cursor);
        for change in page.changes {
            if let Change::Roster(entry) = change {
                assert!(seen.insert(entry.unique_number), "twice");
            }
        }
        (cursor, epoch, pages) = (page.cursor, page.epoch, pages + 1);
        if !page.more {
            break;
        }
    }
    assert_eq!((seen.len(), pages), (1100, 3));
    let quiet = kiosk.changes(&epoch, cursor).await;
    assert_eq!((quiet.changes.len(), quiet.cursor, quiet.more), (0, cursor, false));
    assert!(!kiosk.changes("another epoch", cursor).await.changes.is_empty(), "another epoch starts over");
}

#[tokio::test]
async fn a_kiosk_gets_its_school_s_changes_and_the_presets() {
    let world = World::new().await;
    let ledger = &world.running.app().ledger;
    let other = task("elsewhere", "99002");
    ledger.put_task(other.clone()).await.unwrap();
    ledger.put_students(vec![(other, vec![student(9)])]).await.unwrap();
    let kiosk = Kiosk::enrol(&world).await;
    let page = kiosk.changes("", 0).await;
    let name = |change: &Change| {
        if let Change::Preset { name, .. } = change {
            name.clone()
        } else if let Change::Task(task) = change {
            task.id.as_str().to_owned()
        } else if let Change::Roster(entry) = change {
            entry.unique_number.as_str().to_owned()
        } else {
            "?".to_owned()
        }
    };
    let names: Vec<String> = page.changes.iter().map(name).collect();
    assert_eq!(names, ["chsi", "bk-2027", "9900120270000001", "9900120270000002"]);
}
