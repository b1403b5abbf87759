//! Staff PINs at the kiosk: checked against what the server issued, slower with every wrong one, locked after five.

use argon2::{Argon2, PasswordHash, PasswordVerifier};
use std::time::{Duration, Instant};
use store::Store;
use visit::PinOutcome;

/// Wrong PINs in a row after which the keypad is locked.
const TRIES: u32 = 5;
/// First lockout; doubles with every further wrong PIN.
const LOCKOUT: Duration = Duration::from_secs(60);
/// Longest lockout.
const LONGEST_LOCKOUT: Duration = Duration::from_secs(3600);

/// Who may, and for how long nobody may.
#[derive(Default)]
pub struct Pins {
    wrong: u32,
    until: Option<Instant>,
}

impl Pins {
    /// Whose PIN this is. Blocks for the time of one Argon2id per member of staff.
    pub fn check(&mut self, store: &Store, pin: &str) -> PinOutcome {
        if let Some(left) = self.until.and_then(|u| u.checked_duration_since(Instant::now())) {
            return PinOutcome::Locked { seconds: seconds(left) };
        }
        let staff = match store.staff() {
            Ok(staff) => staff,
            Err(error) => {
                tracing::error!(%error, "the staff list could not be read");
                Vec::new()
            }
        };
        let known = staff.into_iter().find(|member| {
            PasswordHash::new(&member.pin_phc)
                .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
        });
        match known {
            Some(member) => {
                *self = Pins::default();
                PinOutcome::Known { staff: member.id, name: member.display_name }
            }
            None => self.refuse(),
        }
    }

    fn refuse(&mut self) -> PinOutcome {
        self.wrong += 1;
        if self.wrong < TRIES {
            return PinOutcome::Wrong;
        }
        let lockout = LOCKOUT.saturating_mul(1 << (self.wrong - TRIES).min(10)).min(LONGEST_LOCKOUT);
        self.until = Some(Instant::now() + lockout);
        PinOutcome::Locked { seconds: seconds(lockout) }
    }
}

fn seconds(left: Duration) -> u32 {
    u32::try_from(left.as_secs().max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_pin_locks_and_the_rest_doubles() {
        let mut pins = Pins::default();
        for _ in 0..4 {
            assert_eq!(pins.refuse(), PinOutcome::Wrong);
        }
        assert_eq!(pins.refuse(), PinOutcome::Locked { seconds: 60 });
        assert_eq!(pins.refuse(), PinOutcome::Locked { seconds: 120 });
    }
}
