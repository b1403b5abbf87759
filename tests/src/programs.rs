//! The paths of the programs, the models and the repository.

use anyhow::{Context as _, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command for one of the workspace's programs, which lie next to the test's executable. It finds the models by
/// `$KIOSK_MODELS`, and runs at the repository's root.
///
/// # Errors
/// When the program or the models are missing; the error names the command that makes them.
pub fn command(name: &str) -> Result<Command> {
    let mut command = Command::new(program(name)?);
    command.current_dir(repository()).env("KIOSK_MODELS", models()?).env("RUST_BACKTRACE", "1");
    Ok(command)
}

/// The file of a program: `target/debug/NAME` for a test that is `target/debug/deps/TEST-…`.
///
/// # Errors
/// When it is missing.
pub fn program(name: &str) -> Result<PathBuf> {
    let test = std::env::current_exe().context("the path of this test is unknown")?;
    let folder = test.parent().and_then(Path::parent).context("a test lies in target/debug/deps")?;
    let file = folder.join(name);
    ensure!(
        file.is_file(),
        "{} is not there; run scripts/rust-test.sh, which builds the programs first",
        file.display()
    );
    Ok(file)
}

/// The repository's root.
#[must_use]
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Folder of the fetched models.
///
/// # Errors
/// When they are missing.
pub fn models() -> Result<PathBuf> {
    let folder =
        std::env::var_os("KIOSK_MODELS").map_or_else(|| repository().join("models/cache"), PathBuf::from);
    ensure!(folder.is_dir(), "{} is not there; run make models", folder.display());
    Ok(std::path::absolute(folder)?)
}

/// The licence-clean face pictures among the models.
///
/// # Errors
/// When they are missing.
pub fn faces() -> Result<PathBuf> {
    Ok(models()?.join("demo"))
}
