//! The keys that sign codes: private halves in the state folder (`code-keys/ID.key`), public halves in the tasks.

use super::error::IssueError;
use crate::files;
use crate::keys;
use crate::ledger::Ledger;
use collection::{Decoder, Signer, Task};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

fn file(state: &Path, key_id: &str) -> PathBuf {
    state.join("code-keys").join(format!("{key_id}.key"))
}

/// Whether an id can be part of a file name: ids that [`draw`] makes can, and none that leads to another folder.
fn is_plain(key_id: &str) -> bool {
    !key_id.is_empty() && key_id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The first key of the task that is not being retired and whose private half is here.
pub(super) fn newest(state: &Path, task: &Task) -> Result<Option<(String, Signer)>, IssueError> {
    for decoder in &task.decoders {
        let Decoder::Signed { key_id, public_key, until: None } = decoder else { continue };
        let file = file(state, key_id);
        if !is_plain(key_id) || !file.is_file() {
            continue;
        }
        let signer = keys::signer(&file)?;
        if signer.public_key().to_string() == *public_key {
            return Ok(Some((key_id.clone(), signer)));
        }
    }
    Ok(None)
}

/// Draws a key, puts it first among the task's decoders, and puts the task's next version into the ledger. Earlier keys are
/// retired at `until`, unless they are sooner.
pub(super) async fn draw(
    ledger: &Ledger,
    state: &Path,
    task: &mut Task,
    until: Option<Timestamp>,
) -> Result<(String, Signer), IssueError> {
    let key_id = format!("{}-{:08x}", task.school_code, rand::random::<u32>());
    files::make_private_dir(&state.join("code-keys"))?;
    // The private half first: a key that only the kiosks know could sign nothing.
    let signer = keys::signer(&file(state, &key_id))?;
    if let Some(moment) = until {
        for decoder in &mut task.decoders {
            if let Decoder::Signed { until, .. } = decoder {
                *until = Some(until.map_or(moment, |sooner| sooner.min(moment)));
            }
        }
    }
    let public_key = signer.public_key().to_string();
    task.decoders.insert(0, Decoder::Signed { key_id: key_id.clone(), public_key, until: None });
    task.version += 1;
    ledger.put_task(task.clone()).await?;
    Ok((key_id, signer))
}
