//! Cookies: read from the request, written with the attributes that keep them from other sites and from scripts.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Cookie of a signed-in browser.
pub(crate) const SESSION: &str = "central_session";
/// Cookie that a sign-in form is bound to.
pub(crate) const FORM: &str = "central_form";

/// A new secret of 256 bits, hex.
pub(crate) fn draw() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// The hash under which a cookie's secret is stored.
pub(crate) fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// The cookie of that name.
pub(crate) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| value.len() == 64)
}

/// A `Set-Cookie` line. An empty value removes the cookie.
pub(crate) fn write(name: &str, value: &str, tls: bool, lifetime: Duration) -> String {
    let seconds = if value.is_empty() { 0 } else { lifetime.as_secs() };
    let secure = if tls { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_one_of_several_cookies_is_read() {
        let mut headers = HeaderMap::new();
        let secret = draw();
        headers.insert(COOKIE, format!("a=b; {SESSION}={secret}; c").parse().unwrap());
        assert_eq!(read(&headers, SESSION), Some(secret.as_str()));
        assert_eq!(read(&headers, FORM), None);
    }
}
