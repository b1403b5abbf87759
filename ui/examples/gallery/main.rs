//! Every screen in every state that matters, as PNG, with invented people: the designer's mirror.
//!
//! `cargo run -p ui --example gallery -- OUTDIR [NAME-PART]`

mod people;
mod scenes;
mod stage;

use stage::Stage;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().unwrap_or_else(|| "gallery".into()));
    let only = args.next().unwrap_or_default();
    std::fs::create_dir_all(&out)?;
    let stage = Stage::new()?;
    for scene in scenes::all().into_iter().filter(|s| s.name.contains(&only)) {
        let (shot, paint) = stage.play(&scene)?;
        let file = out.join(format!("{}.png", scene.name));
        shot.save(&file)?;
        println!("{:5.1} ms  {}", paint.as_secs_f64() * 1e3, file.display());
    }
    Ok(())
}
