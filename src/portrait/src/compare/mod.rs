//! Comparing two faces: the same person, and if so, the same photograph?
//!
//! Templates live in memory only and are wiped when they are dropped. The score is a configured map of the embedding's
//! cosine, because a false-match rate measured on well-known faces says little about students: between the two limits of the
//! manual band a person decides.

mod embedding;
mod same_photo;

use crate::find::people;
use crate::models::{EngineError, Models};
use crate::produce::{FIND_SIDE, main_face};
use image::RgbImage;
use sentences::{Code, codes};
use serde::Serialize;
use standard::{Band, Comparing};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What is remembered of a face for one comparison. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Template {
    embedding: Vec<f32>,
    patch: Vec<f32>,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Template(..)")
    }
}

/// Why a picture gave no template.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// A network is missing or broke off.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// There is no face.
    #[error("no face was found")]
    NoFace,
    /// There is more than one person.
    #[error("there is more than one face")]
    SeveralFaces,
}

impl CompareError {
    /// Code of the sentence that says so to people.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            CompareError::Engine(e) => e.code(),
            CompareError::NoFace => codes::REFUSAL_NO_FACE,
            CompareError::SeveralFaces => codes::REFUSAL_SEVERAL_FACES,
        }
    }
}

/// Two faces compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Cosine of the embeddings, `-1..=1`.
    pub similarity: f32,
    /// The configured score, `0..=100`.
    pub score: f64,
    /// What follows.
    pub band: Band,
    /// One picture is the other, or an edit of it.
    pub same_photo: bool,
    /// Likeness of the two pictures as pictures, `-1..=1`; above a fixed limit they are one photograph.
    pub photo_likeness: f32,
}

/// The template of the main face of `picture`.
pub(crate) fn template(models: &Models, picture: &RgbImage) -> Result<Template, CompareError> {
    let faces = people(models, picture, FIND_SIDE)?;
    if faces.is_empty() {
        return Err(CompareError::NoFace);
    }
    let main = main_face(&faces).map_err(|_| CompareError::SeveralFaces)?;
    let embedding = embedding::of(models, picture, main)?;
    let patch = same_photo::patch(models, picture, main)?;
    Ok(Template { embedding, patch })
}

/// Compares two templates.
#[must_use]
pub fn compare(a: &Template, b: &Template, limits: &Comparing) -> Comparison {
    let similarity: f32 = a.embedding.iter().zip(&b.embedding).map(|(x, y)| x * y).sum();
    let photo_likeness = same_photo::likeness(&a.patch, &b.patch);
    Comparison {
        similarity,
        score: limits.score(similarity.into()),
        band: limits.band(similarity.into()),
        same_photo: photo_likeness >= same_photo::LIMIT,
        photo_likeness,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Seek as _, SeekFrom};

    /// What lies at an address of this process; empty where nothing is mapped any more.
    fn memory(address: usize, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        let mut memory = std::fs::File::open("/proc/self/mem").expect("this is Linux");
        memory.seek(SeekFrom::Start(address as u64)).expect("an address");
        memory.read_exact(&mut bytes).map_or_else(|_| Vec::new(), |()| bytes)
    }

    #[test]
    fn a_dropped_template_leaves_nothing_in_memory() {
        // A number that nothing else in this process holds; the allocator may write over the first few after the drop.
        let mark = f32::from_bits(0x4b1d_5eed);
        let template = Template { embedding: vec![mark; 128], patch: vec![mark; 2048] };
        let places =
            [&template.embedding, &template.patch].map(|v| (v.as_ptr() as usize, size_of_val(v.as_slice())));
        let left = || {
            let seen = places.map(|(address, length)| memory(address, length));
            seen.iter().flat_map(|bytes| bytes.chunks_exact(4)).filter(|b| **b == mark.to_ne_bytes()).count()
        };
        assert_eq!(left(), 128 + 2048, "the test sees what lies in memory");
        drop(template);
        assert_eq!(left(), 0);
    }
}
