//! What a payload looks like, before anything in it is believed.

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

/// What a payload looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks<'a> {
    /// Nothing.
    Empty,
    /// A code for paying or being paid.
    Payment,
    /// A web address or another application's link.
    WebLink,
    /// Three parts of base64url: one of our own codes, or meant to be.
    Signed(&'a str),
    /// Anything else.
    Other,
}

pub(super) fn looks(bytes: &[u8]) -> Looks<'_> {
    if bytes.is_empty() {
        return Looks::Empty;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Looks::Other };
    let begins = |with: &&str| text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with));
    if PAYMENT.iter().any(begins) || is_wallet(text) {
        Looks::Payment
    } else if LINK.iter().any(begins) {
        Looks::WebLink
    } else if is_compact_jws(text) {
        Looks::Signed(text)
    } else {
        Looks::Other
    }
}

/// A wallet's payment code (付款码): WeChat 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30.
fn is_wallet(text: &str) -> bool {
    if !(16..=24).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let first = text.get(..2).and_then(|t| t.parse::<u32>().ok()).unwrap_or_default();
    (text.len() == 18 && (10..=15).contains(&first)) || (25..=30).contains(&first)
}

fn is_compact_jws(text: &str) -> bool {
    let part =
        |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    // "eyJ" is `{"` in base64url: every JOSE header begins so, and hardly any other dotted text does.
    text.starts_with("eyJ") && text.split('.').count() == 3 && text.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_codes_are_known_by_their_beginning() {
        for code in ["wxp://f2f0abc", "WXP://F2F0ABC", "https://qr.alipay.com/fkx0001", "134500000000000000"]
        {
            assert_eq!(looks(code.as_bytes()), Looks::Payment, "{code}");
        }
        for code in ["https://example.org", "HTTP://A.CN", "weixin://dl/chat", "WIFI:S:x;;"] {
            assert_eq!(looks(code.as_bytes()), Looks::WebLink, "{code}");
        }
        for code in ["a.b.c", "eyJhb.c", "eyJ.a.b.c", "990000200401010013", "图像采集码"] {
            assert_eq!(looks(code.as_bytes()), Looks::Other, "{code}");
        }
        assert_eq!(looks(b"eyJh.eyJz.AAA"), Looks::Signed("eyJh.eyJz.AAA"));
        assert_eq!(looks(b"\xff\xfe"), Looks::Other);
    }
}
