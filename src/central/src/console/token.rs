//! Form tokens: an HMAC of the form's name under the session's key. A page of another site cannot know it, and one form's
//! token fits no other form.

use collection::EntryId;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// The forms of the console.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form<'a> {
    /// Signing in; bound to the secret of the browser's form cookie.
    SignIn(&'a str),
    SignOut,
    /// An enrolment code for a new kiosk.
    Enrol,
    /// Refusing a kiosk, by its id.
    Revoke(&'a str),
    /// The decision about a submission.
    Decide(EntryId),
}

impl fmt::Display for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::SignIn(secret) => write!(f, "sign-in:{secret}"),
            Form::SignOut => f.write_str("sign-out"),
            Form::Enrol => f.write_str("enrol"),
            Form::Revoke(device) => write!(f, "revoke:{device}"),
            Form::Decide(submission) => write!(f, "decide:{submission}"),
        }
    }
}

/// The token of a form.
pub(crate) fn issue(key: &[u8], form: Form<'_>) -> String {
    hex::encode(mac(key, form).finalize().into_bytes())
}

/// Whether a token is that form's. Compared in constant time.
pub(crate) fn fits(key: &[u8], form: Form<'_>, token: &str) -> bool {
    hex::decode(token).is_ok_and(|bytes| mac(key, form).verify_slice(&bytes).is_ok())
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104)")]
fn mac(key: &[u8], form: Form<'_>) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(key).expect("any length");
    mac.update(form.to_string().as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_only_its_form() {
        let token = issue(b"key", Form::Revoke("1"));
        assert!(fits(b"key", Form::Revoke("1"), &token));
        assert!(!fits(b"key", Form::Revoke("2"), &token));
        assert!(!fits(b"other", Form::Revoke("1"), &token));
        assert!(!fits(b"key", Form::Revoke("1"), "nonsense"));
    }
}
