//! An address with a port, as both listeners have one.

use ::config::Section;
use std::net::{Ipv4Addr, SocketAddr};

/// An address that must be there; a free port of loopback is the placeholder.
pub(super) fn address(s: &mut Section<'_>, key: &str) -> SocketAddr {
    let text = s.needed_text(key, "give an address with a port, 127.0.0.1:7480");
    let parsed = text.and_then(|text| {
        text.parse().inspect_err(|_| s.report(key, format!("{text:?} is not an address with a port"))).ok()
    });
    parsed.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
}
