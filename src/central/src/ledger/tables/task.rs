//! Collection tasks in their current version.

use super::columns::CategoryColumn;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub version: i32,
    pub school_code: String,
    pub school: String,
    pub name: String,
    pub category: CategoryColumn,
    /// JSON of `collection::Task`.
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
