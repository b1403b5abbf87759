//! What reviewers work on: a projection of the journal, one row for every `Submitted` entry of a student on a roster.

use super::columns::{BandColumn, CategoryColumn, SubmissionState};
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
    pub category: CategoryColumn,
    pub device: String,
    pub portrait: String,
    pub original: String,
    pub comparison: BandColumn,
    pub score_tenths: Option<i32>,
    pub submitted_millis: i64,
    /// Whether both pictures are stored here.
    #[sea_orm(column_name = "whole")]
    pub complete: bool,
    /// Whether a reviewer opened it; from then on it cannot be replaced.
    pub began: bool,
    #[sea_orm(indexed)]
    pub state: SubmissionState,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
