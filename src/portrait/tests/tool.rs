//! The `portrait` tool on real pictures, as a script would call it.
//!
//! The pictures are the licence-clean ones that `make models` fetches. Without them these tests fail: a test that is skipped
//! in silence guards nothing.

use image::{Rgb, RgbImage};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;

fn cache() -> PathBuf {
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/cache");
    let whole = cache.join("modnet_8bit.onnx").is_file() && cache.join("demo/person_a_2.jpg").is_file();
    assert!(whole, "models or demo pictures are missing in models/cache: run `make models`");
    cache
}

fn demo(name: &str) -> PathBuf {
    cache().join("demo").join(name)
}

fn run(args: &[&str]) -> Output {
    assert_cmd::Command::new(env!("CARGO_BIN_EXE_portrait"))
        .args(args)
        .env("KIOSK_MODELS", cache())
        .output()
        .expect("the tool was built for this test")
}

/// Exit code and JSON objects of a call.
fn json(args: &[&str]) -> (i32, Vec<Value>) {
    let out = run(args);
    let text = String::from_utf8(out.stdout).expect("JSON is UTF-8");
    let lines = text.lines().map(|l| serde_json::from_str(l).expect("one JSON object a line")).collect();
    (out.status.code().expect("was not killed"), lines)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}

fn check<'a>(report: &'a Value, name: &str) -> &'a Value {
    let list = report["checks"].as_array().expect("a list of checks");
    list.iter().find(|c| c["name"] == name).unwrap_or_else(|| panic!("no {name} in {report}"))
}

#[test]
fn a_made_portrait_is_accepted_by_verify_and_carries_no_metadata() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, background) in
        [("person_a_2.jpg", "blue"), ("person_b_1.jpg", "white"), ("astronaut.png", "grey")]
    {
        let out = folder.path().join(format!("{name}.jpg"));
        let input = demo(name);
        let (code, made) =
            json(&["make", text(&input), "--background", background, "-o", text(&out), "--json"]);
        assert_eq!(code, 0, "{made:?}");
        let (code, seen) = json(&["verify", text(&out), "--background", background, "--json"]);
        assert_eq!(code, 0, "{seen:?}");
        let bytes = std::fs::read(&out).expect("was just written");
        assert!((20_480..=40_000).contains(&bytes.len()));
        assert_eq!(&bytes[6..11], b"JFIF\0");
        assert_eq!((bytes[13], &bytes[14..18]), (1, [1, 44, 1, 44].as_slice()), "300 dpi");
        assert!(!bytes.windows(4).any(|w| w == b"Exif"));
        let corner = portrait::decode(&bytes).expect("a JPEG").get_pixel(3, 3).0;
        let wanted = match background {
            "blue" => [100, 197, 255],
            "white" => [255; 3],
            _ => [240; 3],
        };
        assert!(corner.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 2), "{corner:?}");
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = demo("person_b_2.jpg");
    let files = ["a.jpg", "b.jpg"].map(|name| {
        let out = folder.path().join(name);
        assert_eq!(json(&["make", text(&input), "-o", text(&out), "--json"]).0, 0);
        std::fs::read(out).expect("was just written")
    });
    assert_eq!(files[0], files[1]);
}

#[test]
fn a_portrait_on_another_background_or_moved_or_mirrored_in_bytes_is_not_accepted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, out) = (demo("person_a_2.jpg"), folder.path().join("p.jpg"));
    assert_eq!(json(&["make", text(&input), "-o", text(&out), "--json"]).0, 0);
    let (code, seen) = json(&["verify", text(&out), "--background", "white", "--json"]);
    assert_eq!((code, &check(&seen[0], "BackgroundColour")["verdict"]), (1, &Value::from("block")));
    let mut picture = image::open(&out).expect("a JPEG").to_rgb8();
    for y in 0..60 {
        for x in 0..90 {
            picture.put_pixel(x, y + 30, Rgb([120, 150, 140]));
        }
    }
    let remains = folder.path().join("remains.png");
    picture.save(&remains).expect("can be written");
    let (code, seen) = json(&["verify", text(&remains), "--json"]);
    assert_eq!((code, &check(&seen[0], "BackgroundColour")["verdict"]), (1, &Value::from("block")));
    assert_eq!(check(&seen[0], "ColourDepth")["verdict"], "block", "PNG is not the standard's format");
}

