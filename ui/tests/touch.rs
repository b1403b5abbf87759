//! What scripts rely on: every touchable element is found by its id, once, and reports its touch to the app.

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use slint::platform::PointerEventButton;
use slint::{ComponentHandle as _, ModelRc, VecModel};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use ui::*;

fn window() -> AppWindow {
    i_slint_backend_testing::init_no_event_loop();
    let app = AppWindow::new().expect("the testing backend opens a window");
    app.window().set_size(slint::LogicalSize::new(1080.0, 1920.0));
    app.show().expect("the testing backend shows a window");
    app
}

fn touchables(app: &AppWindow) -> Vec<ElementHandle> {
    let mut seen = BTreeSet::new();
    ElementQuery::from_root(app)
        .match_descendants()
        .match_predicate(|e| {
            matches!(
                e.accessible_role(),
                Some(AccessibleRole::Button | AccessibleRole::Checkbox | AccessibleRole::RadioButton)
            )
        })
        .find_all()
        .into_iter()
        // A component's root is listed as itself and as its use: the same place, one element.
        .filter(|e| {
            let at = e.absolute_position();
            seen.insert(format!("{:?} {} {}", e.accessible_id(), at.x, at.y))
        })
        .collect()
}

fn by_id(app: &AppWindow, id: &str) -> ElementHandle {
    let mut found: Vec<_> =
        touchables(app).into_iter().filter(|e| e.accessible_id().as_deref() == Some(id)).collect();
    assert_eq!(found.len(), 1, "{id} is there once");
    found.remove(0)
}

fn touch(app: &AppWindow, id: &str) {
    by_id(app, id).mock_single_click(PointerEventButton::Left);
}

#[test]
fn every_touchable_of_every_screen_has_one_id_and_a_label() {
    let app = window();
    app.global::<PickView<'_>>().set_frames(ModelRc::new(VecModel::from(vec![PickFrame::default(); 3])));
    app.global::<StaffView<'_>>().set_reasons(ModelRc::new(VecModel::from(vec!["甲".into(), "乙".into()])));
    app.global::<TasksView<'_>>().set_can_unbind(true);
    app.global::<StaffView<'_>>().set_decline_words("还是重拍".into());
    app.global::<NumberEntryView<'_>>().set_other("换一种方式".into());
    let panel = app.global::<StaffPanelView<'_>>();
    let tool = PanelTool { id: "panel-find".into(), label: "找学生".into(), ..PanelTool::default() };
    panel.set_tools(ModelRc::new(VecModel::from(vec![tool])));
    let row = PanelRow { title: "林*夏".into(), leads: true, ..PanelRow::default() };
    panel.set_rows(ModelRc::new(VecModel::from(vec![row.clone(), row])));
    let act =
        PanelAct { id: "panel-pause".into(), label: "暂停采集".into(), enabled: true, primary: false };
    panel.set_acts(ModelRc::new(VecModel::from(vec![act])));
    let card =
        TaskCard {
            refused: true, can_retake: true, retake_words: "重新拍摄".into(), ..TaskCard::default()
        };
    app.global::<TasksView<'_>>().set_tasks(ModelRc::new(VecModel::from(vec![card.clone(), card])));
    app.global::<SentenceView<'_>>().set_primary("再扫一次".into());
    app.global::<SentenceView<'_>>().set_secondary("请老师帮忙".into());
    let rows = vec![SchoolRow { after: "青屿大学".into(), ..SchoolRow::default() }; 2];
    app.global::<SchoolView<'_>>().set_rows(ModelRc::new(VecModel::from(rows)));
    app.global::<KeyboardView<'_>>().set_done("打开".into());
    app.global::<AskView<'_>>()
        .set_choices(ModelRc::new(VecModel::from(vec!["护照".into(), "身份证".into()])));
    app.global::<AskView<'_>>().set_other("以后再填".into());
    for (screen, least) in [
        (Screen::Scan, 3),
        (Screen::Help, 2),
        (Screen::NumberEntry, 14),
        (Screen::SecondFactor, 12),
        (Screen::ConfirmIdentity, 5),
        (Screen::Capture, 1),
        (Screen::Pick, 4),
        (Screen::Result, 3),
        (Screen::Receipt, 1),
        (Screen::Tasks, 5),
        (Screen::Sentence, 2),
        (Screen::CameraLost, 1),
        (Screen::StaffPin, 12),
        (Screen::StaffReason, 4),
        (Screen::Who, 2),
        (Screen::StaffPanel, 4),
        (Screen::School, 38),
        (Screen::Ask, 3),
    ] {
        app.set_screen(screen);
        let mut ids = BTreeSet::new();
        for element in touchables(&app) {
            let id = element.accessible_id().unwrap_or_default();
            assert!(!id.is_empty(), "{screen:?}: a touchable without an id");
            assert!(
                element.accessible_label().is_some_and(|l| !l.is_empty()),
                "{screen:?}: {id} has no label"
            );
            assert!(ids.insert(id.clone()), "{screen:?}: {id} twice");
        }
        assert!(ids.len() >= least + 4, "{screen:?} has only {ids:?}");
    }
}

