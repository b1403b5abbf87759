//! The trimap: the certain person, the certain background, and the unknown band between them, in which the matte is solved.

use crate::parallel::both;
use crate::plane::{Mask, Plane};

/// Alpha of the network's matte above which it is certain of the person.
pub(super) const PERSON_ABOVE: f32 = 0.95;
/// Alpha of the network's matte below which it is certain of the background.
pub(super) const BACKGROUND_BELOW: f32 = 0.05;
/// Erosion of both certain parts, pixels of the portrait: the network's edge is off by about as much.
const EROSION: usize = 2;

/// The certain parts; what is in neither is unknown.
pub(super) struct Trimap {
    pub(super) person: Mask,
    pub(super) background: Mask,
}

impl Trimap {
    /// The trimap of the network's matte. `outside` the picture everything is background: the canvas is extended only where
    /// the person does not touch the edge.
    pub(super) fn of(rough: &Plane, outside: &Mask) -> Trimap {
        let (mut person, mut background) = both(
            || Mask::of(rough, |a| a > PERSON_ABOVE).shrunk(EROSION),
            || Mask::of(rough, |a| a < BACKGROUND_BELOW).shrunk(EROSION),
        );
        for (i, out) in outside.data.iter().enumerate() {
            if *out {
                person.data[i] = false;
                background.data[i] = true;
            }
        }
        Trimap { person, background }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_are_eroded_and_the_outside_is_background() {
        let mut rough = Plane::new(20, 1, 0.0);
        rough.data[10..].fill(1.0);
        let mut outside = Mask::new(20, 1);
        outside.data[19] = true;
        let trimap = Trimap::of(&rough, &outside);
        let (person, background) = (&trimap.person.data, &trimap.background.data);
        assert!(
            !background[8] && !background[9] && !person[10] && !person[11],
            "the band of two pixels on both sides"
        );
        assert!(background[5] && person[14], "the certain parts");
        assert!(background[19] && !person[19], "the outside");
    }
}
