//! Taking stills in the camera's largest size. Most cameras cannot deliver those together with the preview: they are switched
//! over, a few frames are skipped until the exposure has settled, and they are switched back.

use std::sync::Arc;
use std::time::Instant;

use crate::backend::{CaptureBackend, Purpose, STALL_TIMEOUT};
use crate::decode::decode;
use crate::decoder::Decoder;
use crate::frame::{Frame, LostReason};
use crate::shared::{Shared, UntilClosed};
use crate::still_request::StillRequest;

/// Frames skipped after switching: cameras begin with a guess at the exposure and come close within three.
const SETTLING_FRAMES: u32 = 3;

/// Takes what all requests together need, in one switch of the camera.
pub(crate) fn take(
    shared: &Shared,
    backend: &mut impl CaptureBackend,
    decoder: &mut Decoder,
    requests: &[StillRequest],
) -> Result<Vec<Arc<Frame>>, LostReason> {
    let count = requests.iter().map(|request| request.count).max().unwrap_or(0);
    let gap = requests.iter().map(|request| request.gap).max().unwrap_or(0);
    let mut stream = backend.start(Purpose::Still)?;
    let (mut taken, mut skip, mut since) = (Vec::new(), SETTLING_FRAMES, Instant::now());
    while taken.len() < count {
        let raw = stream.next(&UntilClosed(shared))?.ok_or(LostReason::Stalled)?;
        match decode(&raw, decoder.rotation()) {
            Ok(_) if skip > 0 => {
                skip -= 1;
                since = Instant::now();
            }
            Ok((image, jpeg)) => {
                taken.push(Arc::new(decoder.frame(shared, raw.at, image, jpeg)));
                (skip, since) = (gap, Instant::now());
            }
            Err(fault) if since.elapsed() > STALL_TIMEOUT => {
                return Err(LostReason::BadFrames(fault.to_string()));
            }
            Err(_) => shared.count(|tally| tally.damaged += 1),
        }
    }
    Ok(taken)
}
