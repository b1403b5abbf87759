//! Opens the database and runs transactions on it.
//!
//! SQLite in one file; nothing outside this file and the migrations' text is specific to SQLite, so that Postgres can be added.
//! Reads go through a pool. Writes run one after the other, each a transaction in its own task: a request that its client
//! drops cannot leave a transaction unfinished, because the request only waits for the task.
//!
//! A connection goes back to the pool only when its transaction has ended. SQLite rolls a transaction back by itself when the disk
//! is full, and the driver, which counts transactions, does not notice: its `ROLLBACK` fails and it counts one that is not there.
//! On such a connection every later transaction would be a savepoint inside that one, and its commit would commit nothing.

use super::error::LedgerError;
use super::migrations;
use crate::config::Config;
use crate::{files, state_folder};
use sea_orm::sqlx::error::Error as SqlxError;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection, Sqlite, pool::PoolOptions};
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

/// How long a statement waits for another process (a roster import next to a running server) to release the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
/// Connections of the pool.
const MAX_CONNECTIONS: u32 = 4;

/// The work of one transaction.
pub(crate) type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// Access to the database. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Ledger {
    pub(super) db: DatabaseConnection,
    writer: Arc<Mutex<()>>,
    epoch: Arc<str>,
}

impl Ledger {
    /// Opens the ledger of this configuration. Creates the state folder, the file and the tables where they are missing.
    pub async fn open(config: &Config) -> Result<Ledger, LedgerError> {
        files::make_private_dir(&config.state)?;
        let db = Database::connect(options(&state_folder::ledger(config))).await?;
        let epoch = migrations::apply(&db).await?;
        Ok(Ledger { db, writer: Arc::new(Mutex::new(())), epoch: epoch.into() })
    }

    /// The epoch of the change feed. A restored database gets another one.
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

    /// Runs `work` in a transaction that is rolled back by an error of `work` and by nothing else.
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: for<'t> FnOnce(&'t DatabaseTransaction) -> Work<'t, T, E> + Send + 'static,
    {
        let (db, writer) = (self.db.clone(), self.writer.clone());
        let task = tokio::spawn(async move {
            let _guard = writer.lock().await;
            // The guard exists before the transaction begins. IMMEDIATE: a deferred transaction can fail midway when another
            // process wrote in between; other engines ignore the option.
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            let tx = db.begin_with_options(options).await.map_err(LedgerError::from)?;
            match work(&tx).await {
                Ok(done) => tx.commit().await.map(|()| done).map_err(|e| LedgerError::from(e).into()),
                Err(error) => {
                    if let Err(rollback) = tx.rollback().await {
                        // SQLite rolled it back already, or closing the connection does.
                        tracing::warn!(%rollback, "a transaction was not rolled back by us");
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
    // The path is set on the options instead of the URL: it may hold characters that have a meaning in a URL.
    let path = file.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .max_connections(MAX_CONNECTIONS)
        .min_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |o| {
            o.filename(&path)
                .in_memory(false)
                .shared_cache(false)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
        })
        .map_sqlx_sqlite_pool_opts(|pool: PoolOptions<Sqlite>| {
            pool.after_release(|connection, _| Box::pin(is_at_rest(connection)))
        });
    options
}

/// Whether a connection that comes back to the pool has no transaction; the pool closes one that has, which rolls back what is
/// left of it, and opens another.
async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, SqlxError> {
    if connection.is_in_transaction() {
        // The rollback of a transaction that was dropped is queued; the answer to this comes after it.
        connection.ping().await?;
    }
    let is_at_rest = !connection.is_in_transaction();
    if !is_at_rest {
        tracing::warn!("a connection to the ledger is closed because its transaction did not end in order");
    }
    Ok(is_at_rest)
}
