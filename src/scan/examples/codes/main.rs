//! Measures the reader (the tables about codes in docs/MEASUREMENTS.md): `cargo run -p scan --example codes -- WHAT`.
//!
//! - `set DIR [misses]`: a folder of photographed codes with its `expected.jsonl`;
//! - `time DIR`: the same in frames of a camera's size, with the time of each;
//! - `sequences DIR [STEP]`: every so many pictures of such a folder on a phone held up by hand, the time to a binding;
//! - `synthetic [VIEWS] [AXIS]`: generated frames, the read rate along each axis;
//! - `free [FRAMES] [LOG]`: frames without a code, what is read in them (with faces from `FACES_SET`);
//! - `show FOLDER`: one generated picture for each step of each axis.

mod chance;
mod free;
mod patterns;
mod plain;
mod render;
mod scene;
mod sequences;
mod set;
mod synthetic;

use anyhow::{Context as _, bail};

const USAGE: &str = "usage: codes set DIR [misses] | time DIR | sequences DIR [STEP] | synthetic [VIEWS] [AXIS] | \
     free [FRAMES] [LOG] | show FOLDER";

fn main() -> anyhow::Result<()> {
    // The plain decoders panic on some pictures; here that is "not read", and no news.
    std::panic::set_hook(Box::new(|_| {}));
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| args.get(at).map(String::as_str);
    match word(0) {
        Some("synthetic") => {
            let views = word(1).map_or(Ok(30), str::parse)?;
            synthetic::run(views, word(2).unwrap_or_default());
        }
        Some("show") => synthetic::show(word(1).unwrap_or("target/shown").as_ref())?,
        Some("set") => set::run(word(1).context(USAGE)?.as_ref(), word(2).is_some())?,
        Some("time") => set::time(word(1).context(USAGE)?.as_ref())?,
        Some("sequences") => {
            sequences::run(word(1).context(USAGE)?.as_ref(), word(2).map_or(Ok(2), str::parse)?)?;
        }
        Some("free") => {
            let frames = word(1).map_or(Ok(100_000), str::parse)?;
            let faces = std::env::var_os("FACES_SET").map(std::path::PathBuf::from);
            free::run(frames, faces.as_deref(), word(2).unwrap_or("target/codes-free.log").as_ref())?;
        }
        _ => bail!(USAGE),
    }
    Ok(())
}
