//! Wrong input is reported, each mistake with its own sentence, without a panic and with the exit code that scripts rely on.

use anyhow::{Context as _, Result, ensure};
use image::{GrayImage, Luma};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;
use tests::process::{self, Finished};
use tests::scenario::{self, sentence};
use tests::{Central, Kiosk, Script, programs};

/// Timeout of a program that refuses.
const RUN_TIMEOUT: Duration = Duration::from_secs(60);

#[test]
fn three_mistakes_in_a_config_are_reported_at_once() -> Result<()> {
    let folder = scenario::folder(env!("CARGO_TARGET_TMPDIR"), "config")?;
    let kiosk = "[server]\nurl = \"http://127.0.0.1\"\nca = 7\n[store]\ndir = \"store\"\ndri = \"x\"\n";
    let done = refused("kiosk", &folder, kiosk, &["doctor"])?;
    for key in ["server.url", "server.ca", "store.dri"] {
        ensure!(done.log.contains(key), "{key} is not in its log:\n{}", done.log);
    }
    let central = "state = \"s\"\npresets = 7\n[kiosks]\nlisten = \"nowhere\"\nnames = []\n[console]\nlisten = \"127.0.0.1:0\"\n";
    let done = refused("central", &folder, central, &["serve"])?;
    for key in ["presets", "kiosks.listen", "kiosks.names"] {
        ensure!(done.log.contains(key), "{key} is not in its log:\n{}", done.log);
    }
    Ok(())
}

/// Runs a program with that config and checks that it refuses with a message.
fn refused(program: &str, folder: &Path, config: &str, arguments: &[&str]) -> Result<Finished> {
    let file = folder.join(format!("{program}.toml"));
    std::fs::write(&file, config)?;
    let mut command = programs::command(program)?;
    command.args(arguments).arg("--config").arg(&file);
    let done = process::run(program, command, folder, RUN_TIMEOUT)?;
    ensure!(done.code.is_some_and(|c| c != 0), "{program} went on with a wrong config");
    has_a_message_and_no_panic(&done)?;
    Ok(done)
}

#[test]
fn a_model_with_a_wrong_hash_is_named_and_nothing_is_judged() -> Result<()> {
    let folder = scenario::folder(env!("CARGO_TARGET_TMPDIR"), "wrong-hash")?;
    let models = folder.join("models");
    std::fs::create_dir_all(&models)?;
    for entry in std::fs::read_dir(programs::models()?)? {
        let entry = entry?;
        if entry.path().is_file() {
            std::os::unix::fs::symlink(entry.path(), models.join(entry.file_name()))?;
        }
    }
    // One bit of one weight: the file loads, and would judge a little differently.
    let name = "face_mesh.onnx";
    let mut bytes = std::fs::read(models.join(name))?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::remove_file(models.join(name))?;
    std::fs::write(models.join(name), bytes)?;

    let mut command = programs::command("portrait")?;
    command.arg("--models").arg(&models).arg("check").arg(programs::faces()?.join("person_b_2.jpg"));
    command.args(["--preset", "chsi", "--json"]);
    let done = process::run("portrait", command, &folder, RUN_TIMEOUT)?;
    ensure!(done.code == Some(2), "it ended with {:?}:\n{}\n{}", done.code, done.out, done.log);
    ensure!(
        format!("{}{}", done.out, done.log).contains(name),
        "it does not name {name}:\n{}\n{}",
        done.out,
        done.log
    );
    has_a_message_and_no_panic(&done)
}

#[test]
fn every_wrong_code_has_its_own_sentence_and_the_doctor_checks_every_part() -> Result<()> {
    let folder = scenario::folder(env!("CARGO_TARGET_TMPDIR"), "strange-codes")?;
    let central = Central::with_new_school(&folder)?;
    let kiosk = Kiosk::enrolled_with(&central)?;
    every_wrong_code_has_its_own_sentence(&folder, &kiosk, &central)?;
    the_doctor_checks_every_part(&kiosk)
}

/// Every wrong code of the demo, and one that nobody issued, one after the other at one kiosk.
fn every_wrong_code_has_its_own_sentence(folder: &Path, kiosk: &Kiosk, central: &Central) -> Result<()> {
    draw("nobody issued this: 5f1c9be2", &folder.join("nobody.png"))?;
    // First, because the demo has another one with the same sentence, and each has to bring up its own.
    let mut wrong = vec![("nobody.png".to_owned(), "code.unknown".to_owned())];
    wrong.extend(central.wrong_codes()?);
    let kinds: Vec<&str> = wrong.iter().map(|(_, sentence)| sentence.as_str()).collect();
    for kind in [
        "code.unknown",
        "code.web_link",
        "code.payment_code",
        "code.expired",
        "code.unknown_key",
        "code.forged",
        "code.not_on_roster",
        "code.damaged",
        "code.conflict",
    ] {
        ensure!(kinds.contains(&kind), "no picture of {kind}");
    }
    let mut script = Script::new("码不对的同学一个接一个");
    let mut typing = false;
    for (file, code) in &wrong {
        script = script.then(&format!("show = {{ show = \"phone\", pictures = [\"{file}\"] }}"));
        if typing {
            script = script.then("touch = \"返回\"");
        }
        script = script.see(&sentence(code));
        // A code that nothing here knows leads to typing; whoever does not want to type goes back.
        typing = code == "code.unknown";
    }
    let played = kiosk.play("wrong", &script)?.completed()?;
    ensure!(!played.screens().contains(&"identity"), "one of them was let in");
    ensure!(!played.log.contains("panicked"), "something panicked:\n{}", played.log);
    Ok(())
}

fn the_doctor_checks_every_part(kiosk: &Kiosk) -> Result<()> {
    let done = kiosk.run("doctor", &["doctor", "--json"])?;
    let lines: Vec<Value> =
        done.out.lines().map(serde_json::from_str).collect::<Result<_, _>>().context(done.out.clone())?;
    for part in ["camera", "models", "store", "key", "clock", "disk", "server"] {
        let line = lines
            .iter()
            .find(|l| l["part"] == part)
            .with_context(|| format!("nothing about {part}:\n{}", done.out))?;
        ensure!(line["ok"] == true, "{part}: {}", line["found"]);
        ensure!(line["found"].as_str().is_some_and(|f| !f.is_empty()), "{part} says nothing");
    }
    ensure!(done.code == Some(0), "all is well, and it ended with {:?}", done.code);
    Ok(())
}

/// A code with that text, black on white, as a phone shows it.
fn draw(text: &str, file: &Path) -> Result<()> {
    const MODULE: u32 = 8;
    const QUIET: u32 = 4;
    let code = qrcode::QrCode::new(text)?;
    let width = u32::try_from(code.width())?;
    let side = (width + 2 * QUIET) * MODULE;
    let dark = code.to_colors();
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / MODULE).wrapping_sub(QUIET), (y / MODULE).wrapping_sub(QUIET));
        let black = x < width && y < width && dark[(y * width + x) as usize] == qrcode::Color::Dark;
        Luma([if black { 0 } else { 255 }])
    });
    Ok(picture.save(file)?)
}

fn has_a_message_and_no_panic(done: &Finished) -> Result<()> {
    ensure!(!done.log.contains("panicked"), "it panicked:\n{}", done.log);
    ensure!(!done.log.is_empty() || !done.out.is_empty(), "it said nothing");
    Ok(())
}