#[test]
fn two_people_in_one_picture_are_refused_with_their_own_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let open = |name: &str| image::open(demo(name)).expect("a demo picture").to_rgb8();
    let (a, b) = (open("person_a_2.jpg"), open("person_b_1.jpg"));
    let mut both = RgbImage::new(a.width() + b.width(), a.height().max(b.height()));
    image::imageops::overlay(&mut both, &a, 0, 0);
    image::imageops::overlay(&mut both, &b, i64::from(a.width()), 0);
    let (input, out) = (folder.path().join("two.png"), folder.path().join("out.jpg"));
    both.save(&input).expect("can be written");
    let (code, made) = json(&["make", text(&input), "-o", text(&out), "--json"]);
    assert_eq!((code, &made[0]["reason"]["code"]), (1, &Value::from("refusal.several_faces")));
    assert!(!out.exists(), "nothing is written for a refused picture");
    let (code, seen) = json(&["check", text(&input), "--json"]);
    assert_eq!((code, &check(&seen[0], "SingleFacePresent")["verdict"]), (1, &Value::from("block")));
    assert!(check(&seen[0], "SingleFacePresent")["hint"].is_string());
}

#[test]
fn a_cut_head_is_refused_and_a_face_too_small_is_told_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = image::open(demo("person_b_1.jpg")).expect("a demo picture").to_rgb8();
    let cut = image::imageops::crop_imm(&whole, 0, 110, whole.width(), whole.height() - 110).to_image();
    let (input, out) = (folder.path().join("cut.png"), folder.path().join("out.jpg"));
    cut.save(&input).expect("can be written");
    let (code, made) = json(&["make", text(&input), "-o", text(&out), "--json"]);
    assert_eq!((code, &made[0]["reason"]["code"]), (1, &Value::from("refusal.hair_cut")), "{made:?}");
    let small = demo("person_a_1.jpg");
    let (code, made) = json(&["make", text(&small), "-o", text(&out), "--json"]);
    assert_eq!((code, &made[0]["reason"]["code"]), (1, &Value::from("refusal.enlargement")), "{made:?}");
}

#[test]
fn strict_refuses_what_the_capture_checks_block() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, out) = (demo("astronaut.png"), folder.path().join("out.jpg"));
    let (code, made) = json(&["make", text(&input), "-o", text(&out), "--json", "--strict"]);
    assert_eq!((code, &made[0]["reason"]["code"]), (1, &Value::from("refusal.capture")), "{made:?}");
    assert_eq!(check(&made[0]["capture"], "EnlargementFactor")["verdict"], "block");
}

#[test]
fn what_is_no_usable_picture_gets_a_sentence_and_no_panic() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out.jpg");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("can be written");
        path
    };
    let photo = std::fs::read(demo("person_a_2.jpg")).expect("a demo picture");
    let cases = [
        (write("text.jpg", b"hello, this is a letter"), "refusal.not_a_picture"),
        (write("empty.jpg", b""), "refusal.not_a_picture"),
        (write("half.jpg", &photo[..photo.len() / 2]), "refusal.truncated"),
        (write("bomb.png", &bomb()), "refusal.picture_too_large"),
        (folder.path().join("absent.jpg"), "refusal.unreadable"),
    ];
    for (input, wanted) in &cases {
        for command in ["check", "make", "verify"] {
            let mut args = vec![command, text(input), "--json"];
            if command == "make" {
                args.extend(["-o", text(&out)]);
            }
            let (code, said) = json(&args);
            assert_eq!((code, said[0]["reason"]["code"].as_str()), (2, Some(*wanted)), "{command} {said:?}");
            assert!(said[0]["reason"]["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
        }
    }
}

/// A PNG of a few bytes that declares 60,000 x 60,000 pixels.
fn bomb() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let small = image::DynamicImage::ImageRgb8(RgbImage::new(64, 64));
    small.write_to(&mut bytes, image::ImageFormat::Png).expect("a small picture");
    let mut bytes = bytes.into_inner();
    bytes[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    let crc = !bytes[12..29].iter().fold(!0u32, |mut crc, b| {
        crc ^= u32::from(*b);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
        crc
    });
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

#[test]
fn a_wall_has_no_face() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("wall.png");
    RgbImage::from_fn(640, 800, |x, y| Rgb([(x / 5) as u8, (y / 7) as u8, 140]))
        .save(&input)
        .expect("written");
    let (code, seen) = json(&["check", text(&input), "--json"]);
    assert_eq!((code, &seen[0]["verdict"], &seen[0]["face"]), (1, &Value::from("block"), &Value::Null));
    let (code, made) = json(&["make", text(&input), "-o", text(&folder.path().join("o.jpg")), "--json"]);
    assert_eq!((code, &made[0]["reason"]["code"]), (1, &Value::from("refusal.no_face")));
}

#[test]
fn a_network_with_other_bytes_is_named_and_not_used() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let models = folder.path().join("models");
    std::fs::create_dir(&models).expect("can be made");
    for file in
        ["libonnxruntime.so", "face_mesh.onnx", "iris.onnx", "selfie.onnx", "sface.onnx", "modnet_8bit.onnx"]
    {
        std::os::unix::fs::symlink(cache().join(file), models.join(file)).expect("can be linked");
    }
    let input = demo("person_a_2.jpg");
    let args = ["check", text(&input), "--json", "--models", text(&models)];
    let (code, said) = json(&args);
    assert_eq!((code, &said[0]["reason"]["code"]), (2, &Value::from("refusal.model_missing")));
    let mut bytes = std::fs::read(cache().join("yunet.onnx")).expect("was fetched");
    bytes[5000] ^= 1;
    std::fs::write(models.join("yunet.onnx"), bytes).expect("can be written");
    let (code, said) = json(&args);
    assert_eq!((code, &said[0]["reason"]["code"]), (2, &Value::from("refusal.model_wrong_hash")));
    assert!(said[0]["reason"]["hint"].as_str().is_some_and(|hint| hint.contains("yunet.onnx")));
}

