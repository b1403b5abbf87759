//! What a payload looks like, before anything in it is believed.

use super::fault::CodeFault;

/// Beginnings of codes for paying and being paid, lower case: WeChat Pay, Alipay, and the banks' common code (UnionPay).
const PAYMENT: [&str; 11] = [
    "wxp://",
    "weixin://wxpay",
    "https://wx.tenpay.com",
    "https://payapp.weixin.qq.com",
    "https://qr.alipay.com",
    "http://qr.alipay.com",
    "alipays://",
    "alipay://",
    "alipayqr://",
    "https://qr.95516.com",
    "upwrp://",
];

/// Beginnings of web addresses and of other applications' links, lower case.
const LINK: [&str; 8] =
    ["http://", "https://", "www.", "weixin://", "mailto:", "tel:", "wifi:", "begin:vcard"];

/// What no decoder is asked about: nothing at all, and what says of itself that it pays. Neither is any business of a
/// collector's command.
pub(super) fn at_once(bytes: &[u8]) -> Option<CodeFault> {
    if bytes.is_empty() {
        return Some(CodeFault::Empty);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    PAYMENT.iter().any(|with| begins(text, with)).then_some(CodeFault::PaymentCode)
}

/// What a code that no decoder knows looks like.
pub(super) fn foreign(bytes: &[u8]) -> Option<CodeFault> {
    let text = std::str::from_utf8(bytes).ok()?;
    if is_wallet(text) {
        Some(CodeFault::PaymentCode)
    } else {
        LINK.iter().any(|with| begins(text, with)).then_some(CodeFault::WebLink)
    }
}

/// The text of one of our own codes, or of what is meant to be: three parts of base64url.
pub(super) fn compact_jws(bytes: &[u8]) -> Option<&str> {
    let part =
        |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let text = std::str::from_utf8(bytes).ok()?;
    // "eyJ" is `{"` in base64url: every JOSE header begins so, and hardly any other dotted text does.
    let shaped = text.starts_with("eyJ") && text.split('.').count() == 3 && text.split('.').all(part);
    shaped.then_some(text)
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with))
}

/// A wallet's payment code (付款码): WeChat 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30.
fn is_wallet(text: &str) -> bool {
    if !(16..=24).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let first = text.get(..2).and_then(|t| t.parse::<u32>().ok()).unwrap_or_default();
    (text.len() == 18 && (10..=15).contains(&first)) || (25..=30).contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_codes_are_known_by_their_beginning() {
        for code in ["wxp://f2f0abc", "WXP://F2F0ABC", "https://qr.alipay.com/fkx0001"] {
            assert_eq!(at_once(code.as_bytes()), Some(CodeFault::PaymentCode), "{code}");
        }
        // Digits may be a collector's own code, so its decoders come first.
        assert_eq!(at_once(b"134500000000000000"), None);
        assert_eq!(foreign(b"134500000000000000"), Some(CodeFault::PaymentCode));
        for code in ["https://example.org", "HTTP://A.CN", "weixin://dl/chat", "WIFI:S:x;;"] {
            assert_eq!(foreign(code.as_bytes()), Some(CodeFault::WebLink), "{code}");
        }
        for code in ["a.b.c", "eyJhb.c", "eyJ.a.b.c", "990000200401010013", "图像采集码"] {
            assert_eq!((at_once(code.as_bytes()), foreign(code.as_bytes())), (None, None), "{code}");
            assert_eq!(compact_jws(code.as_bytes()), None, "{code}");
        }
        assert_eq!(compact_jws(b"eyJh.eyJz.AAA"), Some("eyJh.eyJz.AAA"));
        assert_eq!(at_once(b""), Some(CodeFault::Empty));
        assert_eq!((at_once(b"\xff\xfe"), foreign(b"\xff\xfe")), (None, None));
    }
}
