//! The journal: every entry's bytes and signature, verbatim, and the fields that queries need.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry")]
pub struct Model {
    /// Order of arrival.
    #[sea_orm(primary_key)]
    pub position: i64,
    #[sea_orm(unique)]
    pub id: String,
    #[sea_orm(unique_key = "device_sequence")]
    pub device: String,
    #[sea_orm(unique_key = "device_sequence")]
    pub sequence: i64,
    #[sea_orm(indexed)]
    pub enrolment: String,
    pub clock_millis: i64,
    pub received_millis: i64,
    pub bytes: Vec<u8>,
    pub signature: Vec<u8>,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
