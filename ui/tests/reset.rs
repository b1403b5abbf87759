//! A global that is reset holds what it held in a new window: the generated Rust has the defaults of the `.slint` files.

use slint::{ComponentHandle as _, Model as _};
use ui::*;

macro_rules! properties {
    ($($global:ident $name:ident $kind:ident $set:ident $get:ident;)*) => {
        /// Every property of every global, with its value.
        fn values(app: &AppWindow) -> Vec<String> {
            vec![$( format!("{}.{} {:?}", stringify!($global), stringify!($name), app.global::<$global<'_>>().$get()) ),*]
        }

        fn reset(app: &AppWindow) {
            $( app.global::<$global<'_>>().reset(); )*
        }
    };
}

ui::each_property!(properties);

#[test]
fn resetting_restores_the_values_of_a_new_window() {
    i_slint_backend_testing::init_no_event_loop();
    let app = AppWindow::new().expect("the testing backend opens a window");
    let new = values(&app);
    reset(&app);
    assert_eq!(values(&app), new, "the defaults are those of the .slint files");

    let (pick, ask) = (app.global::<PickView<'_>>(), app.global::<AskView<'_>>());
    pick.set_quota_day(9);
    pick.set_background_colour(slint::Color::from_rgb_u8(1, 2, 3));
    ask.set_typed("990000200403121237".into());
    ask.set_choices(slint::ModelRc::from([slint::SharedString::from("护照")]));
    assert_ne!(values(&app), new);
    reset(&app);
    assert_eq!(values(&app), new);
    assert_eq!(ask.get_choices().row_count(), 0);
}
