//! Measures how long one repaint takes with a live preview: the UI row of `make bench`.
//!
//! `cargo run --release -p ui --example beat` prints one JSON line a screen; the preview changes every frame.

use headless::Headless;
use slint::{ComponentHandle as _, Image, ModelRc, Rgb8Pixel, SharedPixelBuffer, SharedString, VecModel};
use ui::*;

/// A moving ramp: no two frames are equal.
fn frame((width, height): (u32, u32), number: usize) -> Image {
    let mut buffer = SharedPixelBuffer::<Rgb8Pixel>::new(width, height);
    for (i, pixel) in buffer.make_mut_slice().iter_mut().enumerate() {
        let grey = u8::try_from((i + number * 7) % 256).unwrap_or(0);
        *pixel = Rgb8Pixel::new(grey, grey, grey);
    }
    Image::from_rgb8(buffer)
}

fn beat(name: &str, screen: &mut Headless, mut change: impl FnMut(usize)) {
    let mut times = Vec::new();
    for number in 0..120 {
        change(number);
        times.push(screen.draw().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{{\"screen\":\"{name}\",\"median_ms\":{:.2},\"p95_ms\":{:.2}}}",
        times[times.len() / 2],
        times[times.len() * 95 / 100]
    );
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut screen = Headless::install(1080, 1920)?;
    let app = AppWindow::new()?;
    app.show()?;

    let frames: Vec<Image> = (0..4).map(|n| frame(size::SCAN, n)).collect();
    app.set_screen(Screen::Scan);
    let scan = app.global::<ScanView<'_>>();
    beat("scan", &mut screen, |n| scan.set_preview(frames[n % 4].clone()));
    scan.set_found(true);
    scan.set_toast("看到采集码了，请稍停一下".into());
    scan.set_corners(Quad {
        x0: 300.0,
        y0: 300.0,
        x1: 700.0,
        y1: 310.0,
        x2: 690.0,
        y2: 700.0,
        x3: 310.0,
        y3: 690.0,
    });
    beat("scan-found", &mut screen, |n| scan.set_preview(frames[n % 4].clone()));

    let frames: Vec<Image> = (0..4).map(|n| frame(size::CAPTURE, n)).collect();
    app.set_screen(Screen::Capture);
    let capture = app.global::<CaptureView<'_>>();
    let (oval, framing) = (standard::framing::OVAL, app.global::<Framing<'_>>());
    framing.set_centre_x(oval.centre.0);
    framing.set_centre_y(oval.centre.1);
    framing.set_radius_x(oval.radii.0);
    framing.set_radius_y(oval.radii.1);
    capture.set_instruction("往左一点".into());
    capture.set_arrow(Arrow::Left);
    beat("capture-coach", &mut screen, |n| capture.set_preview(frames[n % 4].clone()));
    capture.set_holding(true);
    beat("capture-hold", &mut screen, |n| {
        capture.set_preview(frames[n % 4].clone());
        capture.set_hold(u16::try_from(n).map_or(0.0, f32::from) / 120.0);
    });

    app.set_screen(Screen::School);
    let (school, keyboard) = (app.global::<SchoolView<'_>>(), app.global::<KeyboardView<'_>>());
    let words = |text: &[&str]| -> ModelRc<SharedString> {
        ModelRc::new(VecModel::from(text.iter().map(|w| SharedString::from(*w)).collect::<Vec<_>>()))
    };
    let rows = ["青屿大学", "青屿师范学院", "云州庆余职业技术学院"];
    let rows = rows.map(|name| SchoolRow { after: name.into(), ..SchoolRow::default() });
    school.set_rows(ModelRc::new(VecModel::from(rows.to_vec())));
    // A key in every frame, which is faster than anybody types.
    beat("typing", &mut screen, |n| {
        school.set_typed("qingyudaxue".get(..n % 12).unwrap_or_default().into());
        keyboard.set_bar(words(if n % 2 == 0 {
            &["青屿", "庆余", "轻语"]
        } else {
            &["情", "清", "青", "轻"]
        }));
    });
    keyboard.set_sheet(words(&["青"; 24]));
    beat("typing-sheet", &mut screen, |n| keyboard.set_sheet_open(n % 2 == 0));
    Ok(())
}