#[test]
fn two_shots_of_one_person_pass_and_an_edit_is_the_same_photo() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [a, b, other] = ["person_b_1.jpg", "person_b_2.jpg", "impostor_1.jpg"].map(demo);
    let (code, same) = json(&["compare", text(&a), text(&b), "--json"]);
    assert_eq!(
        (code, &same[0]["band"], &same[0]["same_photo"]),
        (0, &"pass".into(), &false.into()),
        "{same:?}"
    );
    let (code, unlike) = json(&["compare", text(&a), text(&other), "--json"]);
    assert_eq!((code, &unlike[0]["band"]), (1, &Value::from("below")), "{unlike:?}");
    let photo = image::open(&a).expect("a demo picture");
    let edit = photo.fliph().resize(400, 500, image::imageops::FilterType::Triangle).brighten(25);
    let path = folder.path().join("edit.jpg");
    edit.to_rgb8().save(&path).expect("can be written");
    let (code, edited) = json(&["compare", text(&a), text(&path), "--json"]);
    assert_eq!((code, &edited[0]["same_photo"]), (1, &Value::from(true)), "{edited:?}");
}

#[test]
fn the_help_tells_every_command_and_exit_code() {
    let out = run(&["--help"]);
    let text = String::from_utf8(out.stdout).expect("is UTF-8");
    for word in ["check", "make", "verify", "compare", "batch", "--models", "Exit codes: 0 good, 1 bad"] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
    assert_eq!(run(&["check"]).status.code(), Some(2), "a call without a picture cannot be judged");
}

#[test]
fn a_folder_becomes_portraits_and_a_table_and_its_subfolders_are_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    std::fs::create_dir_all(input.join("below")).expect("can be made");
    for (from, to) in
        [("person_a_2.jpg", "one.jpg"), ("person_a_1.jpg", "two.jpg"), ("person_b_1.jpg", "below/three.jpg")]
    {
        std::fs::copy(demo(from), input.join(to)).expect("can be copied");
    }
    std::fs::write(input.join("four.png"), b"no picture").expect("can be written");
    std::fs::write(input.join("five.HEIC"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").expect("can be written");
    std::fs::write(input.join("one.png"), b"has the first one's name").expect("can be written");
    let done = run(&["batch", text(&input), "-o", text(&out), "--preset", "chsi", "--background", "blue"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(
        out.join("one.jpg").is_file() && !out.join("two.jpg").exists() && !out.join("three.jpg").exists()
    );
    let table = std::fs::read_to_string(out.join("verdicts.csv")).expect("was written");
    assert_eq!(table.lines().count(), 6, "{table}");
    assert!(
        table.contains("one.jpg,made") && table.contains("two.jpg,refused,refusal.enlargement"),
        "{table}"
    );
    assert!(table.contains("four.png,not_judged,refusal.not_a_picture"), "{table}");
    assert!(table.contains("five.HEIC,not_judged,refusal.other_format"), "{table}");
    assert!(table.contains("one.png,not_judged,refusal.name_taken"), "{table}");
}
