//! What a task's entries are judged by: its settings in each of its versions, and the school's staff and kiosks.

use super::error::LedgerError;
use super::tables::{device, staff, task, task_version};
use collection::{DeviceId, Settings, StaffId, Task, TaskId, Versions};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QuerySelect,
};

fn unreadable(error: &serde_json::Error) -> LedgerError {
    LedgerError::row("task_version", &error)
}

/// Stores the settings of this version of the task.
pub(super) async fn store(tx: &DatabaseTransaction, task: &Task) -> Result<(), LedgerError> {
    let row = task_version::ActiveModel {
        task: Set(task.id.as_str().to_owned()),
        version: Set(i32::try_from(task.version).unwrap_or(i32::MAX)),
        settings: Set(serde_json::to_string(&task.settings).map_err(|e| unreadable(&e))?),
    };
    let update = OnConflict::columns([task_version::Column::Task, task_version::Column::Version])
        .update_column(task_version::Column::Settings)
        .to_owned();
    task_version::Entity::insert(row).on_conflict(update).exec(tx).await?;
    Ok(())
}

/// The settings of every version of a task, and the members of staff and the kiosks of its school. Of a task that is not here no
/// kiosk is the school's, so nothing that kiosks wrote about it counts.
pub(super) async fn of_task<C: ConnectionTrait>(db: &C, id: &TaskId) -> Result<Versions, LedgerError> {
    let rows =
        task_version::Entity::find().filter(task_version::Column::Task.eq(id.as_str())).all(db).await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        let settings: Settings = serde_json::from_str(&row.settings).map_err(|e| unreadable(&e))?;
        versions.push((u32::try_from(row.version).unwrap_or(0), settings));
    }
    let school = task::Entity::find_by_id(id.as_str().to_owned()).one(db).await?.map(|row| row.school_code);
    let Some(school) = school else {
        return Ok(Versions::new(versions).with_staff([]).with_devices([]).at_task(id.clone()));
    };
    let staff = staff::Entity::find().filter(staff::Column::SchoolCode.eq(school.as_str())).all(db).await?;
    let staff = staff.into_iter().filter_map(|row| StaffId::new(row.id).ok());
    let devices = device::Entity::find()
        .select_only()
        .column(device::Column::Id)
        .filter(device::Column::SchoolCode.eq(school))
        .into_tuple::<String>()
        .all(db)
        .await?;
    let devices = devices.into_iter().filter_map(|id| DeviceId::new(id).ok());
    Ok(Versions::new(versions).with_staff(staff).with_devices(devices).at_task(id.clone()))
}
