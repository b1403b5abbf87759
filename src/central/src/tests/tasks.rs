//! `central task put`: what the registry writes into a file, and what it is told.

use super::kiosk::Kiosk;
use super::world::{self, SCHOOL, World};
use crate::admin::{self, AdminError};
use crate::ledger::{Ledger, PutTaskError};
use collection::{Decoder, EnrolmentId, Kind, RecordHash, Task, TaskId};
use standard::BackgroundName;

#[tokio::test]
async fn a_task_that_no_kiosk_could_fulfil_is_refused_with_every_reason() {
    let dir = tempfile::tempdir().unwrap();
    let config = world::config(dir.path());
    std::fs::create_dir(&config.presets).unwrap();
    let chsi = include_str!("../../../../kiosk-config/presets/chsi.toml");
    std::fs::write(config.presets.join("chsi.toml"), chsi).unwrap();
    let put = async |change: fn(&mut Task)| {
        let mut task = world::task("bk-2027", SCHOOL);
        task.decoders = vec![Decoder::Token];
        change(&mut task);
        let file = dir.path().join("task.toml");
        std::fs::write(&file, toml::to_string(&task).unwrap()).unwrap();
        match admin::put_task(&config, &file).await {
            Ok(()) => Vec::new(),
            Err(AdminError::Faults { faults, .. }) => faults.iter().map(|f| f.field).collect(),
            Err(other) => panic!("{other}"),
        }
    };
    let red = |t: &mut Task| {
        t.background = BackgroundName::literal("red");
        t.notice.clear();
    };
    assert_eq!(put(red).await, ["notice", "background"]);
    assert_eq!(put(|t| "chsi-2099".clone_into(&mut t.preset)).await, ["preset"]);
    assert_eq!(put(|_| {}).await, Vec::<&str>::new());
}

/// The fields for which a task is refused.
async fn refused(ledger: &Ledger, task: Task) -> Vec<&'static str> {
    match ledger.put_task(task).await {
        Ok(()) => Vec::new(),
        Err(PutTaskError::Conflicts { conflicts, .. }) => conflicts.iter().map(|c| c.fault().field).collect(),
        Err(PutTaskError::Ledger(other)) => panic!("{other}"),
    }
}

#[tokio::test]
async fn no_two_tasks_have_one_matching_key() {
    let world = World::new().await;
    let ledger = &world.running.app().ledger;
    let mut twin = world::task("yjs-2027", "99002");
    twin.matching_key = world.task.matching_key.to_uppercase();
    assert_eq!(refused(ledger, twin.clone()).await, ["matching_key"], "in capitals it is the same key");
    assert!(ledger.task(&twin.id).await.unwrap().is_none());
    let same_again = Task { version: 2, ..world.task.clone() };
    assert_eq!(refused(ledger, same_again).await, Vec::<&str>::new(), "a task shares its key with nobody");
}

#[tokio::test]
async fn key_and_school_of_a_task_change_only_before_it_is_used() {
    let world = World::new().await;
    let ledger = &world.running.app().ledger;
    let changed = |task: &Task, version| Task {
        version,
        matching_key: "ab".repeat(32),
        school_code: "99003".into(),
        ..task.clone()
    };
    let fields = refused(ledger, changed(&world.task, 2)).await;
    assert_eq!(fields, ["matching_key", "school_code"], "it has a roster");
    assert_eq!(ledger.task(&world.task.id).await.unwrap().unwrap().version, 1, "nothing was changed");

    // A task without a roster that a kiosk already wrote about: a student who was typed in.
    let other = world::task("cj-2027", SCHOOL);
    ledger.put_task(other.clone()).await.unwrap();
    assert_eq!(refused(ledger, changed(&other, 2)).await, Vec::<&str>::new(), "nobody used it");
    assert_eq!(refused(ledger, Task { version: 3, ..other.clone() }).await, Vec::<&str>::new());
    let mut kiosk = Kiosk::enrol(&world).await;
    let record = RecordHash::of(b"a record");
    let typed_in = kiosk.entry(&other, EnrolmentId::from_bytes([5; 16]), None, Kind::ManualEntry { record });
    kiosk.send(vec![kiosk.sign(&typed_in)]).await;
    assert_eq!(refused(ledger, changed(&other, 4)).await, ["matching_key", "school_code"]);
    let again = Task { version: 4, name: "2027 届".into(), ..other };
    assert_eq!(refused(ledger, again).await, Vec::<&str>::new(), "everything else may change");
}

#[tokio::test]
async fn task_put_says_in_words_which_task_has_the_key() {
    let dir = tempfile::tempdir().unwrap();
    let config = world::config(dir.path());
    std::fs::create_dir(&config.presets).unwrap();
    let chsi = include_str!("../../../../kiosk-config/presets/chsi.toml");
    std::fs::write(config.presets.join("chsi.toml"), chsi).unwrap();
    let file = dir.path().join("task.toml");
    let put = async |task: &Task| {
        std::fs::write(&file, toml::to_string(task).unwrap()).unwrap();
        admin::put_task(&config, &file).await
    };
    let first = Task { decoders: vec![Decoder::Token], ..world::task("bk-2027", SCHOOL) };
    put(&first).await.unwrap();
    let second = Task { id: TaskId::new("bk-2028").unwrap(), notice: String::new(), ..first };
    let error = put(&second).await.unwrap_err().to_string();
    assert!(error.contains("matching_key：采集任务 bk-2027 已经用了这个匹配密钥"), "{error}");
    assert!(error.contains("notice："), "with every other mistake: {error}");
}
