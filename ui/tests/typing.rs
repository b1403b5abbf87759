//! Typing: every key reports its name, a disabled key says what is missing, and everything is large enough for a finger.

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use slint::platform::PointerEventButton;
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use ui::*;

/// The least side of a target, design pixels (15.9 mm).
const TARGET: f32 = 64.0;

fn window() -> AppWindow {
    i_slint_backend_testing::init_no_event_loop();
    let app = AppWindow::new().expect("the testing backend opens a window");
    app.window().set_size(slint::LogicalSize::new(1080.0, 1920.0));
    app.show().expect("the testing backend shows a window");
    app
}

fn words(items: &[&str]) -> ModelRc<SharedString> {
    ModelRc::new(VecModel::from(items.iter().map(|s| SharedString::from(*s)).collect::<Vec<_>>()))
}

fn touchables(app: &AppWindow) -> BTreeMap<String, ElementHandle> {
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
        .filter_map(|e| Some((e.accessible_id()?.to_string(), e)))
        .collect()
}

fn touch(app: &AppWindow, id: &str) {
    let all = touchables(app);
    let key = all.get(id).unwrap_or_else(|| panic!("{id} is not among {:?}", all.keys()));
    key.mock_single_click(PointerEventButton::Left);
}

/// The names of the keys that were touched.
fn reported_keys(app: &AppWindow) -> Rc<RefCell<Vec<String>>> {
    let names = Rc::new(RefCell::new(Vec::new()));
    let n = Rc::clone(&names);
    app.global::<KeyboardView<'_>>().on_key(move |name| n.borrow_mut().push(name.into()));
    names
}

#[test]
fn every_letter_and_every_sign_reports_its_name() {
    let app = window();
    app.set_screen(Screen::School);
    let view = app.global::<KeyboardView<'_>>();
    view.set_done("打开".into());
    view.set_done_enabled(true);
    let names = reported_keys(&app);
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let functions = ["divide", "backspace", "digits", "language", "space", "done"].map(String::from);
    let mut wanted: Vec<String> = letters.into_iter().chain(functions).collect();
    for name in &wanted {
        touch(&app, &format!("key-{name}"));
    }
    view.set_plane(KeyPlane::Digits);
    let signs: Vec<String> = "1234567890-/#()·,.、号楼栋室层路街".chars().map(String::from).collect();
    for name in signs.iter().chain([&"clear".to_owned()]) {
        touch(&app, &format!("key-{name}"));
        wanted.push(name.clone());
    }
    view.set_plane(KeyPlane::Latin);
    touch(&app, "key-shift");
    wanted.push("shift".into());
    assert_eq!(*names.borrow(), wanted);
}

#[test]
fn capitals_are_seen_on_the_keys_and_their_names_stay() {
    let app = window();
    app.set_screen(Screen::School);
    let view = app.global::<KeyboardView<'_>>();
    view.set_plane(KeyPlane::Latin);
    view.set_capital(true);
    assert_eq!(touchables(&app)["key-q"].accessible_label().as_deref(), Some("Q"));
    let names = reported_keys(&app);
    touch(&app, "key-q");
    assert_eq!(*names.borrow(), ["q"]);
}

#[test]
fn candidates_are_chosen_from_the_bar_and_from_the_sheet() {
    let app = window();
    app.set_screen(Screen::School);
    let view = app.global::<KeyboardView<'_>>();
    view.set_bar(words(&["青屿", "庆余"]));
    view.set_sheet(words(&["青屿"; 24]));
    view.set_more(true);
    view.set_pages(3);
    let chosen = Rc::new(RefCell::new(Vec::new()));
    let c = Rc::clone(&chosen);
    view.on_choose(move |n| c.borrow_mut().push(n));
    touch(&app, "candidate-2");
    let names = reported_keys(&app);
    touch(&app, "key-sheet");
    view.set_sheet_open(true);
    touch(&app, "candidate-24");
    touch(&app, "key-page-next");
    assert!(!touchables(&app).contains_key("key-q"), "the sheet covers the letters");
    assert_eq!(*chosen.borrow(), [1, 23]);
    assert_eq!(*names.borrow(), ["sheet", "page-next"]);
}

