//! What the panel knows of the traffic with the server, and the button that wakes it.

use super::*;
use crate::panel_facts::{Board, DayEnd};

fn on_duty() -> StaffPanel {
    let mut panel = StaffPanel::new(Timings::default());
    panel.step(Input::Touch(Touch::StaffDoor));
    let PanelStage::Pin(pin) = &mut panel.stage else { panic!("the PIN is asked for") };
    pin.checking = true;
    let staff = StaffId::new("zhou").expect("a slug");
    let ticket = panel.ticket();
    panel.step(Input::Reply(ticket, Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() })));
    panel
}

#[test]
fn the_button_asks_for_a_round_on_both_pages_that_show_it_and_nowhere_else() {
    let mut panel = on_duty();
    assert!(panel.step(Input::Touch(Touch::SyncNow)).is_empty(), "the board has no such button");
    for (page, reply) in [
        (PanelPage::Queue, Reply::Board(Box::<Board>::default())),
        (PanelPage::DayEnd, Reply::DayEnd(DayEnd::default())),
    ] {
        panel.step(Input::Touch(Touch::Panel(page)));
        assert_eq!(panel.step(Input::Touch(Touch::SyncNow)), [Request::Ui(UiRequest::SyncNow)]);
        let ticket = panel.ticket();
        panel.step(Input::Reply(ticket, reply));
        assert_eq!(panel.step(Input::Touch(Touch::SyncNow)), [Request::Ui(UiRequest::SyncNow)]);
        panel.step(Input::Touch(Touch::Back));
    }
}

#[test]
fn what_stops_the_traffic_is_known_before_and_after_staff_stand_here() {
    let mut panel = StaffPanel::new(Timings::default());
    assert_eq!(panel.trouble(), Some(codes::PANEL_QUEUE_TRYING), "nothing is claimed before it is known");
    let held = vec![Sentence::with(codes::PANEL_HELD_PICTURE, "number", "K7-0012".into())];
    panel.traffic_reported(Some(codes::SERVER_DEVICE_REVOKED), held.clone());
    panel.step(Input::Touch(Touch::StaffDoor));
    panel.step(Input::Touch(Touch::Exit));
    assert_eq!((panel.trouble(), panel.held()), (Some(codes::SERVER_DEVICE_REVOKED), held.as_slice()));
    panel.traffic_reported(None, Vec::new());
    assert_eq!((panel.trouble(), panel.held().len()), (None, 0));
}
