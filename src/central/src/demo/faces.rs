//! The fetched face pictures: of each person one is the admission photo in the roster, another is shown to the camera.

use std::path::{Path, PathBuf};

/// One person's two pictures.
#[derive(Clone, Debug)]
pub(super) struct Face {
    /// Shown to the recorded camera.
    pub live: PathBuf,
    /// The admission photo in the roster.
    pub admission: PathBuf,
    /// Author and licence of the live picture, shown on the screen.
    pub credit: &'static str,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Faces {
    /// Folder of the models, where the kiosk finds them too.
    pub models: Option<PathBuf>,
    /// The first and the second demo student.
    pub faces: Vec<Face>,
}

impl Faces {
    /// Looks in `models`, then `$KIOSK_MODELS`, then `models/cache` upwards from the working directory.
    pub fn find(models: Option<&Path>) -> Faces {
        let Some(models) = folder(models) else { return Faces::default() };
        let picture = |name: &str| models.join("demo").join(name);
        let all = [
            Face {
                live: picture("person_a_2.jpg"),
                admission: picture("person_a_1.jpg"),
                credit: "Nebojša Tejić, Wikimedia Commons, public domain",
            },
            Face {
                live: picture("person_b_2.jpg"),
                admission: picture("person_b_1.jpg"),
                credit: "Office of the Vice President of the United States, Wikimedia Commons, public domain",
            },
        ];
        let complete = all.iter().all(|face| face.live.is_file() && face.admission.is_file());
        Faces { models: Some(models), faces: if complete { all.to_vec() } else { Vec::new() } }
    }
}

fn folder(given: Option<&Path>) -> Option<PathBuf> {
    let given = given.map(Path::to_owned).or_else(|| std::env::var_os("KIOSK_MODELS").map(PathBuf::from));
    if let Some(given) = given {
        return std::path::absolute(given).ok();
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|dir| dir.join("models/cache")).find(|dir| dir.is_dir())
}
