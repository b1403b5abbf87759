//! One student's visit, from the first touch to the review and its result, with the real kiosk, the real server and a real
//! browser; and the same script with a second face in the picture, with another student's code, and without a server.

use anyhow::{Result, ensure};
use std::path::Path;
use std::time::Duration;
use tests::central::Student;
use tests::scenario::{self, sentence};
use tests::{Browser, Central, Kiosk, Played, Script, process, programs};

/// The student of the visit script, and the one of the override script.
const STUDENT: usize = 2;
const OVERRIDDEN: usize = 1;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_ends_on_the_right_sentence_and_comes_back_reviewed() -> Result<()> {
    let folder = scenario::folder(env!("CARGO_TARGET_TMPDIR"), "visit-and-review")?;
    let mut central = Central::with_new_school(&folder)?;
    let kiosk = Kiosk::enrolled_with(&central)?;
    let visit = Script::shipped("visit")?;

    a_second_face_is_not_photographed(&kiosk, &visit)?;
    a_code_of_another_task_or_school_is_refused(&kiosk, &central, &visit)?;
    let common = the_common_visit_takes_six_touches(&kiosk, &visit)?;
    the_portrait_obeys_the_standard(&common)?;
    no_personal_data_is_left_in_the_clear(&kiosk, &common, &central.student(STUDENT)?)?;

    let browser = Browser::open(&folder.join("browser")).await?;
    a_reviewer_signs_in(&browser, &central).await?;
    a_reviewer_rejects_after_looking_at_three_pictures(&browser, &folder).await?;
    the_student_reads_why(&kiosk)?;

    central.kill();
    a_visit_completes_without_the_server(&kiosk, &visit)?;
    an_override_works_without_a_network(&kiosk, &central)?;
    central.start()?;
    everything_is_uploaded_later(&kiosk)?;
    a_reviewer_approves(&browser, &central).await?;
    browser.close().await
}

/// The same script with two people in the picture: the shutter is blocked, and the screen says why.
fn a_second_face_is_not_photographed(kiosk: &Kiosk, visit: &Script) -> Result<()> {
    let two = visit
        .with(
            r#"show = "person", pictures = ["faces/person_b_2.jpg"], zoom = 1.02, y = 0.55, motion = "hand""#,
            r#"show = "people", pictures = ["faces/person_b_2.jpg", "faces/impostor_1.jpg"], zoom = 0.8"#,
        )?
        .until("touch = \"用这一张\"")?
        .see(&sentence("coach.several_faces"))
        .then("touch = \"拍照\"")
        .see(&sentence("check.single_face_present"));
    let played = kiosk.play("second-face", &two)?.completed()?;
    ensure!(played.ended_on() == "pick-blocked", "it ended on {}", played.ended_on());
    Ok(())
}

/// The same script with the code of another task, then of another school: no consent is asked.
fn a_code_of_another_task_or_school_is_refused(
    kiosk: &Kiosk,
    central: &Central,
    visit: &Script,
) -> Result<()> {
    let wrong = central.wrong_codes()?;
    let of = |code: &str| wrong.iter().find(|(_, sentence)| sentence == code).map(|(file, _)| file.clone());
    for code in ["code.other_task", "code.other_school"] {
        let file = of(code).ok_or_else(|| anyhow::anyhow!("the demo has no picture for {code}"))?;
        let other = visit.with("codes/2.png", &file)?.until("see = \"这是你吗\"")?.see(&sentence(code));
        let played = kiosk.play(&code.replace('.', "-"), &other)?.completed()?;
        ensure!(played.ended_on() == "scan-notice", "{code} ended on {}", played.ended_on());
        ensure!(!played.screens().contains(&"identity"), "{code} let somebody in");
    }
    Ok(())
}

fn the_common_visit_takes_six_touches(kiosk: &Kiosk, visit: &Script) -> Result<Played> {
    let arrived = visit.see("已存进本机，也已上传");
    let played = kiosk.play("visit", &arrived)?.completed()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    ensure!(played.touches() <= 6, "it took {} touches", played.touches());
    ensure!(played.waiting() == 0, "{} things still wait for the server", played.waiting());
    Ok(played)
}

fn the_portrait_obeys_the_standard(played: &Played) -> Result<()> {
    let portrait = played.portrait()?;
    let mut command = programs::command("portrait")?;
    command.arg("verify").arg(&portrait).args(["--preset", "chsi", "--background", "blue", "--json"]);
    let done = process::run("verify", command, &played.out, Duration::from_secs(60))?;
    ensure!(done.code == Some(0), "verify says {:?}:\n{}\n{}", done.code, done.out, done.log);
    let bytes = std::fs::read(&portrait)?;
    ensure!((20_480..=40_000).contains(&bytes.len()), "the portrait has {} bytes", bytes.len());
    let picture = image::load_from_memory(&bytes)?;
    ensure!(
        (picture.width(), picture.height()) == (480, 640),
        "it is {}x{}",
        picture.width(),
        picture.height()
    );
    Ok(())
}

