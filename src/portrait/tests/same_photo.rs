//! One photograph or two, on the licence-clean demo faces: every kind of edit is found out, and another shot is not accused.

#[path = "same_photo/edits.rs"]
mod edits;

use portrait::{Engine, Template, compare, decode};
use standard::Comparing;
use std::path::Path;

fn template(engine: &Engine, picture: &image::RgbImage) -> Template {
    engine.template(picture).expect("one face")
}

#[test]
fn every_kind_of_edit_is_the_same_photo_and_no_other_shot_is() {
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/cache");
    let engine = Engine::open(&cache).expect("run `make models`");
    let open = |name: &str| {
        let bytes = std::fs::read(cache.join("demo").join(name)).expect("run `make models`");
        decode(&bytes).expect("a demo picture")
    };
    let map = Comparing::default();
    let photo = open("person_b_1.jpg");
    let own = template(&engine, &photo);
    let mut missed = Vec::new();
    for edit in edits::all(&engine).expect("the presets are whole") {
        let edited = (edit.make)(&photo).expect("can be done to this picture");
        let seen = compare(&own, &template(&engine, &edited), &map);
        if !seen.same_photo {
            missed.push(format!("{}: {:.3}", edit.name, seen.photo_likeness));
        }
    }
    assert!(missed.is_empty(), "taken for another photograph: {missed:?}");
    let others = ["person_b_2.jpg", "person_a_2.jpg", "person_a_1.jpg", "impostor_1.jpg", "impostor_2.jpg"];
    let others = others.map(|name| (name, template(&engine, &open(name))));
    for (i, (name, one)) in others.iter().enumerate() {
        for (other, two) in others[..i].iter().map(|(n, t)| (*n, t)).chain([("person_b_1.jpg", &own)]) {
            let seen = compare(one, two, &map);
            assert!(!seen.same_photo, "{name} and {other}: {:.3}", seen.photo_likeness);
        }
    }
}
