//! The ledger: everything the server must not forget, behind one door.
//!
//! SQLite in one file now; nothing here is SQLite's own except how the file is opened, so that Postgres can take its place.
//! Reads go through a pool. Writes go one after the other, each a transaction in a task of its own: a request that its client
//! drops half-way cannot leave a transaction half-way, because the request only waits for the task.

mod accounts;
mod across;
mod cards;
mod cases;
mod devices;
mod erase;
mod feed;
mod journal;
mod review;
mod roster;
mod sequence;
mod sessions;
mod table;
mod tables;
mod versions;
mod whole;

pub(crate) use accounts::{Reviewer, StaffRow};
pub(crate) use cards::Card;
pub(crate) use cases::ResolveError;
pub(crate) use devices::{Device, DeviceRow, Enrolled, EnrolmentError, IssuedCode};
pub(crate) use erase::EraseError;
pub(crate) use review::{DecideError, Decision, Filter, PastDecision, ReviewSubject, TaskChoice};
pub(crate) use roster::Student;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How long a second process (a roster import beside a running server) waits for the file.
const BUSY_WAIT: Duration = Duration::from_secs(20);

/// What can go wrong in the ledger itself.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The database refused or is unreachable.
    #[error("the ledger's database: {0}")]
    Database(#[from] DbErr),
    /// A row holds what this version cannot read.
    #[error("the ledger's table {table} holds a row that cannot be read: {reason}")]
    Row {
        /// Which table.
        table: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The server's own entry could not be signed.
    #[error("the server's entry could not be signed: {0}")]
    Sign(#[from] collection::EntryError),
    /// The database was made by a later version.
    #[error("the ledger has tables of version {found}; this program knows up to {known}")]
    Newer {
        /// Version in the file.
        found: i64,
        /// Version of this program.
        known: i64,
    },
}

/// A unit of writing: what is done inside of one transaction.
pub(crate) type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// The door to the database. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Ledger {
    db: DatabaseConnection,
    writer: Arc<Mutex<()>>,
    epoch: Arc<str>,
}

impl Ledger {
    /// Opens the database file, making it and its tables where they are missing.
    pub async fn open(file: &Path) -> Result<Ledger, LedgerError> {
        let db = Database::connect(options(file)).await?;
        let epoch = tables::prepare(&db).await?;
        Ok(Ledger { db, writer: Arc::new(Mutex::new(())), epoch: epoch.into() })
    }

    /// The epoch of the change feed: another one after a restore.
    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    /// Waits for the last write and closes the file.
    pub async fn close(self) {
        let _last = self.writer.lock().await;
        if let Err(error) = self.db.close().await {
            tracing::warn!(%error, "the ledger did not close cleanly");
        }
    }

    /// Runs `work` in a transaction of its own that nothing but its own error can stop.
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: for<'t> FnOnce(&'t DatabaseTransaction) -> Work<'t, T, E> + Send + 'static,
    {
        let (db, writer) = (self.db.clone(), self.writer.clone());
        let task = tokio::spawn(async move {
            let _turn = writer.lock().await;
            // The guard exists before the transaction begins. IMMEDIATE: a deferred one could fail half-way when another
            // process wrote meanwhile; other engines ignore it.
            let how = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            let tx = db.begin_with_options(how).await.map_err(LedgerError::from)?;
            match work(&tx).await {
                Ok(done) => tx.commit().await.map(|()| done).map_err(|e| LedgerError::from(e).into()),
                Err(error) => {
                    if let Err(rollback) = tx.rollback().await {
                        tracing::error!(%rollback, "a transaction did not roll back");
                    }
                    Err(error)
                }
            }
        });
        match task.await {
            Ok(result) => result,
            Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
            Err(_) => Err(LedgerError::from(DbErr::Custom("the server is stopping".into())).into()),
        }
    }
}

fn options(file: &Path) -> ConnectOptions {
    // The path travels in the options, not in the URL: it may hold characters that a URL would read as its own.
    let path = file.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(4).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |o| {
        o.filename(&path)
            .in_memory(false)
            .shared_cache(false)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_WAIT)
    });
    options
}
