//! Every fixed label exists in both languages, and every translation belongs to a label.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn labels(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder of the screens is readable") {
        let path = entry.expect("its entries are readable").path();
        if path.extension().is_some_and(|e| e == "slint") {
            let text = fs::read_to_string(&path).expect("a screen is text");
            for part in text.split("@tr(\"").skip(1) {
                let end = part.find('"').expect("a label ends");
                into.insert(part[..end].to_owned());
            }
        }
    }
}

#[test]
fn every_label_is_translated_and_every_translation_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = BTreeSet::new();
    for folder in [".", "screens", "widgets"] {
        labels(&root.join(folder), &mut used);
    }
    let po =
        fs::read_to_string(root.join("translations/en/LC_MESSAGES/ui.po")).expect("the English words exist");
    let mut translated = BTreeSet::new();
    for pair in po.split("\n\n").skip(1) {
        let field = |key: &str| {
            pair.lines()
                .find_map(|l| l.strip_prefix(key))
                .map(|v| v.trim_matches('"').to_owned())
                .unwrap_or_default()
        };
        let (id, english) = (field("msgid "), field("msgstr "));
        assert!(!english.is_empty(), "{id} has no English words");
        assert_eq!(id.matches('{').count(), english.matches('{').count(), "{id}: the values differ");
        translated.insert(id);
    }
    assert_eq!(
        used.difference(&translated).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "without English words"
    );
    assert_eq!(translated.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "without a label");
}
