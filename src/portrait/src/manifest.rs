//! The hashes of prepared models, from the models manifest.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The manifest that the fetching step reads too; embedded, so that it cannot be replaced together with a network.
const MANIFEST: &str = include_str!("../../../models/manifest.toml");

/// SHA-256 of the prepared file `name`, lower-case hex, if the manifest lists it.
pub(crate) fn sha256(name: &str) -> Option<&'static str> {
    static LIST: OnceLock<HashMap<String, String>> = OnceLock::new();
    LIST.get_or_init(|| parse(MANIFEST)).get(name).map(String::as_str)
}

fn parse(text: &str) -> HashMap<String, String> {
    let Ok(table) = text.parse::<toml::Table>() else { return HashMap::new() };
    let results = table.get("result").and_then(toml::Value::as_array).into_iter().flatten();
    let entry = |result: &toml::Value| {
        let text = |key: &str| result.get(key).and_then(toml::Value::as_str);
        // The engine's library is listed once for each processor.
        let ours = text("machine").is_none_or(|machine| machine == std::env::consts::ARCH);
        Some((text("name").filter(|_| ours)?.to_owned(), text("sha256")?.to_ascii_lowercase()))
    };
    results.filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_by_the_prepared_files_name() {
        let list = parse(
            "[[result]]\nname = \"a.onnx\"\nsha256 = \"AB\"\nlicence = \"MIT\"\n[[result]]\nname = \"b\"\n",
        );
        assert_eq!(list.get("a.onnx").map(String::as_str), Some("ab"));
        assert_eq!(list.len(), 1);
    }

    #[test]
    fn another_processors_library_is_not_ours() {
        let list = parse("[[result]]\nname = \"lib.so\"\nmachine = \"z80\"\nsha256 = \"ab\"\n");
        assert!(list.is_empty());
        assert!(sha256("modnet.onnx").is_some_and(|hash| hash.len() == 64));
    }
}
