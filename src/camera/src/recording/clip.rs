//! A clip: what a recorded camera shows, as a script writes it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::RgbImage;
use serde::Deserialize;

/// What a clip shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// A phone held up, with one picture on its screen.
    Phone,
    /// One picture of a person, standing before the camera.
    Person,
    /// Two pictures side by side.
    People,
    /// An empty room.
    Empty,
    /// Whole frames, one picture after the other.
    Frames,
    /// No camera at all: the cable is out.
    Unplugged,
}

/// How it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// Not at all.
    #[serde(alias = "hold")]
    Still,
    /// As a hand holds it: a few pixels of slow sway, and a tremor.
    Hand,
    /// Comes in within 1.2 s and stays.
    Enter,
    /// Goes out within 1.2 s and is gone.
    Leave,
    /// Slowly from side to side.
    Pan,
    /// Slowly nearer and farther.
    Zoom,
}

/// One step of a motion script.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How it moves.
    pub motion: Motion,
    /// For how long, 0.05 to 600 s. The last step continues.
    pub seconds: f32,
}

/// One clip. In TOML: `show`, `pictures`, and where needed `zoom`, `x`, `y`, `motion` or `script`, `fps` and `loop`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clip {
    /// What it shows.
    pub show: Show,
    /// Picture files, relative to a base folder.
    #[serde(default)]
    pub pictures: Vec<PathBuf>,
    /// Pictures in memory; they come after the files.
    #[serde(skip)]
    pub images: Vec<Arc<RgbImage>>,
    /// Size. A person: height of the picture in frame heights (1 if nothing is said; 0.7 for two). A phone: 1 is 0.9 of the
    /// frame's height.
    pub zoom: Option<f32>,
    /// Where the middle lies, in frame widths from the left (0.5).
    pub x: Option<f32>,
    /// Where the middle lies, in frame heights from the top. A person stands on the frame's lower edge if nothing is said, or
    /// touches the upper edge if larger than the frame.
    pub y: Option<f32>,
    /// How it moves; a phone by hand, all else not at all.
    pub motion: Option<Motion>,
    /// Several motions one after the other instead of one: `[{ motion = "enter", seconds = 1.2 }, ...]`.
    #[serde(default)]
    pub script: Vec<Step>,
    /// Pictures a second, for [`Show::Frames`] (1).
    pub fps: Option<f32>,
    /// Whether [`Show::Frames`] begins again at its end instead of holding the last picture.
    #[serde(rename = "loop", default)]
    pub looped: bool,
}

/// Why a clip cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClipError {
    /// A picture cannot be used.
    #[error("the picture {file} cannot be shown: {reason}")]
    Picture {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// It needs another number of pictures.
    #[error("a clip of {show:?} needs {need} pictures, not {have}")]
    Pictures {
        /// What it shows.
        show: Show,
        /// How many it needs.
        need: &'static str,
        /// How many it has.
        have: usize,
    },
    /// A number is out of its range.
    #[error("{field} = {value} is not between {least} and {most}")]
    Range {
        /// The field.
        field: &'static str,
        /// What it says.
        value: String,
        /// Least value.
        least: &'static str,
        /// Greatest value.
        most: &'static str,
    },
}

/// Most pictures of one clip.
const MAX_PICTURES: usize = 300;

impl Clip {
    fn of(show: Show, pictures: Vec<PathBuf>) -> Self {
        let images = Vec::new();
        let script = Vec::new();
        Self {
            show,
            pictures,
            images,
            zoom: None,
            x: None,
            y: None,
            motion: None,
            script,
            fps: None,
            looped: false,
        }
    }

    /// A phone held up with `picture` on its screen.
    pub fn phone(picture: impl AsRef<Path>) -> Self {
        Self::of(Show::Phone, vec![picture.as_ref().to_owned()])
    }

    /// A person before the camera.
    pub fn person(picture: impl AsRef<Path>) -> Self {
        Self::of(Show::Person, vec![picture.as_ref().to_owned()])
    }

    /// Two people side by side.
    pub fn people(pictures: [impl AsRef<Path>; 2]) -> Self {
        Self::of(Show::People, pictures.into_iter().map(|picture| picture.as_ref().to_owned()).collect())
    }

    /// An empty room.
    #[must_use]
    pub fn empty() -> Self {
        Self::of(Show::Empty, Vec::new())
    }

    /// The camera's cable is out.
    #[must_use]
    pub fn unplugged() -> Self {
        Self::of(Show::Unplugged, Vec::new())
    }

    /// Whole frames in order, `fps` a second, held at the end or `looped`.
    #[must_use]
    pub fn frames(pictures: Vec<PathBuf>, fps: f32, looped: bool) -> Self {
        Self { fps: Some(fps), looped, ..Self::of(Show::Frames, pictures) }
    }

    /// The same with a picture in memory instead of files.
    #[must_use]
    pub fn with_image(mut self, image: Arc<RgbImage>) -> Self {
        self.pictures.clear();
        self.images.push(image);
        self
    }

    /// The same at another size and place; see the fields.
    #[must_use]
    pub fn placed(self, zoom: f32, x: f32, y: f32) -> Self {
        Self { zoom: Some(zoom), x: Some(x), y: Some(y), ..self }
    }

