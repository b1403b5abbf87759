//! Requests that are dropped in the middle of a transaction leave no partial writes.

use super::world;
use crate::ledger::{Ledger, LedgerError};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_dropped_requests_leave_the_sums_equal() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&world::config(dir.path())).await.unwrap();
    let mut waiting = Vec::new();
    for n in 0..1000_u64 {
        let ledger = ledger.clone();
        waiting.push(tokio::spawn(async move {
            let transfer = ledger.transfer(n % 7 == 0);
            // Most are dropped before they end.
            let _ = tokio::time::timeout(Duration::from_micros(n * 37 % 4000), transfer).await;
        }));
    }
    for task in waiting {
        task.await.unwrap();
    }
    ledger.transfer(false).await.unwrap();
    let (up, down) = ledger.totals().await.unwrap();
    assert_eq!(up + down, 0, "what one side gained the other lost");
    assert!(up > 0);
    assert!(matches!(ledger.transfer(true).await, Err(LedgerError::Row { .. })));
    assert_eq!(ledger.totals().await.unwrap(), (up, down), "a failed one changes nothing");
}
