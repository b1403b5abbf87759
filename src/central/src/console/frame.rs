//! The frame around every page: navigation and who is signed in.

use super::words;
use sentences::{Code, codes};

/// The parts of the console that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Queue,
    History,
    Devices,
}

impl Section {
    const ALL: [Section; 3] = [Section::Queue, Section::History, Section::Devices];

    const fn href(self) -> &'static str {
        match self {
            Section::Queue => "/",
            Section::History => "/history",
            Section::Devices => "/devices",
        }
    }

    const fn name(self) -> Code {
        match self {
            Section::Queue => codes::PAGES_QUEUE_TITLE,
            Section::History => codes::PAGES_HISTORY_TITLE,
            Section::Devices => codes::PAGES_DEVICES_TITLE,
        }
    }
}

/// One entry of the navigation.
pub(crate) struct NavigationEntry {
    pub href: &'static str,
    pub name: String,
    pub is_current: bool,
}

/// Who is signed in, as the frame of a page shows it.
#[derive(Clone, Debug)]
struct Viewer {
    name: String,
    /// Token of the sign-out form.
    sign_out: String,
}

/// The frame around every page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    viewer: Option<Viewer>,
    current: Option<Section>,
}

impl Frame {
    /// The frame for a reviewer; `sign_out` is the token of the sign-out form.
    pub fn of_reviewer(name: String, sign_out: String, current: Section) -> Frame {
        Frame { viewer: Some(Viewer { name, sign_out }), current: Some(current) }
    }

    /// Display name of the reviewer who is signed in.
    pub fn viewer(&self) -> Option<&str> {
        self.viewer.as_ref().map(|v| v.name.as_str())
    }

    /// Token of the sign-out form; empty when nobody is signed in.
    pub fn sign_out(&self) -> &str {
        self.viewer.as_ref().map_or("", |v| v.sign_out.as_str())
    }

    /// The navigation.
    pub fn navigation(&self) -> Vec<NavigationEntry> {
        let entry = |section: Section| NavigationEntry {
            href: section.href(),
            name: words::text(section.name()),
            is_current: self.current == Some(section),
        };
        Section::ALL.map(entry).into()
    }
}
