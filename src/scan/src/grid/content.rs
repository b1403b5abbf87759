//! From the values of modules to the bytes of the message.

use rxing::qrcode::common::{ErrorCorrectionLevel, FORMAT_INFO_DECODE_LOOKUP};
use rxing::qrcode::cpp_port::decoder::DecodeBitStream;
use rxing::qrcode::decoder::{DataBlock, DataMask};

use super::Cells;
use super::blueprint::{Blueprint, format_places};
use super::correct::mend;
use super::equalise::equalised;

/// What a code says.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub bytes: Vec<u8>,
    /// Text by a character set that the code itself declares.
    pub declared: Option<String>,
}

/// Least agreement of the format information with one of the 32 possible ones, 1 for all of it.
const LEAST_FORMAT: f32 = 0.35;
/// Shares of a block's check codewords that may be given up as unknown, one try each. Never more than half: what is left
/// must still be able to tell a message from chance.
const GIVEN_UP: [f32; 3] = [0.0, 0.25, 0.5];

/// Reads the modules as they are, then with the lens taken out.
pub(crate) fn read(cells: &Cells, plan: &Blueprint) -> Option<Content> {
    if let Some(content) = decided(cells, plan) {
        return Some(content);
    }
    [1, 2].into_iter().find_map(|reach| decided(&equalised(cells, plan, reach)?, plan))
}

/// Reads one set of decisions, upright or mirrored, whichever the format information speaks for.
fn decided(cells: &Cells, plan: &Blueprint) -> Option<Content> {
    let mirrored = Cells { side: cells.side, values: transposed(cells) };
    let (upright, other) = (format(cells), format(&mirrored));
    let (cells, (agreement, level, mask)) =
        if other.0 > upright.0 { (&mirrored, other) } else { (cells, upright) };
    if agreement < LEAST_FORMAT {
        return None;
    }
    let (codewords, certain) = codewords(cells, plan, mask)?;
    let level = ErrorCorrectionLevel::forBits(level).ok()?;
    GIVEN_UP.iter().find_map(|share| mended(&codewords, &certain, plan, level, *share))
}

fn transposed(cells: &Cells) -> Vec<f32> {
    let side = cells.side;
    (0..side * side).map(|i| cells.values[(i % side) * side + i / side]).collect()
}

/// The format that both copies speak for most: how much, correction level, mask.
fn format(cells: &Cells) -> (f32, u8, u8) {
    let places = format_places(cells.side);
    let value = |(x, y): &(usize, usize)| cells.values[y * cells.side + x].clamp(-1.0, 1.0);
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

/// The codewords in the order in which they stand, and how certain the least certain bit of each is.
fn codewords(cells: &Cells, plan: &Blueprint, mask: u8) -> Option<(Vec<u8>, Vec<f32>)> {
    let mask = DataMask::try_from(mask).ok()?;
    let mut words = Vec::new();
    let mut certain = Vec::new();
    for bits in plan.order.chunks_exact(8) {
        let (mut word, mut least) = (0u8, f32::MAX);
        for (x, y) in bits {
            let value = cells.values[y * plan.side + x];
            let dark = (value > 0.0) != mask.isMasked(*y as u32, *x as u32);
            word = word << 1 | u8::from(dark);
            least = least.min(value.abs());
        }
        words.push(word);
        certain.push(least);
    }
    Some((words, certain))
}

/// Corrects every block, giving up `share` of its check codewords' number as unknown, and reads the message.
fn mended(
    codewords: &[u8],
    certain: &[f32],
    plan: &Blueprint,
    level: ErrorCorrectionLevel,
    share: f32,
) -> Option<Content> {
    let blocks = DataBlock::getDataBlocks(codewords, plan.version, level).ok()?;
    // The certainties travel through the same interleaving as bytes: 255 is certain.
    let scaled: Vec<u8> = certain.iter().map(|value| (value.min(1.0) * 255.0) as u8).collect();
    let sure = DataBlock::getDataBlocks(&scaled, plan.version, level).ok()?;
    let mut bytes = Vec::new();
    for (block, sure) in blocks.iter().zip(&sure) {
        let data = block.getNumDataCodewords() as usize;
        let mut word = block.getCodewords().to_vec();
        let checks = word.len().checked_sub(data)?;
        let mut places: Vec<usize> = (0..word.len()).collect();
        places.sort_by_key(|place| sure.getCodewords()[*place]);
        places.truncate((checks as f32 * share) as usize);
        if !mend(&mut word, checks, &places) {
            return None;
        }
        bytes.extend_from_slice(&word[..data]);
    }
    let result = DecodeBitStream(&bytes, plan.version, level).ok()?;
    let content = result.content();
    if !result.isValid() || content.bytes().is_empty() {
        return None;
    }
    let declared = content.has_eci.then(|| content.to_string());
    Some(Content { bytes: content.bytes().to_vec(), declared })
}
