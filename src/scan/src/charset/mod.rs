//! Decodes payload bytes to text and reports which character set was used.
//!
//! The standard's default is ISO 8859-1, but phones write UTF-8, Chinese services GB 18030 and Japanese ones Shift-JIS,
//! mostly without declaring it. The order is: the set that the code declares, else UTF-8, else the more plausible of the
//! other two. Implausible bytes stay bytes.

mod byte_order_mark;
mod plausibility;

use byte_order_mark::without_byte_order_mark;
use plausibility::{chinese_score, japanese_score};

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

/// A character set that payloads use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, ASCII included.
    Utf8,
    /// GB 18030, with GBK and GB 2312 in it.
    Gb18030,
    /// Shift-JIS as Windows writes it.
    ShiftJis,
    /// ISO 8859-1; only where the code declares it.
    Latin1,
    /// Big5; only where the code declares it.
    Big5,
    /// EUC-KR; only where the code declares it.
    EucKr,
    /// Several sets, or another one, that the code declares.
    Other,
}

/// A payload read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, without a byte order mark.
    pub text: String,
    /// The character set it was read by.
    pub charset: Charset,
    /// Whether the code itself declares the set (an ECI); otherwise it was inferred from the bytes.
    pub declared: bool,
}

/// The text of `bytes`; `declared` is the text by the sets that the code declares, if it does.
pub(crate) fn text_of(bytes: &[u8], declared: Option<String>) -> Option<Text> {
    if let Some(text) = declared.filter(|text| !text.is_empty() && !text.contains('\u{fffd}')) {
        let charset = charset_of(bytes, &text);
        return Some(Text { text: without_byte_order_mark(&text), charset, declared: true });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Text { text: without_byte_order_mark(text), charset: Charset::Utf8, declared: false });
    }
    let chinese = decoded(GB18030, bytes).map(|text| (chinese_score(&text, bytes), text, Charset::Gb18030));
    let japanese = decoded(SHIFT_JIS, bytes).map(|text| (japanese_score(&text), text, Charset::ShiftJis));
    // A tie goes to Chinese, because the kiosk is used in China.
    let (score, text, charset) = match (chinese, japanese) {
        (Some(c), Some(j)) => {
            if j.0 > c.0 {
                j
            } else {
                c
            }
        }
        (one, other) => one.or(other)?,
    };
    (score > 0.0).then_some(Text { text, charset, declared: false })
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// The set that turns `bytes` into `text`; the decoder that saw the declaration does not report its name.
fn charset_of(bytes: &[u8], text: &str) -> Charset {
    if std::str::from_utf8(bytes).is_ok_and(|utf8| utf8 == text) {
        return Charset::Utf8;
    }
    let others = [
        (GB18030, Charset::Gb18030),
        (SHIFT_JIS, Charset::ShiftJis),
        (BIG5, Charset::Big5),
        (EUC_KR, Charset::EucKr),
        (WINDOWS_1252, Charset::Latin1),
    ];
    others
        .iter()
        .find(|(set, _)| decoded(set, bytes).as_deref() == Some(text))
        .map_or(Charset::Other, |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judged(encoding: &'static Encoding, text: &str) -> (String, Charset) {
        let bytes = encoding.encode(text).0.into_owned();
        let read = text_of(&bytes, None).unwrap_or_else(|| panic!("{text} is not read"));
        (read.text, read.charset)
    }

    #[test]
    fn chinese_without_a_declaration_is_read() {
        for text in
            ["张三", "欧阳娜娜", "图像采集码：123456", "北京大学 2026 届", "阿依努尔·买买提江", "李明,男"]
        {
            assert_eq!(judged(GB18030, text), (text.to_owned(), Charset::Gb18030));
        }
    }

    #[test]
    fn japanese_without_a_declaration_is_read() {
        for text in
            ["*ﾃﾞｻﾞｲﾝQR*", "[外側QRコード] *ﾀﾞﾌﾞﾙQR*", "Google モバイル", "ｲﾗｽﾄ入りｶﾗｰQRｺｰﾄﾞ", "MECARD:N:測試;;"]
        {
            assert_eq!(judged(SHIFT_JIS, text), (text.to_owned(), Charset::ShiftJis));
        }
    }

    #[test]
    fn utf8_comes_before_guessing_and_a_declaration_before_both() {
        let utf8 = text_of("模板\u{feff}".as_bytes(), None).expect("valid");
        assert_eq!((utf8.charset, utf8.declared), (Charset::Utf8, false));
        let bytes = GB18030.encode("张三").0.into_owned();
        let declared = text_of(&bytes, Some("张三".into())).expect("declared");
        assert_eq!((declared.charset, declared.declared), (Charset::Gb18030, true));
    }

    #[test]
    fn implausible_bytes_stay_bytes() {
        assert_eq!(text_of(&[0xff, 0xfe, 0x80, 0x00], None), None);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), declared in proptest::option::of(".{0,20}")) {
            let _ = text_of(&bytes, declared);
        }

        #[test]
        fn valid_utf8_is_itself(text in "[^\u{feff}]{1,60}") {
            prop_assert_eq!(text_of(text.as_bytes(), None).map(|t| t.text), Some(text));
        }
    }
}
