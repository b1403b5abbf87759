//! Why no portrait was made.

use super::encode::EncodeError;
use super::place::Rule;
use crate::assess::Assessment;
use crate::models::EngineError;
use sentences::{Code, codes};
use standard::CheckName;

/// A reason not to make a portrait, with the figures of its sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no face.
    #[error("no face was found")]
    NoFace,
    /// There is another face wider than a third of the main one.
    #[error("there are {count} faces")]
    SeveralFaces {
        /// The main one included.
        count: usize,
    },
    /// The picture's edge cuts the hair.
    #[error("the picture's edge cuts the hair")]
    HairCut,
    /// The picture's edge cuts the chin.
    #[error("the picture's edge cuts the chin")]
    ChinCut,
    /// The picture's edge cuts a cheek.
    #[error("the picture's edge cuts the face's side")]
    CheekCut,
    /// The person's outline could not be found.
    #[error("the person does not stand out from the background")]
    NoOutline,
    /// No scale and shift satisfies the placement rules.
    #[error("no placement satisfies the standard: {rule:?} would have to give way")]
    NoPlacement {
        /// The rule that stands against all others.
        rule: Rule,
    },
    /// The face would have to be enlarged too much.
    #[error("the face is too small: it would have to be enlarged {factor:.2} times, {limit:.2} is permitted")]
    Enlargement {
        /// Needed.
        factor: f64,
        /// Permitted.
        limit: f64,
    },
    /// The standard does not permit this background.
    #[error("the standard does not permit this background")]
    Background,
    /// Blocking capture checks, in strict mode.
    #[error("capture checks block: {}", names(.0))]
    Capture(Vec<CheckName>),
    /// The finished file breaks rules of the standard.
    #[error("the finished file breaks the standard: {}", names(.0))]
    File(Vec<CheckName>),
}

fn names(list: &[CheckName]) -> String {
    list.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", ")
}

impl Refusal {
    /// Code of the sentence that says so to people.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Refusal::NoFace => codes::REFUSAL_NO_FACE,
            Refusal::SeveralFaces { .. } => codes::REFUSAL_SEVERAL_FACES,
            Refusal::HairCut => codes::REFUSAL_HAIR_CUT,
            Refusal::ChinCut => codes::REFUSAL_CHIN_CUT,
            Refusal::CheekCut => codes::REFUSAL_CHEEK_CUT,
            Refusal::NoOutline => codes::REFUSAL_NO_OUTLINE,
            Refusal::NoPlacement { rule } => rule.code(),
            Refusal::Enlargement { .. } => codes::REFUSAL_ENLARGEMENT,
            Refusal::Background => codes::REFUSAL_BACKGROUND,
            Refusal::Capture(_) => codes::REFUSAL_CAPTURE,
            Refusal::File(_) => codes::REFUSAL_FILE,
        }
    }

    /// Values for the sentence's places.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Refusal::SeveralFaces { count } => vec![("count", count.to_string())],
            Refusal::Enlargement { factor, limit } => {
                vec![("value", format!("{factor:.1}")), ("max", format!("{limit:.1}"))]
            }
            Refusal::NoFace
            | Refusal::HairCut
            | Refusal::ChinCut
            | Refusal::CheekCut
            | Refusal::NoOutline
            | Refusal::NoPlacement { .. }
            | Refusal::Background
            | Refusal::Capture(_)
            | Refusal::File(_) => Vec::new(),
        }
    }
}

/// Why `make` gave no portrait.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// A network is missing or broke off: nothing was judged.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The encoder broke off: nothing was judged.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The picture was judged and refused.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// What was measured before, if it came so far.
        capture: Option<Box<Assessment>>,
    },
}