/// Neither the log nor any file of the store names the student.
fn no_personal_data_is_left_in_the_clear(kiosk: &Kiosk, played: &Played, student: &Student) -> Result<()> {
    let secrets = [&student.name, &student.unique_number, &student.id_number];
    for secret in secrets {
        ensure!(!played.log.contains(secret.as_str()), "the kiosk's log has {secret}");
    }
    // The start of a JPEG with JFIF, a name, a number: personal data that could be found on the disk.
    let mut traces: Vec<&[u8]> = secrets.iter().map(|s| s.as_bytes()).collect();
    traces.extend([b"\xff\xd8\xff\xe0\x00\x10JFIF".as_slice(), b"SQLite format 3"]);
    let files = kiosk.store_files()?;
    ensure!(!files.is_empty(), "the store has no files");
    for file in files {
        let bytes = std::fs::read(&file)?;
        for trace in &traces {
            let found = bytes.windows(trace.len()).any(|w| w == *trace);
            ensure!(!found, "{} has {:?} in the clear", file.display(), String::from_utf8_lossy(trace));
        }
    }
    Ok(())
}

async fn a_reviewer_signs_in(browser: &Browser, central: &Central) -> Result<()> {
    browser.go(&central.fact("/console")?).await?;
    browser.type_into("login", &central.fact("/reviewers/0/login")?).await?;
    browser.type_into("password", &central.fact("/reviewers/0/password")?).await?;
    browser.follow("form.card button").await?;
    browser.sees("最早交的排在最前面").await
}

async fn a_reviewer_rejects_after_looking_at_three_pictures(browser: &Browser, folder: &Path) -> Result<()> {
    browser.save_screenshot(&folder.join("console-queue.png")).await?;
    browser.follow("#start").await?;
    browser.sees("现场原片").await?;
    let pictures = browser.pictures().await?;
    let names: Vec<&str> = pictures.iter().map(|(alt, _)| alt.as_str()).collect();
    ensure!(names == ["制作好的标准照", "现场拍的原片", "录取照片"], "the page shows {names:?}");
    for (alt, width) in &pictures {
        ensure!(*width > 0, "{alt} did not load");
    }
    browser.save_screenshot(&folder.join("console-review.png")).await?;
    browser.press("label:has(input[value='review.ears_covered'])").await?;
    browser.follow("#reject button").await?;
    browser.sees("都审完了").await
}

/// The same student comes back to 我的任务: the state, the reviewer's reason, and what to do.
fn the_student_reads_why(kiosk: &Kiosk) -> Result<()> {
    let tasks =
        Script::shipped("my-tasks")?.see(&sentence("state.rejected")).see(&sentence("review.ears_covered"));
    let played = kiosk.play("my-tasks", &tasks)?.completed()?;
    ensure!(played.ended_on() == "tasks", "it ended on {}", played.ended_on());
    Ok(())
}

/// The same script by another student: the visit completes, and the receipt says that the portrait is kept on the kiosk.
fn a_visit_completes_without_the_server(kiosk: &Kiosk, visit: &Script) -> Result<()> {
    // This student has no admission photo, so there is no consent to a comparison.
    let other =
        visit.with("codes/2.png", "codes/10.png")?.with("[[step]]\ntouch = \"consent-compare\"\n", "")?;
    let offline = other.see("已存进本机，联网后自动上传");
    let played = kiosk.play("dead-server", &offline)?.completed()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    ensure!(played.waiting() > 0, "a stopped server has received everything");
    the_portrait_obeys_the_standard(&played)
}

/// A blocking check is overridden only by a staff PIN and a reason.
fn an_override_works_without_a_network(kiosk: &Kiosk, central: &Central) -> Result<()> {
    let visit = Script::shipped("override")?.with("@PIN@", &central.fact("/staff/pin")?)?;
    let played = kiosk.play("override", &visit)?.completed()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    the_portrait_obeys_the_standard(&played)?;
    no_personal_data_is_left_in_the_clear(kiosk, &played, &central.student(OVERRIDDEN)?)
}

/// The queue is uploaded without any action once the server is back.
fn everything_is_uploaded_later(kiosk: &Kiosk) -> Result<()> {
    let idle = Script::new("联网以后").then("show = { show = \"empty\" }").then("pause = 4");
    let played = kiosk.play("back-online", &idle)?.completed()?;
    ensure!(played.waiting() == 0, "{} things still wait for the server", played.waiting());
    Ok(())
}

async fn a_reviewer_approves(browser: &Browser, central: &Central) -> Result<()> {
    browser.go(&central.fact("/console")?).await?;
    browser.sees("待审核 2").await?;
    browser.follow("#start").await?;
    // Each decision opens the next submission.
    browser.follow("#approve button").await?;
    browser.follow("#approve button").await?;
    browser.sees("都审完了").await?;
    browser.go(&format!("{}/history", central.fact("/console")?)).await?;
    browser.sees("未通过：耳朵被挡").await
}