#[test]
fn a_disabled_key_says_what_is_missing() {
    let app = window();
    app.set_screen(Screen::Ask);
    let (view, board) = (app.global::<AskView<'_>>(), app.global::<KeyboardView<'_>>());
    view.set_kind(AskKind::Write);
    board.set_done("输入后继续".into());
    board.set_done_enabled(false);
    let names = reported_keys(&app);
    touch(&app, "key-done");
    assert!(names.borrow().is_empty(), "a disabled key does nothing");
    let done = &touchables(&app)["key-done"];
    assert_eq!(done.accessible_label().as_deref(), Some("输入后继续"));
    assert_eq!(done.accessible_enabled(), Some(false));
    view.set_kind(AskKind::Digits);
    view.set_go_words("输入后继续".into());
    view.set_letter_x(true);
    let go = &touchables(&app)["ask-go-on"];
    assert_eq!(
        (go.accessible_label().as_deref(), go.accessible_enabled()),
        (Some("输入后继续"), Some(false))
    );
    assert_eq!(touchables(&app)["key-x"].accessible_enabled(), Some(false), "X waits for the 18th place");
}

#[test]
fn a_school_is_touched_compared_and_taken() {
    let app = window();
    app.set_screen(Screen::School);
    let view = app.global::<SchoolView<'_>>();
    let row = |hit: &str| SchoolRow { hit: hit.into(), ..SchoolRow::default() };
    view.set_rows(ModelRc::new(VecModel::from(vec![row("青屿"), row("庆余")])));
    view.set_typed("qingyu".into());
    let reported = Rc::new(RefCell::new(Vec::new()));
    let t = Rc::clone(&reported);
    view.on_choose_row(move |n| t.borrow_mut().push(format!("row {n}")));
    let t = Rc::clone(&reported);
    view.on_choose_tab(move |n| t.borrow_mut().push(format!("tab {n}")));
    let t = Rc::clone(&reported);
    view.on_clear(move || t.borrow_mut().push("clear".into()));
    let t = Rc::clone(&reported);
    view.on_mine(move || t.borrow_mut().push("mine".into()));
    let t = Rc::clone(&reported);
    view.on_other(move || t.borrow_mut().push("other".into()));
    for id in ["school-tab-3", "school-clear", "school-row-2"] {
        touch(&app, id);
    }
    view.set_chosen(true);
    touch(&app, "school-mine");
    touch(&app, "school-other");
    assert_eq!(*reported.borrow(), ["tab 2", "clear", "row 1", "mine", "other"]);
}

#[test]
fn every_target_is_large_enough_for_a_finger() {
    let app = window();
    for (width, height) in [(1080.0, 1920.0), (1920.0, 1080.0), (1707.0, 1067.0)] {
        app.window().set_size(slint::LogicalSize::new(width, height));
        let board = app.global::<KeyboardView<'_>>();
        board.set_bar(words(&["一", "林知夏"]));
        board.set_more(true);
        app.global::<AskView<'_>>().set_choices(words(&["北京市", "积石山保安族东乡族撒拉族自治县"]));
        app.global::<AskView<'_>>().set_other("以后再填".into());
        app.global::<AskView<'_>>().set_typed("林".into());
        for (screen, kind) in [
            (Screen::School, AskKind::Choose),
            (Screen::Ask, AskKind::Choose),
            (Screen::Ask, AskKind::Digits),
            (Screen::Ask, AskKind::Write),
            (Screen::Ask, AskKind::Check),
        ] {
            app.global::<AskView<'_>>().set_kind(kind);
            app.set_screen(screen);
            for (id, element) in touchables(&app) {
                let size = element.size();
                assert!(
                    size.width >= TARGET && size.height >= TARGET,
                    "{screen:?} {kind:?} at {width}: {id} is {} x {}",
                    size.width,
                    size.height
                );
                let at = element.absolute_position();
                assert!(
                    at.x >= 0.0 && at.x + size.width <= width + 0.5,
                    "{screen:?} {kind:?} at {width}: {id} is partly outside the screen"
                );
            }
        }
    }
}
