//! Reed-Solomon correction of errors and erasures: `2 * errors + erasures` may be as many as there are check codewords, less
//! a reserve that keeps random data from passing as a message.

/// Check codewords that are never spent: a random word passes at most once in 65,536 times for each block, and only where
/// all others are spent.
const RESERVE: usize = 2;

/// The field of QR codes: GF(256) over x^8 + x^4 + x^3 + x^2 + 1.
struct Field {
    power: [u8; 512],
    log: [u8; 256],
}

const fn field() -> Field {
    let mut field = Field { power: [0; 512], log: [0; 256] };
    let (mut value, mut i) = (1u16, 0);
    while i < 255 {
        field.power[i] = value as u8;
        field.power[i + 255] = value as u8;
        field.log[value as usize] = i as u8;
        value <<= 1;
        if value > 255 {
            value ^= 0x11d;
        }
        i += 1;
    }
    field
}

static FIELD: Field = field();

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    FIELD.power[usize::from(FIELD.log[usize::from(a)]) + usize::from(FIELD.log[usize::from(b)])]
}

/// `a / b`; `b` is not zero.
fn over(a: u8, b: u8) -> u8 {
    if a == 0 {
        return 0;
    }
    FIELD.power[usize::from(FIELD.log[usize::from(a)]) + 255 - usize::from(FIELD.log[usize::from(b)])]
}

/// Value of the polynomial (lowest power first) at `x`.
fn value_at(polynomial: &[u8], x: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, coefficient| times(sum, x) ^ coefficient)
}

fn product(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut out = vec![0; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            out[i + j] ^= times(*x, *y);
        }
    }
    out
}

fn syndromes(word: &[u8], checks: usize) -> Vec<u8> {
    (0..checks).map(|i| word.iter().fold(0, |sum, codeword| times(sum, FIELD.power[i]) ^ codeword)).collect()
}

/// Corrects `word` in place; `checks` of its codewords are check codewords, those at `erasures` are ignored. Returns whether
/// it is a valid word afterwards; if not, it is unchanged.
pub(crate) fn correct(word: &mut [u8], checks: usize, erasures: &[usize]) -> bool {
    if word.len() > 255 || checks > word.len() || erasures.len() + RESERVE > checks {
        return false;
    }
    let syndromes_now = syndromes(word, checks);
    if syndromes_now.iter().all(|s| *s == 0) {
        return true;
    }
    let before = word.to_vec();
    if solve(word, &syndromes_now, erasures).is_some() && syndromes(word, checks).iter().all(|s| *s == 0) {
        return true;
    }
    word.copy_from_slice(&before);
    false
}

fn solve(word: &mut [u8], syndromes: &[u8], erasures: &[usize]) -> Option<()> {
    let checks = syndromes.len();
    let place = |index: usize| FIELD.power[word.len() - 1 - index];
    let gone = erasures.iter().fold(vec![1], |gone, index| product(&gone, &[1, place(*index)]));
    let mut modified = product(&gone, syndromes);
    modified.truncate(checks);
    let wrong = locator(&modified[erasures.len()..])?;
    if 2 * (wrong.len() - 1) + erasures.len() + RESERVE > checks {
        return None;
    }
    let all = product(&gone, &wrong);
    let mut evaluator = product(&all, syndromes);
    evaluator.truncate(checks);
    // The formal derivative: in characteristic two only odd powers are left.
    let slope: Vec<u8> =
        all.iter().enumerate().skip(1).map(|(i, c)| if i % 2 == 1 { *c } else { 0 }).collect();
    let mut roots = 0;
    let places: Vec<u8> = (0..word.len()).map(place).collect();
    for (codeword, place) in word.iter_mut().zip(places) {
        let inverse = over(1, place);
        if value_at(&all, inverse) != 0 {
            continue;
        }
        roots += 1;
        let slope = value_at(&slope, inverse);
        if slope == 0 {
            return None;
        }
        // Forney's formula for a generator whose first root is 1.
        *codeword ^= times(place, over(value_at(&evaluator, inverse), slope));
    }
    (roots + 1 == all.len()).then_some(())
}

/// The shortest feedback register that makes the sequence (Berlekamp and Massey), lowest power first.
fn locator(sequence: &[u8]) -> Option<Vec<u8>> {
    let (mut current, mut previous) = (vec![1u8], vec![1u8]);
    let (mut length, mut shift, mut last) = (0usize, 1usize, 1u8);
    for n in 0..sequence.len() {
        let mut off = sequence[n];
        for i in 1..=length.min(current.len() - 1) {
            off ^= times(current[i], sequence[n - i]);
        }
        if off == 0 {
            shift += 1;
            continue;
        }
        let factor = over(off, last);
        let mut next = current.clone();
        next.resize(next.len().max(previous.len() + shift), 0);
        for (i, coefficient) in previous.iter().enumerate() {
            next[i + shift] ^= times(factor, *coefficient);
        }
        if 2 * length <= n {
            (length, last, shift) = (n + 1 - length, off, 1);
            previous = current;
        } else {
            shift += 1;
        }
        current = next;
    }
    while current.len() > 1 && current.last() == Some(&0) {
        current.pop();
    }
    (current.len() == length + 1).then_some(current)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A valid word: the message and its remainder by the generator with roots 2^0 .. 2^(checks-1).
    fn encoded(message: &[u8], checks: usize) -> Vec<u8> {
        // Highest power first here.
        let generator = (0..checks).fold(vec![1u8], |g, i| product(&g, &[1, FIELD.power[i]]));
        let mut rest = message.to_vec();
        rest.resize(message.len() + checks, 0);
        for i in 0..message.len() {
            let lead = rest[i];
            for (j, coefficient) in generator.iter().enumerate() {
                rest[i + j] ^= times(*coefficient, lead);
            }
        }
        let mut word = message.to_vec();
        word.extend(&rest[message.len()..]);
        word
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn as_many_errors_and_erasures_as_the_code_allows_are_corrected(
            message in proptest::collection::vec(any::<u8>(), 1..60), checks in 7usize..30, seed in any::<u64>(),
            erasures in 0usize..20,
        ) {
            let word = encoded(&message, checks);
            prop_assert!(syndromes(&word, checks).iter().all(|s| *s == 0));
            let erasures = erasures.min(checks - RESERVE);
            let wrong = (checks - RESERVE - erasures) / 2;
            // Places in a random order, all different.
            let mut places: Vec<usize> = (0..word.len()).collect();
            let mut state = seed | 1;
            for i in (1..places.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                places.swap(i, (state >> 33) as usize % (i + 1));
            }
            let (gone, rest) = places.split_at(erasures.min(word.len()));
            let mut damaged = word.clone();
            for at in gone.iter().chain(rest.iter().take(wrong)) {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                damaged[*at] ^= ((state >> 40) as u8).max(1);
            }
            prop_assert!(correct(&mut damaged, checks, gone));
            prop_assert_eq!(damaged, word);
        }

        #[test]
        fn a_random_word_is_not_corrected(mut word in proptest::collection::vec(any::<u8>(), 26..=26), erasures in 0usize..5) {
            let before = word.clone();
            let gone: Vec<usize> = (0..erasures).collect();
            prop_assert!(!correct(&mut word, 10, &gone));
            prop_assert_eq!(word, before);
        }
    }
}
