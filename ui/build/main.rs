//! Compiles the screens, and makes Rust of two things that only the `.slint` files know: the properties of the exported globals
//! and the sizes of the pictures.
//!
//! Debug info stays on so that scripts and tests find what they touch; the English words are bundled, so that a kiosk needs no
//! file next to its program to speak them.

mod globals;
mod sizes;

use slint_build::{CompilerConfiguration, DefaultTranslationContext, compile_with_config};
use std::error::Error;
use std::path::Path;

/// Folders that hold `.slint` files.
const FOLDERS: [&str; 3] = [".", "screens", "widgets"];

fn main() -> Result<(), Box<dyn Error>> {
    let config = CompilerConfiguration::new()
        .with_style("fluent".into())
        .with_debug_info(true)
        .with_default_translation_context(DefaultTranslationContext::None)
        .with_bundled_translations("translations");
    println!("cargo:rerun-if-changed=translations");
    compile_with_config("app.slint", config)?;

    let out = std::env::var("OUT_DIR")?;
    let globals = globals::read(&FOLDERS)?;
    std::fs::write(Path::new(&out).join("globals.rs"), globals::rust(&globals)?)?;
    std::fs::write(Path::new(&out).join("sizes.rs"), sizes::rust(&std::fs::read_to_string("sizes.slint")?)?)?;
    Ok(())
}
