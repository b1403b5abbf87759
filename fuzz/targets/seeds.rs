//! Writes the seeds: `seeds DIR` fills DIR/decode with one file of every unusual kind that the tests generate, and DIR/verdict with
//! one short script for every distortion.

#[path = "../../src/portrait/tests/support/mod.rs"]
#[allow(dead_code)]
mod support;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "seeds".to_owned());
    let (files, scripts) = (Path::new(&folder).join("decode"), Path::new(&folder).join("verdict"));
    std::fs::create_dir_all(&files)?;
    std::fs::create_dir_all(&scripts)?;
    for (name, bytes, _) in support::files() {
        std::fs::write(files.join(name), bytes)?;
    }
    for step in 0..fuzz::distort::STEPS {
        let script = [step, 3, step, 40, 90, 60, 120, 200];
        std::fs::write(scripts.join(format!("step-{step}")), script)?;
    }
    std::fs::write(scripts.join("untouched"), [0, 3])?;
    std::fs::write(scripts.join("damaged-file"), [0x42, 3, 9, 30, 200, 1, 7])
}
