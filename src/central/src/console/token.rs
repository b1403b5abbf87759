//! Form tokens: an HMAC of the form's name under the session's key. A page of another site cannot know it, and one form's
//! token opens no other form.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The token of a form.
pub(crate) fn issue(key: &[u8], form: &str) -> String {
    hex::encode(mac(key, form).finalize().into_bytes())
}

/// Whether a token is that form's. Compared in constant time.
pub(crate) fn holds(key: &[u8], form: &str, token: &str) -> bool {
    hex::decode(token).is_ok_and(|bytes| mac(key, form).verify_slice(&bytes).is_ok())
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104)")]
fn mac(key: &[u8], form: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(key).expect("any length");
    mac.update(form.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_own_form_only() {
        let token = issue(b"key", "decide:1");
        assert!(holds(b"key", "decide:1", &token));
        assert!(!holds(b"key", "decide:2", &token));
        assert!(!holds(b"other", "decide:1", &token));
        assert!(!holds(b"key", "decide:1", "nonsense"));
    }
}
