//! Tasks and presets: what the registry decides and the kiosks are told.

use super::database::Ledger;
use super::error::LedgerError;
use super::feed::{self, Announcement};
use super::tables::task;
use super::task_versions;
use collection::{Task, TaskId};
use protocol::Change;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, QueryOrder};

impl Ledger {
    /// Adds a task or its next version, and announces it to the school's kiosks.
    pub async fn put_task(&self, task: Task) -> Result<(), LedgerError> {
        self.write(move |tx| Box::pin(async move { put_task(tx, task).await })).await
    }

    /// Announces the text of a preset to all kiosks, if it differs from the announced one.
    pub async fn put_preset(&self, name: String, toml: String) -> Result<(), LedgerError> {
        self.write(move |tx| {
            Box::pin(async move {
                let announcement = Announcement {
                    subject: format!("preset:{name}"),
                    school_code: None,
                    change: Change::Preset { name, toml },
                };
                if feed::is_known(tx, &announcement).await? {
                    return Ok(());
                }
                feed::announce(tx, vec![announcement]).await
            })
        })
        .await
    }

    /// Every task, by school and name.
    pub async fn tasks(&self) -> Result<Vec<Task>, LedgerError> {
        let rows = task::Entity::find()
            .order_by_asc(task::Column::SchoolCode)
            .order_by_asc(task::Column::Name)
            .all(&self.db)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The task of that id.
    pub async fn task(&self, id: &TaskId) -> Result<Option<Task>, LedgerError> {
        let row = task::Entity::find_by_id(id.as_str().to_owned()).one(&self.db).await?;
        row.as_ref().map(read).transpose()
    }
}

async fn put_task(tx: &DatabaseTransaction, task: Task) -> Result<(), LedgerError> {
    let row = task::ActiveModel {
        id: Set(task.id.as_str().to_owned()),
        version: Set(i32::try_from(task.version).unwrap_or(i32::MAX)),
        school_code: Set(task.school_code.clone()),
        school: Set(task.school.clone()),
        name: Set(task.name.clone()),
        category: Set(task.category.into()),
        body: Set(serde_json::to_string(&task).map_err(|e| LedgerError::row("task", &e))?),
    };
    let update = OnConflict::column(task::Column::Id)
        .update_columns([
            task::Column::Version,
            task::Column::SchoolCode,
            task::Column::School,
            task::Column::Name,
            task::Column::Category,
            task::Column::Body,
        ])
        .to_owned();
    task::Entity::insert(row).on_conflict(update).exec(tx).await?;
    task_versions::store(tx, &task).await?;
    let announcement = Announcement {
        subject: format!("task:{}", task.id),
        school_code: Some(task.school_code.clone()),
        change: Change::Task(Box::new(task)),
    };
    feed::announce(tx, vec![announcement]).await
}

fn read(row: &task::Model) -> Result<Task, LedgerError> {
    serde_json::from_str(&row.body).map_err(|e| LedgerError::row("task", &format!("{}: {e}", row.id)))
}
