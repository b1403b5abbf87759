//! `[kiosks]`: the port that kiosks talk to.

use super::address::address;
use ::config::{Fault, Section};
use std::net::SocketAddr;

/// Longest host name, characters (RFC 1035).
const MAX_NAME: usize = 253;

/// Where kiosks reach the server: TLS with the server's own authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KioskPort {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Host names and addresses that kiosks call it by.
    pub names: Vec<String>,
}

impl KioskPort {
    pub(super) fn take(s: &mut Section<'_>) -> KioskPort {
        KioskPort { listen: address(s, "listen"), names: names(s) }
    }
}

/// At least one host name or address.
fn names(s: &mut Section<'_>) -> Vec<String> {
    if !s.has("names") {
        s.report(
            "names",
            Fault::Missing { advice: "list the host names and addresses that kiosks call the server by" },
        );
        return Vec::new();
    }
    let Some(names) = s.texts("names") else { return Vec::new() };
    if names.is_empty() || !names.iter().all(|name| is_host(name)) {
        s.report("names", "must list at least one host name or address");
    }
    names
}

fn is_host(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(fine)
}
