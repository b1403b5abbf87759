//! One-time codes that turn a kiosk into a device. Only their hash is kept.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrol_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub device_name: String,
    pub school_code: String,
    pub issued_by: String,
    pub issued_millis: i64,
    pub expires_millis: i64,
    /// The device that used it.
    pub used_by: Option<String>,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
