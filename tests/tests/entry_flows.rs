//! Flows other than the common visit, with the real kiosk and the real server: a code whose payload is unknown, a student who is
//! not on the roster, a portrait that was made and not submitted, and the end of a day on the staff panel. Scripts supply
//! frames and touches only.

use anyhow::{Result, ensure};
use tests::scenario;
use tests::{Central, Kiosk, Script};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_flow_ends_in_a_receipt_and_leaves_no_personal_data() -> Result<()> {
    let folder = scenario::folder(env!("CARGO_TARGET_TMPDIR"), "entry-flows")?;
    let central = Central::with_new_school(&folder)?;
    let kiosk = Kiosk::enrolled_with(&central)?;

    an_unknown_code_is_bound_by_number_and_birthday(&kiosk)?;
    the_same_code_is_known_afterwards(&kiosk)?;
    a_draft_is_continued_by_its_student(&kiosk)?;
    a_student_not_on_the_roster_is_entered_manually(&kiosk)?;
    staff_closes_the_day_and_the_kiosk_stays_paused(&kiosk, &central)
}

fn an_unknown_code_is_bound_by_number_and_birthday(kiosk: &Kiosk) -> Result<()> {
    let played = kiosk.play("unknown-token", &Script::shipped("unknown-token")?)?.completed()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    ensure!(!played.screens().contains(&"pick-comparing"), "there is no admission photo to compare with");
    for secret in ["欧阳若兮", "170282"] {
        ensure!(!played.log.contains(secret), "the kiosk's log has {secret}");
    }
    Ok(())
}

/// A bound code needs no number, but a visit that has begun asks for the birthday.
fn the_same_code_is_known_afterwards(kiosk: &Kiosk) -> Result<()> {
    let again = Script::new("同一个码第二次出示")
        .then(r#"show = { show = "phone", pictures = ["codes/9.png"] }"#)
        .see("请输入生日的月和日");
    let played = kiosk.play("bound-token", &again)?.completed()?;
    ensure!(!played.screens().contains(&"entry"), "a bound code asked for a number");
    Ok(())
}

fn a_draft_is_continued_by_its_student(kiosk: &Kiosk) -> Result<()> {
    let played = kiosk.play("draft", &Script::shipped("draft")?)?.completed()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    let made = played.screens().iter().filter(|s| **s == "confirm").count();
    ensure!(made == 1, "the draft was made {made} times");
    played.portrait().map(drop)
}

/// School search, manual entry and address in one visit. The typed data lies next to the journal, reaches the server, and is in
/// no log.
fn a_student_not_on_the_roster_is_entered_manually(kiosk: &Kiosk) -> Result<()> {
    let arrived = Script::shipped("by-hand")?.see("已存进本机，也已上传");
    let played = kiosk.play("by-hand", &arrived)?.completed()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    ensure!(played.waiting() == 0, "{} things still wait for the server", played.waiting());
    for screen in ["school", "manual", "address"] {
        ensure!(played.screens().contains(&screen), "{screen} was not shown: {:?}", played.screens());
    }
    for secret in ["990000200501180288", "13800000000", "林夏"] {
        ensure!(!played.log.contains(secret), "the kiosk's log has {secret}");
    }
    played.portrait().map(drop)
}

fn staff_closes_the_day_and_the_kiosk_stays_paused(kiosk: &Kiosk, central: &Central) -> Result<()> {
    let day = Script::shipped("desk")?.with("@PIN@", &central.fact("/staff/pin")?)?;
    let played = kiosk.play("desk", &day)?.completed()?;
    ensure!(played.ended_on() == "paused", "it ended on {}", played.ended_on());
    // Switched off and on again.
    let next = Script::new("重新开机").see("老师午休，下午继续");
    let played = kiosk.play("still-paused", &next)?.completed()?;
    ensure!(played.ended_on() == "paused", "it ended on {}", played.ended_on());
    Ok(())
}
