//! The guarantees of every camera handle, independent of its backend. The tests of this crate check them on the recording, and
//! the probe of `make camera-test` on an emulated USB camera; the caller says how each fault is made.

use std::time::{Duration, Instant};

use camera::{Camera, State};

/// Longest wait for a condition; an emulated machine is twenty times slower than a real one.
pub const LONG: Duration = Duration::from_secs(60);

/// Waits until a condition holds.
///
/// # Panics
/// When it does not hold within [`LONG`].
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < LONG, "waited in vain for: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Frame numbers and times increase, and compressed frames carry the bytes that they were decoded from. Returns the numbers.
///
/// # Panics
/// When the guarantee is broken.
pub fn frames_count_up_in_time_and_carry_their_own_bytes(camera: &Camera) -> Vec<u64> {
    let mut last = camera.newer_than(0, LONG).expect("a first frame");
    let mut numbers = vec![last.number];
    for _ in 0..10 {
        let next = camera.newer_than(last.number, LONG).expect("a next frame");
        assert!(next.number > last.number && next.at > last.at, "{} after {}", next.number, last.number);
        if let Some(bytes) = &next.jpeg {
            let decoded = image::load_from_memory(bytes).expect("whole").into_rgb8();
            assert_eq!(decoded, *next.image, "frame {}", next.number);
        }
        numbers.push(next.number);
        last = next;
    }
    assert!(matches!(camera.state(), State::Live { .. }), "{:?}", camera.state());
    assert!(camera.newer_than(u64::MAX, Duration::from_millis(80)).is_none());
    numbers
}

/// A slow caller gets the newest frame, not the next one.
///
/// # Panics
/// When the guarantee is broken.
pub fn a_slow_caller_gets_the_newest_frame(camera: &Camera) {
    let first = camera.newer_than(0, LONG).expect("a frame").number;
    until("frames pass", || camera.latest().is_some_and(|frame| frame.number > first + 3));
    let next = camera.newer_than(first, LONG).expect("a frame").number;
    assert!(next > first + 3, "{first} then {next}");
}

/// A still has at least the preview's pixels, does not replace the preview, and is not counted as a loss.
///
/// # Panics
/// When the guarantee is broken.
pub fn a_still_is_no_smaller_and_the_preview_goes_on(camera: &Camera) {
    until("live", || matches!(camera.state(), State::Live { .. }));
    let losses = camera.tally().losses;
    let preview = camera.newer_than(0, LONG).expect("a frame");
    let still = camera.still(LONG).expect("a still");
    let pixels = |image: &image::RgbImage| u64::from(image.width()) * u64::from(image.height());
    assert!(pixels(&still.image) >= pixels(&preview.image));
    assert!(still.number > preview.number && still.at > preview.at);
    let next = camera.newer_than(still.number, LONG).expect("the preview goes on");
    assert_eq!(next.image.dimensions(), preview.image.dimensions());
    assert_eq!(camera.tally().losses, losses);
}

/// An unplugged camera is lost for a reason, keeps its last frame, and recovers by itself with higher frame numbers.
///
/// # Panics
/// When the guarantee is broken.
pub fn an_unplugged_camera_recovers_by_itself(
    camera: &Camera,
    mut pull: impl FnMut(),
    mut plug: impl FnMut(),
) {
    until("live", || matches!(camera.state(), State::Live { .. }));
    let before = camera.newer_than(0, LONG).expect("a frame").number;
    pull();
    until("lost", || matches!(camera.state(), State::Lost { .. }));
    assert!(camera.latest().is_some_and(|frame| frame.number >= before));
    plug();
    until("live", || matches!(camera.state(), State::Live { .. }));
    until("newer", || camera.latest().is_some_and(|frame| frame.number > before));
}
