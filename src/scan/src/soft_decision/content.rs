//! Decodes the values of modules to the bytes of the message: format information, mask, error correction, bit stream.

use rxing::qrcode::common::{ErrorCorrectionLevel, FORMAT_INFO_DECODE_LOOKUP};
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;
use rxing::qrcode::decoder::{DataBlock, DataMask};

use super::equalise::equalised;
use super::function_patterns::{FunctionPatterns, format_places};
use super::reed_solomon::correct;
use super::soft_modules::SoftModules;

/// The message of a code.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub bytes: Vec<u8>,
    /// Text by a character set that the code itself declares.
    pub declared: Option<String>,
}

/// Least agreement of the format information with one of the 32 possible ones, 1 for all of it.
const LEAST_FORMAT: f32 = 0.35;
/// Shares of a block's check codewords that are spent on erasures (its least certain codewords), one attempt each. Never more
/// than half, so that the rest can still tell a message from chance.
const ERASURE_SHARES: [f32; 3] = [0.0, 0.25, 0.5];

/// Reads the modules as they are, then with the blur equalised.
pub(crate) fn read(modules: &SoftModules, patterns: &FunctionPatterns) -> Option<Content> {
    if let Some(content) = read_oriented(modules, patterns) {
        return Some(content);
    }
    [1, 2].into_iter().find_map(|reach| read_oriented(&equalised(modules, patterns, reach)?, patterns))
}

/// Reads the code upright or mirrored, whichever agrees better with the format information.
fn read_oriented(modules: &SoftModules, patterns: &FunctionPatterns) -> Option<Content> {
    let mirrored = SoftModules { side: modules.side, values: transposed(modules) };
    let (upright, other) = (format(modules), format(&mirrored));
    let (modules, (agreement, level, mask)) =
        if other.0 > upright.0 { (&mirrored, other) } else { (modules, upright) };
    if agreement < LEAST_FORMAT {
        return None;
    }
    let (codewords, certain) = codewords(modules, patterns, mask)?;
    let level = ErrorCorrectionLevel::forBits(level).ok()?;
    ERASURE_SHARES.iter().find_map(|share| corrected(&codewords, &certain, patterns, level, *share))
}

fn transposed(modules: &SoftModules) -> Vec<f32> {
    let side = modules.side;
    (0..side * side).map(|i| modules.values[(i % side) * side + i / side]).collect()
}

/// The format with which both copies agree most: the agreement, the correction level, the mask.
fn format(modules: &SoftModules) -> (f32, u8, u8) {
    let places = format_places(modules.side);
    let value = |(x, y): &(usize, usize)| modules.values[y * modules.side + x].clamp(-1.0, 1.0);
    let sum: f32 = places.iter().flatten().map(|place| value(place).abs()).sum::<f32>().max(1e-3);
    let mut best = (-1.0, 0, 0);
    for [pattern, meaning] in FORMAT_INFO_DECODE_LOOKUP {
        let agree = |copy: &Vec<(usize, usize)>| -> f32 {
            let sign = |bit: usize| if pattern >> (14 - bit) & 1 == 1 { 1.0 } else { -1.0 };
            copy.iter().enumerate().map(|(bit, place)| sign(bit) * value(place)).sum()
        };
        let agreement = places.iter().map(agree).sum::<f32>() / sum;
        if agreement > best.0 {
            // Two bits of level, three of mask.
            best = (agreement, (meaning >> 3) as u8, (meaning & 7) as u8);
        }
    }
    best
}

/// The codewords in their order in the symbol, and the certainty of the least certain bit of each.
fn codewords(modules: &SoftModules, patterns: &FunctionPatterns, mask: u8) -> Option<(Vec<u8>, Vec<f32>)> {
    let mask = DataMask::try_from(mask).ok()?;
    let mut words = Vec::new();
    let mut certain = Vec::new();
    for bits in patterns.order.chunks_exact(8) {
        let (mut word, mut least) = (0u8, f32::MAX);
        for (x, y) in bits {
            let value = modules.values[y * patterns.side + x];
            let dark = (value > 0.0) != mask.isMasked(*y as u32, *x as u32);
            word = word << 1 | u8::from(dark);
            least = least.min(value.abs());
        }
        words.push(word);
        certain.push(least);
    }
    Some((words, certain))
}

/// Corrects every block, with `share` of its number of check codewords as erasures, and decodes the message.
fn corrected(
    codewords: &[u8],
    certain: &[f32],
    patterns: &FunctionPatterns,
    level: ErrorCorrectionLevel,
    share: f32,
) -> Option<Content> {
    let blocks = DataBlock::getDataBlocks(codewords, patterns.version, level).ok()?;
    // The certainties travel through the same interleaving as bytes: 255 is certain.
    let scaled: Vec<u8> = certain.iter().map(|value| (value.min(1.0) * 255.0) as u8).collect();
    let sure = DataBlock::getDataBlocks(&scaled, patterns.version, level).ok()?;
    let mut bytes = Vec::new();
    for (block, sure) in blocks.iter().zip(&sure) {
        let data = block.getNumDataCodewords() as usize;
        let mut word = block.getCodewords().to_vec();
        let checks = word.len().checked_sub(data)?;
        let mut places: Vec<usize> = (0..word.len()).collect();
        places.sort_by_key(|place| sure.getCodewords()[*place]);
        places.truncate((checks as f32 * share) as usize);
        if !correct(&mut word, checks, &places) {
            return None;
        }
        bytes.extend_from_slice(&word[..data]);
    }
    let result = DecodeBitStream(&bytes, patterns.version, level).ok()?;
    let content = result.content();
    if !result.isValid() || content.bytes().is_empty() {
        return None;
    }
    let declared = content.has_eci.then(|| content.to_string());
    Some(Content { bytes: content.bytes().to_vec(), declared })
}
