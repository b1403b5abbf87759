//! The cameras that are plugged in, for choosing one and for `kiosk doctor`.

use std::path::Path;

use nokhwa::utils::{ApiBackend, CameraInfo};

use crate::backend::Coding;
use crate::format_choice::WantedFormat;
use crate::frame::LostReason;
use crate::kernel;

/// A camera that is plugged in. Nodes that only carry a camera's metadata are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The camera's name.
    pub name: String,
    /// N of `/dev/videoN`; changes with every replug.
    pub index: u32,
    /// The port it is plugged into, such as `1-1.2:1.0`; stays the same over replugs. Empty if unknown.
    pub bus: String,
    /// What it offers that can be read; empty while another program holds it.
    pub formats: Vec<Offered>,
}

/// A size, coding and rate that a camera offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames a second.
    pub fps: u32,
    /// `mjpeg`, `yuyv` or `nv12`.
    pub coding: &'static str,
}

/// A video node as the system lists it, not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub index: u32,
    pub name: String,
    pub bus: String,
}

impl Node {
    /// Whether `pick` names it, by part of its name or bus path; `None` names all.
    pub(crate) fn matches(&self, pick: Option<&str>) -> bool {
        let Some(pick) = pick else { return true };
        let pick = pick.to_lowercase();
        self.name.to_lowercase().contains(&pick) || self.bus.to_lowercase().contains(&pick)
    }
}

/// The cameras that are plugged in now. Opens each for a moment to ask for its formats.
#[must_use]
pub fn list() -> Vec<Device> {
    let coding = |coding| match coding {
        Coding::Mjpeg => "mjpeg",
        Coding::Yuyv => "yuyv",
        Coding::Nv12 => "nv12",
    };
    let device = |node: Node| {
        let offers = match kernel::catch_panic(|| kernel::Video::open(node.index)?.offers(ANY)) {
            Ok(offers) if offers.is_empty() => return None,
            Ok(offers) => offers,
            Err(LostReason::NoCamera | LostReason::NoFormat | LostReason::Unplugged) => return None,
            // Busy or refused: it is still a camera.
            Err(_) => Vec::new(),
        };
        let formats = offers.iter().map(|o| Offered {
            width: o.width,
            height: o.height,
            fps: o.fps,
            coding: coding(o.coding),
        });
        Some(Device { name: node.name, index: node.index, bus: node.bus, formats: formats.collect() })
    };
    nodes().into_iter().filter_map(device).collect()
}

/// The format asked for when a camera with stepless sizes is only listed.
const ANY: WantedFormat = WantedFormat { width: 1280, height: 720, fps: 30 };

/// All video nodes, lowest number first, as nokhwa lists them; the port comes from the kernel.
pub(crate) fn nodes() -> Vec<Node> {
    // It panics on a file in /dev that only looks like a video node.
    let listed = std::panic::catch_unwind(|| nokhwa::query(ApiBackend::Video4Linux));
    let listed = listed.ok().and_then(Result::ok).unwrap_or_default();
    let node = |info: &CameraInfo| {
        let index = info.index().as_index().ok()?;
        Some(Node { index, name: info.human_name().trim().to_owned(), bus: bus_of(Path::new(CLASS), index) })
    };
    let mut nodes: Vec<Node> = listed.iter().filter_map(node).collect();
    nodes.sort_by_key(|node| node.index);
    nodes
}

/// Where the kernel lists video nodes.
const CLASS: &str = "/sys/class/video4linux";

/// The port of a node; empty if the kernel does not say.
fn bus_of(class: &Path, index: u32) -> String {
    let device = std::fs::canonicalize(class.join(format!("video{index}")).join("device")).ok();
    device.and_then(|path| Some(path.file_name()?.to_str()?.to_owned())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_match_by_name_and_port() {
        let dir = tempfile::tempdir().expect("a folder");
        let port = dir.path().join("usb/1-1.2:1.0");
        let class = dir.path().join("class");
        std::fs::create_dir_all(&port).expect("made");
        std::fs::create_dir_all(class.join("video10")).expect("made");
        std::os::unix::fs::symlink(&port, class.join("video10/device")).expect("linked");
        let node = |index, name: &str| Node { index, name: name.into(), bus: bus_of(&class, index) };
        let (loose, fixed) = (node(10, "HD Webcam C925"), node(2, "Integrated Camera"));
        assert_eq!((loose.bus.as_str(), fixed.bus.as_str()), ("1-1.2:1.0", ""));
        assert!(loose.matches(Some("c925")) && loose.matches(Some("1-1.2")));
        assert!(!fixed.matches(Some("c925")) && fixed.matches(None));
    }
}
