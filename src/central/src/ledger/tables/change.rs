//! The feed to the kiosks. A newer change about the same thing replaces the older one, so the feed does not grow with edits.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cursor: i64,
    /// What it is about (`task:…`, `roster:…`).
    #[sea_orm(unique)]
    pub subject: String,
    /// Only kiosks of this school see it; absent: all.
    pub school_code: Option<String>,
    /// JSON of `protocol::Change`.
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
