//! `[server]`: how the kiosk reaches its server.

use ::config::Section;
use std::path::PathBuf;

/// How the server is reached.
#[derive(Clone, Debug)]
pub struct Server {
    /// `https://host:port`.
    pub url: String,
    /// PEM file of the server's certificate authority.
    pub ca: PathBuf,
    /// One-time code, needed until the kiosk is enrolled.
    pub enrolment_code: Option<String>,
    /// Address of the students' pages, `https://host/r`, to which the receipt's QR code leads. Without it the receipt has no QR code.
    pub pages: Option<String>,
}

impl Server {
    pub(super) fn take(s: &mut Section<'_>) -> Server {
        let url = s.needed_text("url", "give the server's address, https://host:port").unwrap_or_default();
        if !url.is_empty() && !url.starts_with("https://") {
            s.report("url", "must begin with https://");
        }
        let ca = s.needed_path("ca", "name the PEM file of the server's certificate authority");
        Server { url, ca, enrolment_code: s.text("enrolment_code"), pages: s.text("pages") }
    }
}
