//! Module values that keep their certainty until error correction.

/// Values of all modules, row by row: above zero is dark, about one is certain.
#[derive(Clone, Debug)]
pub(crate) struct SoftModules {
    pub side: usize,
    pub values: Vec<f32>,
}
