//! Staff PINs at the kiosk: checked against what the server issued, slower with every wrong one, locked after five. How many were
//! wrong and until when nobody may is kept in the store, so that a restart gives nobody new tries; this process remembers it too,
//! so that a store that cannot be written gives nobody any either.

use argon2::{Argon2, PasswordHash, PasswordVerifier};
use std::time::{Duration, Instant};
use store::Store;
use visit::PinOutcome;

/// After how many wrong PINs the keypad is locked, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rule {
    /// Wrong PINs in a row after which the keypad is locked.
    tries: u32,
    /// First lockout; doubles with every further wrong PIN.
    first: Duration,
    /// Longest lockout.
    longest: Duration,
}

/// The rule of every kiosk.
const RULE: Rule = Rule { tries: 5, first: Duration::from_secs(60), longest: Duration::from_secs(3600) };

impl Rule {
    /// For how long no PIN is taken after so many wrong ones.
    fn lockout(self, wrong: u32) -> Option<Duration> {
        let more = wrong.checked_sub(self.tries)?;
        Some(self.first.saturating_mul(1 << more.min(10)).min(self.longest))
    }
}

/// Who may, and for how long nobody may.
pub struct Pins {
    rule: Rule,
    wrong: u32,
    until: Option<Instant>,
}

impl Default for Pins {
    fn default() -> Pins {
        Pins { rule: RULE, wrong: 0, until: None }
    }
}

impl Pins {
    /// Whose PIN this is. Blocks for the time of one Argon2id per member of staff.
    pub fn check(&mut self, store: &Store, pin: &str) -> PinOutcome {
        self.recall(store);
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
                self.forget(store);
                PinOutcome::Known { staff: member.id, name: member.display_name }
            }
            None => self.refuse(store),
        }
    }

    /// Of what the store knows and what this process knows, the stricter holds.
    fn recall(&mut self, store: &Store) {
        match store.pin_tries() {
            Ok(kept) => {
                self.wrong = self.wrong.max(kept.wrong);
                let until = (!kept.locked_for.is_zero()).then(|| Instant::now() + kept.locked_for);
                self.until = self.until.max(until);
            }
            Err(error) => tracing::error!(%error, "the wrong PINs could not be read"),
        }
    }

    fn forget(&mut self, store: &Store) {
        let unlocked = Pins { rule: self.rule, ..Pins::default() };
        let counted = std::mem::replace(self, unlocked).wrong;
        // Nothing is written on the usual day, on which every PIN is right.
        if counted > 0
            && let Err(error) = store.forget_wrong_pins()
        {
            tracing::error!(%error, "the wrong PINs before a right one could not be forgotten");
        }
    }

    /// Counts a wrong PIN. It is durable before anybody reads that it was wrong.
    fn refuse(&mut self, store: &Store) -> PinOutcome {
        self.wrong = self.wrong.saturating_add(1);
        let lockout = self.rule.lockout(self.wrong);
        self.until = lockout.map(|lockout| Instant::now() + lockout);
        if let Err(error) = store.keep_wrong_pins(self.wrong, lockout) {
            tracing::error!(%error, "a wrong PIN could not be kept; it counts until the kiosk is restarted");
        }
        lockout.map_or(PinOutcome::Wrong, |lockout| PinOutcome::Locked { seconds: seconds(lockout) })
    }
}

