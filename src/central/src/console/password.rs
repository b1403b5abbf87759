//! Passwords and PINs: Argon2id with the library's recommended cost (19 MiB, two passes), and the delay that failures cost.

use argon2::Argon2;
use argon2::password_hash::{Error, PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::time::Duration;

/// Failures without a delay: people mistype.
const FREE: u32 = 3;
/// Longest delay.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The PHC string of a password. Slow by design.
pub(crate) fn hash(password: &str) -> Result<String, Error> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>())?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

/// Whether the password fits. As slow when there is nothing to compare with, so that timing does not tell which names exist.
pub(crate) fn fits(password: &str, phc: Option<&str>) -> bool {
    let Some(phc) = phc else {
        let _ = hash(password);
        return false;
    };
    PasswordHash::new(phc)
        .is_ok_and(|known| Argon2::default().verify_password(password.as_bytes(), &known).is_ok())
}

/// How long no attempt is checked after so many failures: 2 s after the third, doubling, 15 minutes at most.
pub(crate) fn delay(failures: u32) -> Duration {
    match failures.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(over) => Duration::from_secs(2_u64.saturating_pow(over.saturating_add(1))).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let phc = hash("一起看照片").unwrap();
        assert!(phc.starts_with("$argon2id$"));
        assert!(fits("一起看照片", Some(&phc)));
        assert!(!fits("一起看照", Some(&phc)));
        assert!(!fits("", None));
    }

    #[test]
    fn the_delay_grows_and_ends() {
        assert_eq!(delay(2), Duration::ZERO);
        assert_eq!(delay(3), Duration::from_secs(2));
        assert_eq!(delay(5), Duration::from_secs(8));
        assert_eq!(delay(4_000_000_000), LONGEST);
    }
}
