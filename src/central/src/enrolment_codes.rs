//! One-time enrolment codes: twelve characters of Crockford's base 32 (60 random bits) in three groups, read as people type.

use rand::RngCore;
use sha2::{Digest, Sha256};

/// How long a code can be used.
pub(crate) const LIFETIME_MILLIS: i64 = 24 * 3600 * 1000;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code as it is shown, `7K2M-9QX4-B3TV`.
pub(crate) fn draw() -> String {
    let mut random = [0; 12];
    rand::rng().fill_bytes(&mut random);
    let text: Vec<char> = random.iter().map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect();
    text.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The hash under which a code is stored. Case, spaces, hyphens and the look-alikes O, I and L do not matter.
pub(crate) fn hash(typed: &str) -> String {
    let plain: String = typed
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(64)
        .collect();
    hex::encode(Sha256::digest(format!("enrol:{plain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(hash("7k2m 9qxo b3tl"), hash("7K2M-9QX0-B3T1"));
        assert_ne!(hash("7K2M-9QX0-B3T1"), hash("7K2M-9QX0-B3T2"));
        let code = draw();
        assert_eq!(code.len(), 14);
        assert_ne!(draw(), code);
    }
}
