//! `central task put`: what the registry writes into a file, and what it is told.

use super::world::{self, SCHOOL};
use crate::admin::{self, AdminError};
use collection::{Decoder, Task};
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