#[test]
fn the_begin_button_waits_for_the_required_consents() {
    let app = window();
    app.set_screen(Screen::ConfirmIdentity);
    let view = app.global::<IdentityView<'_>>();
    let begun = Rc::new(Cell::new(0));
    let count = Rc::clone(&begun);
    view.on_confirm(move || count.set(count.get() + 1));
    let weak = app.as_weak();
    view.on_toggle_service(move || {
        let app = weak.upgrade().expect("the window outlives its callbacks");
        let view = app.global::<IdentityView<'_>>();
        view.set_service_agreed(!view.get_service_agreed());
    });

    touch(&app, "identity-confirm");
    assert_eq!(begun.get(), 0, "unticked, it does not begin");
    assert_eq!(by_id(&app, "identity-confirm").accessible_enabled(), Some(false));
    touch(&app, "consent-service");
    assert_eq!(by_id(&app, "consent-service").accessible_checked(), Some(true));
    touch(&app, "identity-confirm");
    assert_eq!(begun.get(), 0, "one of two is not enough");
    view.set_compare_agreed(true);
    touch(&app, "identity-confirm");
    assert_eq!(begun.get(), 1);
    assert_eq!(by_id(&app, "identity-confirm").accessible_label().as_deref(), Some("是我，开始"));
}

#[test]
fn the_keypad_types_digits_and_nothing_while_locked() {
    let app = window();
    app.set_screen(Screen::StaffPin);
    let view = app.global::<StaffView<'_>>();
    let typed = Rc::new(RefCell::new(String::new()));
    let keys = Rc::clone(&typed);
    view.on_digit(move |d| keys.borrow_mut().push_str(&d));
    for key in ["key-1", "key-9", "key-0", "key-5"] {
        touch(&app, key);
    }
    assert_eq!(*typed.borrow(), "1905");
    view.set_enabled(false);
    touch(&app, "key-7");
    assert_eq!(*typed.borrow(), "1905");
}

#[test]
fn five_touches_on_the_mark_open_the_staff_door_and_every_touch_is_seen() {
    let app = window();
    let opened = Rc::new(Cell::new(0));
    let seen = Rc::new(Cell::new(0));
    let chrome = app.global::<Chrome<'_>>();
    let (o, s) = (Rc::clone(&opened), Rc::clone(&seen));
    chrome.on_staff_gesture(move || o.set(o.get() + 1));
    chrome.on_touched(move || s.set(s.get() + 1));
    for _ in 0..4 {
        touch(&app, "mark");
    }
    assert_eq!(opened.get(), 0);
    touch(&app, "mark");
    assert_eq!(opened.get(), 1);
    i_slint_backend_testing::mock_elapsed_time(std::time::Duration::from_millis(10));
    assert!(seen.get() > 0, "touches on buttons restart the idle clock too");
}

#[test]
fn the_idle_cover_takes_every_touch() {
    let app = window();
    app.set_screen(Screen::Receipt);
    let done = Rc::new(Cell::new(false));
    let flag = Rc::clone(&done);
    app.global::<ReceiptView<'_>>().on_done(move || flag.set(true));
    app.global::<IdleView<'_>>().set_shown(true);
    touch(&app, "receipt-done");
    assert!(!done.get(), "what is covered cannot be touched");
}
