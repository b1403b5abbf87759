//! The command line that scripts depend on.

use assert_cmd::Command;
use image::{GrayImage, Luma};
use qrcode::{Color, QrCode};
use serde_json::Value;

fn scan(args: &[&str]) -> (i32, Vec<Value>) {
    let output = Command::cargo_bin("scan").expect("built").arg("--json").args(args).output().expect("runs");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let parsed = lines.lines().map(|line| serde_json::from_str(line).expect("one JSON object a line"));
    (output.status.code().expect("an exit code"), parsed.collect())
}

#[test]
fn exit_codes_and_lines_are_as_documented() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = |name: &str| dir.path().join(name).display().to_string();
    let code = QrCode::new(b"\xff\x00binary").expect("a code");
    let (width, colors) = (code.width() as u32, code.to_colors());
    let picture = GrayImage::from_fn((width + 8) * 5, (width + 8) * 5, |x, y| {
        let (x, y) = ((x / 5).wrapping_sub(4), (y / 5).wrapping_sub(4));
        let dark = x < width && y < width && colors[(y * width + x) as usize] == Color::Dark;
        Luma([if dark { 0 } else { 255 }])
    });
    picture.save(path("code.png")).expect("saved");
    GrayImage::from_pixel(90, 90, Luma([255])).save(path("blank.png")).expect("saved");
    std::fs::write(path("text.png"), "no picture").expect("saved");

    let (exit, lines) = scan(&[&path("code.png")]);
    assert_eq!((exit, lines.len()), (0, 1));
    assert_eq!(lines[0]["bytes_base64"][0], "/wBiaW5hcnk=");
    assert_eq!(lines[0]["texts"], serde_json::json!([null]));
    assert!(lines[0]["millis"].as_f64().is_some() && lines[0].get("error").is_none());

    let (exit, lines) = scan(&[&path("code.png"), &path("blank.png"), "--mode", "live"]);
    assert_eq!((exit, lines.len()), (1, 2));
    assert_eq!(lines[1]["texts"], serde_json::json!([]));

    let (exit, lines) = scan(&[&path("blank.png"), &path("text.png"), &path("missing.png")]);
    assert_eq!((exit, lines.len()), (2, 3));
    assert_eq!(lines[1]["error"], "scan.not_a_picture");
    assert_eq!(lines[2]["error"], "scan.file_unreadable");
    assert!(lines[2]["reason"].as_str().is_some_and(|reason| reason.contains("missing.png")));
}