    /// The same moving another way.
    #[must_use]
    pub fn moving(self, motion: Motion) -> Self {
        Self { motion: Some(motion), ..self }
    }

    /// The same moving one way after the other.
    #[must_use]
    pub fn scripted(self, script: Vec<Step>) -> Self {
        Self { script, ..self }
    }

    /// The motions that apply, one after the other; at least one.
    pub(crate) fn motions(&self) -> Vec<Step> {
        let usual = if self.show == Show::Phone { Motion::Hand } else { Motion::Still };
        if self.script.is_empty() {
            return vec![Step { motion: self.motion.unwrap_or(usual), seconds: 1.0 }];
        }
        self.script.clone()
    }

    /// Checks all numbers and the number of pictures.
    pub(crate) fn check(&self) -> Result<(), ClipError> {
        let range =
            |field, value: Option<f32>, least: &'static str, most: &'static str, low: f32, high: f32| {
                match value {
                    // A NaN is in no range.
                    Some(value) if !(low..=high).contains(&value) => {
                        Err(ClipError::Range { field, value: value.to_string(), least, most })
                    }
                    _ => Ok(()),
                }
            };
        range("zoom", self.zoom, "0.1", "8", 0.1, 8.0)?;
        range("x", self.x, "-2", "3", -2.0, 3.0)?;
        range("y", self.y, "-2", "3", -2.0, 3.0)?;
        range("fps", self.fps, "0.01", "120", 0.01, 120.0)?;
        for step in &self.script {
            range("seconds", Some(step.seconds), "0.05", "600", 0.05, 600.0)?;
        }
        let have = self.pictures.len() + self.images.len();
        let (need, right) = match self.show {
            Show::Phone | Show::Person => ("1", have == 1),
            Show::People => ("2", have == 2),
            Show::Empty | Show::Unplugged => ("0", have == 0),
            Show::Frames => ("1 to 300", (1..=MAX_PICTURES).contains(&have)),
        };
        if right { Ok(()) } else { Err(ClipError::Pictures { show: self.show, need, have }) }
    }

    /// All pictures, decoded.
    pub(crate) fn load(&self, base: &Path) -> Result<Vec<Arc<RgbImage>>, ClipError> {
        let file = |path: &PathBuf| {
            let path = base.join(path);
            let named = |reason| ClipError::Picture { file: path.display().to_string(), reason };
            crate::picture_file::open(&path).map(Arc::new).map_err(named)
        };
        let mut all = self.pictures.iter().map(file).collect::<Result<Vec<_>, _>>()?;
        all.extend(self.images.iter().cloned());
        Ok(all)
    }
}

/// Two clips are the same if they would play the same: files by name, pictures in memory by identity.
impl PartialEq for Clip {
    fn eq(&self, other: &Self) -> bool {
        let shape = |c: &Self| (c.show, c.zoom, c.x, c.y, c.motion, c.fps, c.looped);
        shape(self) == shape(other)
            && self.script == other.script
            && self.pictures == other.pictures
            && self.images.len() == other.images.len()
            && self.images.iter().zip(&other.images).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Script {
        clip: Vec<Clip>,
    }

    #[test]
    fn clips_are_read_from_toml() {
        let text = r#"
            [[clip]]
            show = "phone"
            pictures = ["code.png"]
            motion = "hand"
            [[clip]]
            show = "person"
            pictures = ["a.jpg"]
            zoom = 1.2
            x = 0.5
            y = 0.55
            motion = "enter"
            [[clip]]
            show = "people"
            pictures = ["a.jpg", "b.jpg"]
            [[clip]]
            show = "person"
            pictures = ["a.jpg"]
            script = [{ motion = "enter", seconds = 1.2 }, { motion = "hold", seconds = 2 }, { motion = "leave", seconds = 2 }]
            [[clip]]
            show = "empty"
        "#;
        let script: Script = toml::from_str(text).expect("reads");
        assert!(script.clip.iter().all(|clip| clip.check().is_ok()));
        assert_eq!(script.clip[0], Clip::phone("code.png").moving(Motion::Hand));
        assert_eq!(script.clip[1], Clip::person("a.jpg").placed(1.2, 0.5, 0.55).moving(Motion::Enter));
        assert!(toml::from_str::<Script>("[[clip]]\nshow = \"face\"").is_err());
        assert!(toml::from_str::<Script>("[[clip]]\nshow = \"empty\"\nverdict = \"pass\"").is_err());
    }

    #[test]
    fn a_wrong_clip_says_what_is_wrong() {
        assert!(matches!(
            Clip::person("a").placed(f32::NAN, 0.5, 0.5).check(),
            Err(ClipError::Range { field: "zoom", .. })
        ));
        assert!(matches!(
            Clip::of(Show::People, vec!["a".into()]).check(),
            Err(ClipError::Pictures { have: 1, .. })
        ));
        let missing = Clip::person("no-such.jpg").load(Path::new("/nowhere")).expect_err("missing");
        assert!(missing.to_string().contains("/nowhere/no-such.jpg"), "{missing}");
    }
}
