//! Whether a name or number that a code shows, masked or whole, can be the roster's, of which a kiosk holds only a mask too.
//!
//! Two masks agree when some text fits both. A star stands for a character nobody knows and contradicts nothing; every
//! character that both show must be the same. The unique number says who is meant, so agreeing proves nothing by itself:
//! it catches the code that names somebody else.

use crate::identity::narrow;
use crate::mask::{DOTS, is_selector};
use serde::{Deserialize, Serialize};

/// Longest text that is compared, characters.
const MAX_GLYPHS: usize = 64;

/// What one star in a collector's mask stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stars {
    /// One star a character.
    #[default]
    Exact,
    /// A run of stars stands for one or more characters (`9900****0013` for 18).
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    Shown(char),
    Star,
    /// A character that the sender's character set lacked: one unknown, whatever the stars count.
    Unreadable,
}

const DOT: Glyph = Glyph::Shown('·');

impl Glyph {
    /// `dots`: the dots are shown, so that no star hides one.
    fn fits(self, other: Glyph, dots: bool) -> bool {
        match (self, other) {
            (Glyph::Shown(a), Glyph::Shown(b)) => a == b,
            (DOT, _) | (_, DOT) => !dots,
            _ => true,
        }
    }
}

/// Whether what a code shows can be the text of which the roster shows `ours` (one star a character).
///
/// Spaces, case, width, variation selectors and the looks of middle dots do not count; a code that has no dot at all is
/// compared without ours.
#[must_use]
pub fn agrees(shown: &str, ours: &str, stars: Stars) -> bool {
    let (Some(shown), Some(ours)) = (glyphs(shown), glyphs(ours)) else { return false };
    let dots = shown.contains(&DOT);
    if fits(&shown, &ours, stars, dots) {
        return true;
    }
    let undotted: Vec<Glyph> = ours.iter().copied().filter(|g| *g != DOT).collect();
    undotted.len() < ours.len() && !dots && fits(&shown, &undotted, stars, dots)
}

/// `None` for a text that is empty or too long to be a name or a number.
fn glyphs(text: &str) -> Option<Vec<Glyph>> {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !is_selector(*c));
    let glyphs: Vec<Glyph> = kept.take(MAX_GLYPHS + 1).map(glyph).collect();
    (1..=MAX_GLYPHS).contains(&glyphs.len()).then_some(glyphs)
}

fn glyph(c: char) -> Glyph {
    if DOTS.contains(&c) {
        return DOT;
    }
    match narrow(c) {
        '*' => Glyph::Star,
        '?' | '\u{fffd}' | '〓' | '□' => Glyph::Unreadable,
        // Private use: rare characters stand there in old character sets, elsewhere in each.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Glyph::Unreadable,
        c => {
            let mut upper = c.to_uppercase();
            // A character whose upper case is several (ß) stays one, so that it fits one star.
            Glyph::Shown(if upper.len() == 1 { upper.next().unwrap_or(c) } else { c })
        }
    }
}

fn fits(shown: &[Glyph], ours: &[Glyph], stars: Stars, dots: bool) -> bool {
    match stars {
        Stars::Exact => shown.len() == ours.len() && shown.iter().zip(ours).all(|(a, b)| a.fits(*b, dots)),
        Stars::Any => fits_runs(shown, ours, dots),
    }
}

