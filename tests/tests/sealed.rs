//! The programs call nobody but their server and leave nothing outside their folders: seen in a namespace with nothing but
//! loopback, with a name server that writes down what it is asked.

use anyhow::{Context as _, Result, ensure};
use std::path::Path;
use std::time::{Duration, Instant};
use tests::scenario;
use tests::sealed::{self, Watch};
use tests::{Central, Kiosk, Script, process, programs};

/// ONNX Runtime's telemetry waits about nine seconds after the library is loaded before it looks a host up; seconds.
const LATEST_CALL: u32 = 14;
/// Longest run of a tool.
const TOOL: Duration = Duration::from_secs(120);
/// Pictures of the run that tells how long one picture takes.
const SAMPLE: u32 = 4;

#[test]
fn programs_call_nobody_but_their_server_and_leave_nothing_behind() -> Result<()> {
    let folder = scenario::folder(env!("CARGO_TARGET_TMPDIR"), "sealed")?;
    sealed::run_inside("inside_a_namespace", &folder)
}

#[test]
#[ignore = "started by the test above, in a namespace of its own"]
fn inside_a_namespace() -> Result<()> {
    let folder = sealed::folder().context("only inside")?;
    let watch = Watch::begin(&folder)?;
    the_tools_work(&folder)?;
    watch.nothing_left_the_programs()?;
    a_visit_is_played(&folder)?;
    watch.nothing_left_the_programs()
}

/// `portrait` is kept at work until its library would have called somebody.
fn the_tools_work(folder: &Path) -> Result<()> {
    let begun = Instant::now();
    batch(folder, "sample", SAMPLE)?;
    let each = (begun.elapsed() / SAMPLE).as_millis().max(1);
    batch(folder, "long", u32::try_from(u128::from(LATEST_CALL) * 1000 / each)? + SAMPLE)?;
    let mut scan = programs::command("scan")?;
    scan.arg(folder.join("long/0.jpg")).arg("--json");
    process::run("scan", scan, &folder.join("logs"), TOOL).map(drop)
}

fn batch(folder: &Path, name: &str, count: u32) -> Result<()> {
    let pictures = folder.join(name);
    std::fs::create_dir(&pictures)?;
    for number in 0..count {
        std::fs::copy(programs::faces()?.join("person_b_2.jpg"), pictures.join(format!("{number}.jpg")))?;
    }
    let mut portrait = programs::command("portrait")?;
    portrait.arg("batch").arg(&pictures).args(["--preset", "chsi", "--background", "blue"]);
    portrait.arg("--output").arg(folder.join(format!("{name}-made")));
    let done = process::run(name, portrait, &folder.join("logs"), TOOL)?;
    ensure!(done.code == Some(0), "portrait batch ended with {:?}:\n{}", done.code, done.log);
    Ok(())
}

/// The common visit, after which the kiosk goes on until its library would have called somebody.
fn a_visit_is_played(folder: &Path) -> Result<()> {
    let state = folder.join("demo");
    std::fs::create_dir(&state)?;
    let central = Central::with_new_school(&state)?;
    let visit = Script::shipped("visit")?.see("已存进本机，也已上传").then(&format!("pause = {LATEST_CALL}"));
    Kiosk::enrolled_with(&central)?.play("visit", &visit)?.completed().map(drop)
}
