//! Writes every screen in every important state as PNG, with invented people.
//!
//! `make screens`, or `cargo run -p ui --example gallery -- OUTDIR [NAME-PART]`. Reference the screens lies a contact sheet of each form.

mod people;
mod scenes;
mod sheet;
mod stage;

use sheet::Sheet;
use stage::Stage;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().unwrap_or_else(|| "gallery".into()));
    let only = args.next().unwrap_or_default();
    std::fs::create_dir_all(&out)?;
    let mut stage = Stage::new()?;
    let mut sheets: BTreeMap<&str, Sheet> = BTreeMap::new();
    for scene in scenes::all().into_iter().filter(|s| s.name.contains(&only)) {
        let (shot, paint) = stage.play(&scene)?;
        let file = out.join(format!("{}.png", scene.name));
        shot.save(&file)?;
        sheets.entry(scene.form).or_default().add(&shot);
        println!("{:5.1} ms  {}", paint.as_secs_f64() * 1e3, file.display());
    }
    for (form, sheet) in sheets {
        let file = out.join(format!("sheet-{form}.png"));
        sheet.save(&file)?;
        println!("          {}", file.display());
    }
    Ok(())
}
