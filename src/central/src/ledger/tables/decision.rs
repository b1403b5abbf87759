//! Who decided on a submission. The primary key makes a second decision impossible.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// Id of the `Submitted` entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission: String,
    /// Id of the `Reviewed` entry.
    pub reviewed: String,
    pub login: String,
    pub display_name: String,
    pub reason: Option<String>,
    pub decided_millis: i64,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
