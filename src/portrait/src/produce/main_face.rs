//! Which of the faces in a picture is the main one.

use super::refusal::Refusal;
use crate::find::{BYSTANDER, Detection};

/// The main face of `faces`, which are sorted by size; refused if another one is wider than a third of it.
pub(crate) fn main_face(faces: &[Detection]) -> Result<&Detection, Refusal> {
    let main = faces.first().ok_or(Refusal::NoFace)?;
    let count = faces.iter().filter(|f| f.area.w > BYSTANDER * main.area.w).count();
    if count > 1 { Err(Refusal::SeveralFaces { count }) } else { Ok(main) }
}
