//! From the button on the screen to the traffic.

use crate::app::end_tests::Kiosk;
use crate::records::Job;
use headless::Headless;
use slint::{ComponentHandle as _, Model as _};
use std::time::Duration;
use sync::SyncHandle;
use ui::StaffPanelView;
use visit::{Input, Keystroke, PanelPage, PinOutcome, Reply, Touch};

fn sign_in(kiosk: &Kiosk) {
    kiosk.pass(1);
    kiosk.touch(&[Touch::StaffDoor]);
    let digits: Vec<Touch> = (1..=6).map(|d| Touch::Key(Keystroke::Digit(d))).collect();
    kiosk.touch(&digits);
    let asked = kiosk.asked.try_iter().filter_map(|ask| match ask.job {
        Job::Staff(asked) => Some(asked.ticket),
        Job::Records(..) | Job::Journal(..) | Job::Forget => None,
    });
    let ticket = asked.last().expect("the PIN is checked");
    let staff = collection::StaffId::new("zhou").expect("a slug");
    kiosk.put(Input::Reply(ticket, Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() })));
    assert_eq!(kiosk.app.screen_name(), "panel-board");
}

#[test]
fn the_sync_button_of_the_staff_panel_begins_a_round() {
    let _screen = Headless::install(1080, 1920).expect("the only platform of this process");
    let kiosk = Kiosk::new();
    sign_in(&kiosk);
    kiosk.touch(&[Touch::Panel(PanelPage::Queue)]);
    let mut traffic = kiosk.traffic.clone();
    // The kiosk is not enrolled, so the traffic waits, and nothing but a wake-up changes its status.
    let changes = |traffic: &mut SyncHandle, within| {
        kiosk.runtime.block_on(async { tokio::time::timeout(within, traffic.changed()).await }).is_ok()
    };
    while traffic.status().link != sync::Link::Unenrolled || changes(&mut traffic, Duration::from_millis(300))
    {
    }

    let view = kiosk.app.window().global::<StaffPanelView<'_>>();
    let button = view.get_acts().iter().position(|act| act.id == "panel-sync").expect("the button is shown");
    view.invoke_act(i32::try_from(button).expect("a position"));
    kiosk.app.turn();
    assert!(changes(&mut traffic, Duration::from_secs(10)), "the traffic slept on");
}
