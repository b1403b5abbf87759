//! The rosters. Personal data: never in logs, never in the journal.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "student")]
pub struct Model {
    /// Enrolment id, hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub enrolment: String,
    #[sea_orm(indexed)]
    pub task: String,
    pub school_code: String,
    pub unique_number: String,
    pub name: String,
    pub id_number: String,
    pub student_number: String,
    pub class: String,
    pub programme: String,
    pub masked_name: String,
    pub masked_number: String,
    /// Hash of the admission photo (录取照片).
    #[sea_orm(indexed)]
    pub admission_photo: Option<String>,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
