//! What reviewers work on: a projection of the journal, one row for every `Submitted` of a student on a roster.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub struct Model {
    /// Id of the `Submitted` entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry: String,
    #[sea_orm(indexed)]
    pub enrolment: String,
    pub task: String,
    pub task_version: i32,
    pub school_code: String,
    pub category: String,
    pub device: String,
    pub portrait: String,
    pub original: String,
    pub comparison: String,
    pub score_tenths: Option<i32>,
    pub submitted_millis: i64,
    /// Whether both pictures are here.
    pub whole: bool,
    /// Whether a reviewer opened it; from then on it cannot be replaced.
    pub began: bool,
    /// `pending`, `replaced`, `surplus`, `ignored`, `approved` or `rejected`.
    #[sea_orm(indexed)]
    pub state: String,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
