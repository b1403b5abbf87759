//! Kiosks that were enrolled.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// What staff call it (图书馆一号机).
    pub name: String,
    pub school_code: String,
    /// Ed25519 public key of its journal, hex.
    pub journal_key: String,
    /// SHA-256 of its client certificate, hex: how a connection is recognised.
    #[sea_orm(unique)]
    pub fingerprint: String,
    #[sea_orm(column_type = "Text")]
    pub certificate_pem: String,
    /// SHA-256 of the request it was enrolled by: the same request again gets the same answer.
    pub request_hash: String,
    pub enrolled_millis: i64,
    pub seen_millis: Option<i64>,
    pub revoked_millis: Option<i64>,
    /// Everything up to this sequence is durable here, pictures included.
    pub durable_sequence: i64,
}

/// Relations are written in the queries that need them.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
