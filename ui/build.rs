//! Compiles the screens. Debug info stays on so that scripts and tests can find what they touch;
//! the English words are bundled, so that a kiosk needs no file beside its binary to speak them.

use slint_build::{CompilerConfiguration, DefaultTranslationContext, compile_with_config};

fn main() -> Result<(), slint_build::CompileError> {
    let config = CompilerConfiguration::new()
        .with_style("fluent".into())
        .with_debug_info(true)
        .with_default_translation_context(DefaultTranslationContext::None)
        .with_bundled_translations("translations");
    println!("cargo:rerun-if-changed=translations");
    compile_with_config("app.slint", config)
}
