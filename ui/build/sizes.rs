//! The sizes in `sizes.slint` as the constants of `ui::size`.

/// A constant for every pair of lines `NAME-width` and `NAME-height`, documented by the comment above them.
///
/// # Errors
/// Names the line that is not understood.
pub fn rust(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let (mut comment, mut width) = (String::new(), None);
    for line in text.lines().filter_map(|line| line.strip_prefix("    ")) {
        if let Some(words) = line.strip_prefix("// ") {
            words.clone_into(&mut comment);
            continue;
        }
        let (name, pixels) = length(line).ok_or_else(|| format!("sizes.slint: {line}"))?;
        match (name.strip_suffix("-width"), name.strip_suffix("-height"), &width) {
            (Some(name), _, None) => width = Some((name.to_owned(), pixels)),
            (_, Some(name), Some((of, wide))) if name == of => {
                let name = name.replace('-', "_").to_uppercase();
                out += &format!("/// {comment}\npub const {name}: (u32, u32) = ({wide}, {pixels});\n");
                width = None;
            }
            _ => return Err(format!("sizes.slint: a width is followed by its height, not by {line}")),
        }
    }
    Ok(out)
}

/// `out property <length> NAME: PIXELSpx;`
fn length(line: &str) -> Option<(&str, u32)> {
    let (name, value) = line.strip_prefix("out property <length> ")?.split_once(": ")?;
    Some((name, value.strip_suffix("px;")?.parse().ok()?))
}