/// Whole seconds, rounded up, so that nobody is told to come back too early.
fn seconds(left: Duration) -> u32 {
    u32::try_from(left.as_millis().div_ceil(1000).max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::{PasswordHasher, SaltString};
    use argon2::{Algorithm, Params, Version};
    use collection::{DeviceId, Signer, StaffId};
    use protocol::{Change, ChangePage, StaffMember};
    use std::path::Path;
    use store::{Identity, StoreKey};

    const RIGHT: &str = "314159";
    const WRONG: &str = "000000";

    fn open(dir: &Path) -> Store {
        Store::open(dir, StoreKey::from_bytes([42; 32])).unwrap()
    }

    /// A store with one member of staff.
    fn staffed(dir: &Path) -> Store {
        let store = open(dir);
        let server = Signer::from_seed(&[7; 32]).unwrap();
        let identity = Identity {
            device: DeviceId::new("k-1").unwrap(),
            server_url: "https://127.0.0.1:1".to_owned(),
            ca_pem: String::new(),
            certificate_pem: String::new(),
            tls_key_pem: String::new(),
            server_journal_key: server.public_key().to_string(),
        };
        store.enrolled(&identity).unwrap();
        let quick = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let salt = SaltString::encode_b64(&[1; 16]).unwrap();
        let pin_phc = quick.hash_password(RIGHT.as_bytes(), &salt).unwrap().to_string();
        let id = StaffId::new("li").unwrap();
        let member = StaffMember { id, display_name: "李老师".to_owned(), pin_phc };
        let changes = vec![Change::Staff(member)];
        store.admit(&ChangePage { epoch: "e".to_owned(), changes, cursor: 1, more: false }).unwrap();
        store
    }

    fn is_known(outcome: &PinOutcome) -> bool {
        matches!(outcome, PinOutcome::Known { staff, .. } if staff.as_str() == "li")
    }

    fn locked_seconds(outcome: &PinOutcome) -> u32 {
        let PinOutcome::Locked { seconds } = outcome else { panic!("not locked: {outcome:?}") };
        *seconds
    }

    #[test]
    fn the_fifth_wrong_pin_locks_and_the_rest_doubles() {
        let dir = tempfile::tempdir().unwrap();
        let store = staffed(dir.path());
        let mut pins = Pins::default();
        for _ in 0..4 {
            assert_eq!(pins.refuse(&store), PinOutcome::Wrong);
        }
        assert_eq!(pins.refuse(&store), PinOutcome::Locked { seconds: 60 });
        assert_eq!(pins.refuse(&store), PinOutcome::Locked { seconds: 120 });
        for _ in 0..40 {
            pins.refuse(&store);
        }
        assert_eq!(pins.refuse(&store), PinOutcome::Locked { seconds: 3600 });
    }

    #[test]
    fn a_lockout_and_the_tries_before_it_outlive_the_process() {
        let dir = tempfile::tempdir().unwrap();
        let store = staffed(dir.path());
        let mut pins = Pins::default();
        for _ in 0..4 {
            assert_eq!(pins.check(&store, WRONG), PinOutcome::Wrong);
        }
        drop((pins, store));

        let (mut pins, store) = (Pins::default(), open(dir.path()));
        assert_eq!(locked_seconds(&pins.check(&store, WRONG)), 60, "four were wrong before the restart");
        drop((pins, store));

        let (mut pins, store) = (Pins::default(), open(dir.path()));
        let left = locked_seconds(&pins.check(&store, RIGHT));
        assert!((40..=60).contains(&left), "{left}");
    }

    #[test]
    fn once_the_delay_has_passed_the_right_pin_is_taken_and_counting_begins_anew() {
        let dir = tempfile::tempdir().unwrap();
        let rule = Rule { tries: 1, first: Duration::from_secs(2), longest: Duration::from_secs(2) };
        let store = staffed(dir.path());
        let began = Instant::now();
        assert_eq!(locked_seconds(&Pins { rule, ..Pins::default() }.check(&store, WRONG)), 2);
        drop(store);

        let (mut pins, store) = (Pins { rule, ..Pins::default() }, open(dir.path()));
        let outcome = pins.check(&store, RIGHT);
        // However slow the machine is: inside of the delay nobody is known.
        assert!(began.elapsed() >= rule.first || locked_seconds(&outcome) > 0);
        std::thread::sleep(rule.first);
        assert!(is_known(&pins.check(&store, RIGHT)));
        drop((pins, store));

        let store = open(dir.path());
        assert_eq!(store.pin_tries().unwrap(), store::PinTries::default());
        assert_eq!(Pins::default().check(&store, WRONG), PinOutcome::Wrong);
    }

    #[test]
    fn a_right_pin_between_wrong_ones_begins_counting_anew() {
        let dir = tempfile::tempdir().unwrap();
        let store = staffed(dir.path());
        let mut pins = Pins::default();
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(pins.check(&store, WRONG), PinOutcome::Wrong);
            }
            assert!(is_known(&pins.check(&store, RIGHT)));
        }
    }
}
