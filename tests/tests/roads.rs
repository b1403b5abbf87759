//! The roads beside the common visit, over the real kiosk and the real server: a code that nobody can read, a student on no
//! list, a portrait that was made and not handed in, and a day at the staff's desk. Frames and touches only.

use anyhow::{Result, ensure};
use tests::story;
use tests::{Central, Kiosk, Script};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn side_roads_lead_back_and_leave_nothing() -> Result<()> {
    let folder = story::folder(env!("CARGO_TARGET_TMPDIR"), "roads")?;
    let central = Central::found(&folder)?;
    let kiosk = Kiosk::of(&central)?;

    a_code_that_nobody_can_read_is_bound_by_number_and_birthday(&kiosk)?;
    the_same_code_is_known_from_then_on(&kiosk)?;
    a_portrait_that_was_left_waits_for_its_student(&kiosk)?;
    somebody_on_no_list_is_typed_in_and_gets_prints(&kiosk)?;
    staff_closes_the_day_and_the_kiosk_stays_paused(&kiosk, &central)
}

fn a_code_that_nobody_can_read_is_bound_by_number_and_birthday(kiosk: &Kiosk) -> Result<()> {
    let played = kiosk.play("unknown-token", &Script::shipped("unknown-token")?)?.came_true()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    ensure!(!played.screens().contains(&"pick-comparing"), "there is no admission photo to compare with");
    for secret in ["欧阳若兮", "170282"] {
        ensure!(!played.log.contains(secret), "the kiosk's log says {secret}");
    }
    Ok(())
}

/// Nobody types twice; but what has begun asks for the birthday.
fn the_same_code_is_known_from_then_on(kiosk: &Kiosk) -> Result<()> {
    let again = Script::new("同一个码第二次出示")
        .then(r#"show = { show = "phone", pictures = ["codes/9.png"] }"#)
        .see("请输入生日的月和日");
    let played = kiosk.play("bound-token", &again)?.came_true()?;
    ensure!(!played.screens().contains(&"entry"), "a bound code asked for a number");
    Ok(())
}

fn a_portrait_that_was_left_waits_for_its_student(kiosk: &Kiosk) -> Result<()> {
    let played = kiosk.play("draft", &Script::shipped("draft")?)?.came_true()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    let made = played.screens().iter().filter(|s| **s == "confirm").count();
    ensure!(made == 1, "the draft was made {made} times");
    played.portrait().map(drop)
}

/// School search, manual entry and address in one visit. What was typed lies beside the journal, reaches the server, and stands in
/// no log.
fn somebody_on_no_list_is_typed_in_and_gets_prints(kiosk: &Kiosk) -> Result<()> {
    let arrived = Script::shipped("by-hand")?.see("已存进本机，也已上传");
    let played = kiosk.play("by-hand", &arrived)?.came_true()?;
    ensure!(played.ended_on() == "receipt", "it ended on {}", played.ended_on());
    ensure!(played.waiting() == 0, "{} things still wait for the server", played.waiting());
    for screen in ["school", "manual", "address"] {
        ensure!(played.screens().contains(&screen), "{screen} was not shown: {:?}", played.screens());
    }
    for secret in ["990000200501180288", "13800000000", "林夏"] {
        ensure!(!played.log.contains(secret), "the kiosk's log says {secret}");
    }
    played.portrait().map(drop)
}

fn staff_closes_the_day_and_the_kiosk_stays_paused(kiosk: &Kiosk, central: &Central) -> Result<()> {
    let day = Script::shipped("desk")?.with("@PIN@", &central.fact("/staff/pin")?)?;
    let played = kiosk.play("desk", &day)?.came_true()?;
    ensure!(played.ended_on() == "paused", "it ended on {}", played.ended_on());
    // Switched off and on again.
    let next = Script::new("重新开机").see("老师午休，下午继续");
    let played = kiosk.play("still-paused", &next)?.came_true()?;
    ensure!(played.ended_on() == "paused", "it ended on {}", played.ended_on());
    Ok(())
}
