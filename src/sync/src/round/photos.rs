//! Admission photos down. One that the server does not have, or that is not what its roster names, holds up no other.

use crate::client::Client;
use crate::enrol::blocking;
use crate::failure::Failure;
use crate::pass::Pass;
use crate::retries::{Held, Item, Retries, Sort};
use collection::PictureHash;
use sentences::codes;
use store::Store;

/// Admission photos fetched in one round; entries and pictures of visits go before the next lot.
const PHOTOS_PER_ROUND: usize = 50;

/// Fetches the next lot; returns whether there are more.
pub(super) async fn fetch(client: &Client, store: &Store, retries: &mut Retries) -> Result<bool, Failure> {
    let wanted = blocking(store, |s| s.ask_for_photos(PHOTOS_PER_ROUND)).await?;
    let is_all = wanted.len() < PHOTOS_PER_ROUND;
    if is_all {
        let waiting = wanted.iter().copied().map(Item::AdmissionPhoto).collect();
        retries.keep_only(Sort::AdmissionPhoto, &waiting);
    }
    let mut pass = Pass::new(Sort::AdmissionPhoto, retries);
    for hash in wanted {
        let item = Item::AdmissionPhoto(hash);
        if pass.retries.waits(item) {
            continue;
        }
        match photo(client, store, hash).await {
            Ok(true) => pass.succeeded(item),
            Ok(false) => pass.hold(missing(item)),
            Err(failure) => pass.failed(item, None, failure)?,
        }
        if pass.is_hopeless() {
            break;
        }
    }
    Ok(pass.finish()?.sent > 0 && !is_all)
}

/// Fetches one; returns whether the server has it.
async fn photo(client: &Client, store: &Store, hash: PictureHash) -> Result<bool, Failure> {
    let Some(bytes) = client.picture(hash).await? else { return Ok(false) };
    blocking(store, move |s| s.put_admission_photo(hash, &bytes)).await?;
    Ok(true)
}

/// The server does not have a photo that its roster names.
fn missing(item: Item) -> Held {
    tracing::warn!(?item, "the server does not have an admission photo that its roster names");
    let failure = Failure::Fault { status: 404, code: codes::SERVER_PICTURE_UNKNOWN };
    Held::new(item, None, &failure)
}
