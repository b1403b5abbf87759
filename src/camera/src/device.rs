//! Which cameras there are, for choosing and for `kiosk doctor`.

use std::path::Path;

use crate::usb;

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
    /// Whether the wish names it, by part of its name or bus path; no wish names all.
    pub(crate) fn answers_to(&self, pick: Option<&str>) -> bool {
        let Some(pick) = pick else { return true };
        let pick = pick.to_lowercase();
        self.name.to_lowercase().contains(&pick) || self.bus.to_lowercase().contains(&pick)
    }
}

/// The cameras that are plugged in now. Opens each for a moment to ask for its formats.
#[must_use]
pub fn list() -> Vec<Device> {
    let coding = |coding| match coding {
        crate::feed::Coding::Mjpeg => "mjpeg",
        crate::feed::Coding::Yuyv => "yuyv",
        crate::feed::Coding::Nv12 => "nv12",
    };
    let device = |node: Node| {
        let asked = std::panic::catch_unwind(|| usb::offers(node.index)).ok()?;
        let offers = match asked {
            Ok(offers) if offers.is_empty() => return None,
            Ok(offers) => offers,
            Err(crate::LostReason::NoFormat | crate::LostReason::Unplugged) => return None,
            // Busy or refused: it is a camera all the same.
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

/// All video nodes, lowest number first.
pub(crate) fn nodes() -> Vec<Node> {
    nodes_in(Path::new("/sys/class/video4linux"))
}

fn nodes_in(class: &Path) -> Vec<Node> {
    let Ok(entries) = std::fs::read_dir(class) else { return Vec::new() };
    let node = |path: &Path| {
        let index = path.file_name()?.to_str()?.strip_prefix("video")?.parse().ok()?;
        let name = std::fs::read_to_string(path.join("name")).unwrap_or_default().trim().to_owned();
        let bus = std::fs::canonicalize(path.join("device")).ok();
        let bus = bus.and_then(|path| Some(path.file_name()?.to_str()?.to_owned())).unwrap_or_default();
        Some(Node { index, name, bus })
    };
    let mut nodes: Vec<Node> = entries.flatten().filter_map(|entry| node(&entry.path())).collect();
    nodes.sort_by_key(|node| node.index);
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_read_from_the_system_and_answer_to_name_and_port() {
        let dir = tempfile::tempdir().expect("a folder");
        let port = dir.path().join("usb/1-1.2:1.0");
        std::fs::create_dir_all(&port).expect("made");
        for (index, name) in [(10, "HD Webcam C925"), (2, "Integrated Camera")] {
            let node = dir.path().join(format!("class/video{index}"));
            std::fs::create_dir_all(&node).expect("made");
            std::fs::write(node.join("name"), format!("{name}\n")).expect("written");
        }
        std::os::unix::fs::symlink(&port, dir.path().join("class/video10/device")).expect("linked");
        let nodes = nodes_in(&dir.path().join("class"));
        assert_eq!(nodes.iter().map(|node| node.index).collect::<Vec<_>>(), [2, 10]);
        assert_eq!(nodes[1].bus, "1-1.2:1.0");
        assert!(nodes[1].answers_to(Some("c925")) && nodes[1].answers_to(Some("1-1.2")));
        assert!(!nodes[0].answers_to(Some("c925")) && nodes[0].answers_to(None));
        assert!(nodes_in(&dir.path().join("nothing")).is_empty());
    }
}
