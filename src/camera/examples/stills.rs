//! Renders clips into PNG files to be looked at: `cargo run -p camera --example stills -- OUT CODE PERSON OTHER`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use camera::{Clip, Motion, Recording};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [out, code, person, other] = args.as_slice() else {
        return Err("usage: stills OUT CODE PERSON OTHER".into());
    };
    let (camera, director) = Recording::open(1280, 720, 30)?;
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
        director.play(&clip, Path::new(""))?;
        // The frame that is being rendered may still be of the clip before; a moment later it is not.
        let wait = if name == "person-entering" { 560 } else { 400 };
        std::thread::sleep(Duration::from_millis(wait));
        let last = camera.latest().map_or(0, |frame| frame.number);
        let frame = camera.newer_than(last, Duration::from_secs(5)).ok_or("no frame")?;
        frame.image.save(out.join(name).with_extension("png"))?;
        println!("{name}: frame {} at {:.2} s", frame.number, frame.at.as_secs_f32());
    }
    Ok(())
}
