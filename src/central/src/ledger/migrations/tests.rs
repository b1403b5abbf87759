//! The frozen text stays as it was released, and makes the schema that the entities expect.

use super::*;
use crate::ledger::tables::{
    attempt, change, claim, counter, decision, device, enrol_code, entry, entry_picture, picture, reviewer,
    session, staff, student, submission, task, task_version,
};
use sea_orm::{Database, EntityTrait, Schema};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// SHA-256 of every released text, hex. A line is added with a version and never changed afterwards.
const RELEASED: [(&str, &str); 3] = [
    (META, "fa7d5469f3c8713953a4c8618c68926ed65e7a573a896b3f12ef7114cca7f13b"),
    (MIGRATIONS[0].schema, "c074b7e7cbdddbbe2806e064abefa629fe86e8404ead9f02682a1626d5c9c45a"),
    (MIGRATIONS[1].schema, "c8945ecda8d6a2d38783ebd23c5538af8b6cb92c6194ae4f2ca527fa1bf14aff"),
];

async fn database(dir: &Path, name: &str) -> DatabaseConnection {
    Database::connect(format!("sqlite://{}?mode=rwc", dir.join(name).display())).await.unwrap()
}

async fn rows(db: &DatabaseConnection, sql: &str) -> BTreeSet<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.into_iter().map(|row| row.try_get("", "line").unwrap()).collect()
}

/// Every column and index, one a line.
async fn schema(db: &DatabaseConnection) -> BTreeSet<String> {
    let columns = r#"
        SELECT m.name || '.' || c.name || ' ' || c.type || ' not null ' || c."notnull" || ' key ' || c.pk ||
            ' default ' || coalesce(c.dflt_value, '-') AS line
        FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"#;
    let indexes = r#"
        SELECT m.name || ' unique ' || l."unique" || ' (' ||
            (SELECT group_concat(i.name) FROM pragma_index_info(l.name) i) || ')' AS line
        FROM sqlite_master m, pragma_index_list(m.name) l
        WHERE m.type = 'table'"#;
    let mut all = rows(db, columns).await;
    all.extend(rows(db, indexes).await);
    all
}

async fn create<E: EntityTrait>(db: &DatabaseConnection, entity: E) {
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(entity)).await.unwrap();
    for index in schema.create_index_from_entity(entity) {
        db.execute(&index).await.unwrap();
    }
}

async fn create_all(db: &DatabaseConnection) {
    create(db, attempt::Entity).await;
    create(db, change::Entity).await;
    create(db, claim::Entity).await;
    create(db, counter::Entity).await;
    create(db, decision::Entity).await;
    create(db, device::Entity).await;
    create(db, enrol_code::Entity).await;
    create(db, entry::Entity).await;
    create(db, entry_picture::Entity).await;
    create(db, picture::Entity).await;
    create(db, reviewer::Entity).await;
    create(db, session::Entity).await;
    create(db, staff::Entity).await;
    create(db, student::Entity).await;
    create(db, submission::Entity).await;
    create(db, task::Entity).await;
    create(db, task_version::Entity).await;
}

#[test]
fn released_text_does_not_change() {
    for (text, released) in RELEASED {
        assert_eq!(hex::encode(Sha256::digest(text)), released, "edited after its release:\n{text}");
    }
    assert_eq!(RELEASED.len(), MIGRATIONS.len() + 1, "every text has its hash");
    assert!(MIGRATIONS.iter().map(|m| m.version).eq(1..=MIGRATIONS.len() as i64));
}

#[tokio::test]
async fn migrations_make_the_schema_that_the_entities_expect() {
    let dir = tempfile::tempdir().unwrap();
    let (migrated, expected) = (database(dir.path(), "a").await, database(dir.path(), "b").await);
    apply(&migrated).await.unwrap();
    create_all(&expected).await;
    expected.execute_unprepared(META).await.unwrap();
    let (found, expected) = (schema(&migrated).await, schema(&expected).await);
    assert_eq!(found, expected);
    assert!(found.len() > 100, "the comparison sees the columns: {found:?}");
}

#[tokio::test]
async fn a_database_is_migrated_once_and_a_newer_one_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let db = database(dir.path(), "a").await;
    let epoch = apply(&db).await.unwrap();
    assert_eq!(apply(&db).await.unwrap(), epoch, "the second start changes nothing");
    set_meta(&db, "version", "3".to_owned()).await.unwrap();
    assert!(matches!(apply(&db).await, Err(LedgerError::Newer { found: 3, known: 2 })));
}

#[tokio::test]
async fn version_2_takes_settings_and_claims_from_what_version_1_holds() {
    let dir = tempfile::tempdir().unwrap();
    let db = database(dir.path(), "a").await;
    db.execute_unprepared(META).await.unwrap();
    step(&db, &MIGRATIONS[0]).await.unwrap();
    let entry = serde_json::json!({
        "id": "0190163d-8694-739b-aea5-966c26f8ad91", "about": null, "enrolment": "0f".repeat(16), "task": "spring",
        "task_version": 3, "device": "kiosk-1", "sequence": 1, "clock": {"millis": 1, "counter": 0},
        "kind": "token_bound", "payload": {"token": "ab".repeat(32)},
    });
    let bytes = hex::encode(entry.to_string());
    db.execute_unprepared(&format!(
        r#"INSERT INTO "task" VALUES ('spring', 3, '99001', 's', 'n', 'undergraduate', '{{"settings":{{"replacements":2}}}}');
           INSERT INTO "entry" VALUES (1, 'id', 'kiosk-1', 1, 'e', 1, 1, x'{bytes}', x'00');"#
    ))
    .await
    .unwrap();
    apply(&db).await.unwrap();
    let versions = r#"SELECT "task" || "version" || "settings" AS line FROM "task_version""#;
    assert_eq!(rows(&db, versions).await, BTreeSet::from([r#"spring3{"replacements":2}"#.to_owned()]));
    let claims = r#"SELECT "thing" || ' ' || "enrolment" AS line FROM "claim""#;
    let claim = format!("token spring {} {}", "ab".repeat(32), "0f".repeat(16));
    assert_eq!(rows(&db, claims).await, BTreeSet::from([claim]));
}