/// `reached[n]`: the glyphs of `shown` so far can stand for the first `n` of `ours`.
fn fits_runs(shown: &[Glyph], ours: &[Glyph], dots: bool) -> bool {
    let mut reached = vec![false; ours.len() + 1];
    reached[0] = true;
    for (at, glyph) in shown.iter().enumerate() {
        if *glyph == Glyph::Star && at > 0 && shown[at - 1] == Glyph::Star {
            continue;
        }
        let mut next = vec![false; ours.len() + 1];
        for (n, our) in ours.iter().enumerate() {
            let more = *glyph == Glyph::Star && next[n];
            next[n + 1] = (reached[n] || more) && glyph.fits(*our, dots);
        }
        reached = next;
    }
    reached[ours.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{mask_name, mask_number};
    use proptest::prelude::*;

    fn exact(shown: &str, ours: &str) -> bool {
        agrees(shown, ours, Stars::Exact)
    }

    #[test]
    fn names_of_every_build_agree_with_every_usual_mask_of_theirs() {
        for (name, shown) in [
            ("林夏", ["林*", "*夏", "林夏"]),
            ("王磊", ["王\u{3000}磊", "王 *", "＊磊"]),
            ("林知夏", ["林**", "*知夏", "林*夏"]),
            ("欧阳明月", ["欧***", "欧阳**", "***月"]),
            ("司马承安", ["**承安", "司马*安", "司马承*"]),
            ("阿依努尔·买买提江", ["阿***•****", "阿********", "阿******江"]),
            ("古丽娜尔·阿不都热合曼", ["古丽娜尔・*****曼", "古丽娜尔阿不都热合曼", "古***‧*****曼"]),
            ("𠮷田\u{e0100}一", ["𠮷**", "**一", "𠮷*一"]),
            ("张㐱", ["张\u{e86f}", "张□", "张?"]),
            ("Anna Svensson", ["anna SVENSSON", "A***S*******", "A*** S******N"]),
        ] {
            for mask in shown {
                assert!(exact(mask, &mask_name(name)), "{name} {mask} {}", mask_name(name));
            }
        }
    }

    #[test]
    fn somebody_else_s_name_does_not_agree() {
        for (name, shown) in [
            ("林知夏", "林*秋"),
            ("林知夏", "陈*夏"),
            ("林知夏", "林*"),
            ("林夏", "林*夏"),
            ("欧阳明月", "欧**"),
            ("欧阳明月", "司马**"),
            ("阿依努尔·买买提江", "阿**·****江"),
            ("𠮷田一", "吉田一"),
            ("Anna Svensson", "A*** T*******"),
            ("林知夏", ""),
        ] {
            assert!(!exact(shown, &mask_name(name)), "{name} {shown}");
        }
    }

    #[test]
    fn numbers_agree_whatever_width_and_case_and_however_much_they_show() {
        let ours = mask_number("99000020040101001X");
        for shown in [
            "9900**********001X",
            "990000********001x",
            "９９００＊＊＊＊＊＊＊＊＊＊００１Ｘ",
            "99000020040101001x",
        ] {
            assert!(exact(shown, &ours), "{shown}");
        }
        for shown in ["9900**********0013", "9901**********001X", "9900*********001X", "9900****001X"] {
            assert!(!exact(shown, &ours), "{shown}");
        }
        assert!(agrees("9900****001X", &ours, Stars::Any));
        assert!(agrees("****001x", &ours, Stars::Any));
        assert!(!agrees("9900****0013", &ours, Stars::Any));
        assert!(!agrees("9900001X", &ours, Stars::Any));
    }

    /// Names as they are, of Han with and beyond the basic plane, with and without dots.
    fn names() -> impl Strategy<Value = String> {
        let han = "[\u{4e00}-\u{9fa5}\u{20000}-\u{2a6df}]";
        prop_oneof![
            proptest::string::string_regex(&format!("{han}{{2,6}}")).unwrap(),
            proptest::string::string_regex(&format!("{han}{{1,6}}[·•・．]{han}{{1,8}}")).unwrap(),
            proptest::string::string_regex(&format!("(欧阳|司马|诸葛){han}{{1,2}}")).unwrap(),
            "[A-Za-z]{2,10} [A-Za-z]{2,12}".prop_map(|name| name),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_500))]

        #[test]
        fn a_name_agrees_with_its_own_mask(name in names()) {
            let ours = mask_name(&name);
            for stars in [Stars::Exact, Stars::Any] {
                prop_assert!(agrees(&name, &ours, stars), "{} {}", name, ours);
                prop_assert!(agrees(&ours, &ours, stars));
            }
        }

        #[test]
        fn any_text_agrees_with_its_own_mask(name in "\\PC{2,20}") {
            let ours = mask_name(&name);
            prop_assert!(glyphs(&name).is_none() || exact(&name, &ours), "{:?} {:?}", name, ours);
        }

        #[test]
        fn a_number_agrees_with_its_own_mask_in_any_case(number in "[0-9]{17}[0-9X]") {
            prop_assert!(exact(&number.to_lowercase(), &mask_number(&number)));
        }

        #[test]
        fn one_shown_character_that_differs_never_agrees(name in names(), at in any::<proptest::sample::Index>(), other in "[\u{4e00}-\u{9fa5}]") {
            let ours = mask_name(&name);
            let mut shown: Vec<char> = ours.chars().collect();
            let at = at.index(shown.len());
            let other = other.chars().next().unwrap();
            let differs = !['*', ' ', '·'].contains(&shown[at]) && shown[at] != other;
            shown[at] = other;
            let shown: String = shown.into_iter().collect();
            prop_assert!(!(differs && exact(&shown, &ours)), "{} {}", shown, ours);
            // Runs of any length let later characters move, never the first.
            prop_assert!(!(differs && at == 0 && agrees(&shown, &ours, Stars::Any)), "{} {}", shown, ours);
        }

        #[test]
        fn one_character_more_or_less_never_agrees(number in "[0-9]{17}[0-9X]", more in "[0-9]") {
            let ours = mask_number(&number);
            let longer = format!("{number}{more}");
            prop_assert!(!exact(&number[1..], &ours) && !exact(&longer, &ours));
        }

        #[test]
        fn no_texts_panic(a in "\\PC{0,90}", b in "\\PC{0,90}") {
            let _ = (agrees(&a, &b, Stars::Exact), agrees(&a, &b, Stars::Any));
        }
    }
}
