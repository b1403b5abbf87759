//! Codes and vouchers that students used, by hash, so that two who used the same one are found.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim")]
pub struct Model {
    /// The `TokenBound` or `VoucherRedeemed` entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry: String,
    /// Kind, task and hash in one text.
    #[sea_orm(indexed)]
    pub thing: String,
    pub enrolment: String,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
