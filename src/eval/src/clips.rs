//! Renders clips of the recorded camera as PNG files, for checking them by eye.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use camera::{Clip, Motion, Recording};

/// The pictures that the clips show, and where their frames go.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder of the PNG files.
    out: PathBuf,
    /// A picture of a code.
    code: PathBuf,
    /// A picture of a person.
    person: PathBuf,
    /// A picture of another person.
    other: PathBuf,
}

/// Renders one frame of each clip.
///
/// # Errors
/// When a picture cannot be read or a file cannot be written.
pub fn render(Options { out, code, person, other }: &Options) -> anyhow::Result<()> {
    let (camera, scene) = Recording::open(1280, 720, 30)?;
    let clips = [
        ("empty", Clip::empty()),
        ("phone", Clip::phone(code)),
        ("phone-small", Clip::phone(code).placed(0.6, 0.6, 0.45)),
        ("person", Clip::person(person)),
        ("person-far", Clip::person(person).placed(0.7, 0.45, 0.6)),
        ("person-moving", Clip::person(person).moving(Motion::Hand)),
        ("person-entering", Clip::person(person).moving(Motion::Enter)),
        ("people", Clip::people([person, other])),
    ];
    for (name, clip) in clips {
        scene.play(&clip, Path::new(""))?;
        // The frame that is being rendered may still be of the clip before; after this wait it is not.
        let wait = if name == "person-entering" { 560 } else { 400 };
        std::thread::sleep(Duration::from_millis(wait));
        let last = camera.latest().map_or(0, |frame| frame.number);
        let frame = camera.newer_than(last, Duration::from_secs(5)).context("no frame")?;
        frame.image.save(out.join(name).with_extension("png"))?;
        println!("{name}: frame {} at {:.2} s", frame.number, frame.at.as_secs_f32());
    }
    Ok(())
}
