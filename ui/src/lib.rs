//! The screens of the kiosk: theme, widgets, one file a screen, one exported global a screen as the
//! only bridge. Nothing here knows a rule, a camera or a file: the app sets what is shown, and callbacks
//! report what was touched.
//!
//! Every touchable element has an `accessible-id` that never changes with the language (the list is
//! in `ui/README.md`) and an `accessible-label` that equals its visible words.

/// The Slint compiler's output for `app.slint`; the lints of this workspace do not apply to it.
#[allow(
    missing_docs,
    unused_qualifications,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic,
    clippy::todo,
    clippy::unimplemented,
    clippy::unwrap_used
)]
mod generated {
    slint::include_modules!();
}

pub use generated::*;
pub use slint;

/// A global that can forget what the app put into it.
pub trait Reset {
    /// Sets every property that the app can set to what it held before anything was shown.
    fn reset(&self);
}

include!(concat!(env!("OUT_DIR"), "/globals.rs"));

use slint::ComponentHandle as _;

/// Shows Chinese, or English, from the next frame on.
///
/// # Errors
/// When the words of that language are not bundled, which is a fault of the build.
pub fn speak(window: &AppWindow, english: bool) -> Result<(), slint::SelectBundledTranslationError> {
    slint::select_bundled_translation(if english { "en" } else { "" })?;
    window.global::<Theme<'_>>().set_english(english);
    Ok(())
}

/// The scale at which a screen of `width` x `height` physical pixels shows the design: 1 at
/// 1080 x 1920 and 1920 x 1080, 0.75 at 1280 x 800. Portrait fits the portrait canvas; a smaller
/// landscape screen fits a canvas of 1707 x 1067 so that its targets stay large.
#[must_use]
pub fn scale_for(width: u32, height: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "screens are far smaller than 2^23 pixels")]
    let (w, h) = (width as f32, height as f32);
    if height >= width {
        return (w / 1080.0).min(h / 1920.0);
    }
    let small = (w / 1707.0).min(h / 1067.0);
    if small < 1.0 { small } else { (w / 1920.0).min(h / 1080.0).max(1.0) }
}

/// Exact sizes of the pictures a screen shows 1:1, in design pixels, from `sizes.slint`; multiply by the window's scale.
pub mod size {
    include!(concat!(env!("OUT_DIR"), "/sizes.rs"));
}
