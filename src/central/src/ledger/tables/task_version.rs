//! The settings of every version that a task ever had: decisions are judged by the version that they carry.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub task: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// JSON of `collection::Settings`.
    #[sea_orm(column_type = "Text")]
    pub settings: String,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
