//! The kiosk's identity: its signing key, drawn when the store is created, and what enrolment returned.

use crate::error::{Named, StoreError, row};
use crate::{RowFault, Store, meta, time as trusted};
use collection::{Clocks, DeviceId, PublicKey, Signer};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// What enrolment returned: the kiosk's id, its server, and the certificates and keys of both.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its id.
    pub device: DeviceId,
    /// Base address of the server, `https://host:port`.
    pub server_url: String,
    /// Certificate of the server's CA, PEM; no other is trusted.
    pub ca_pem: String,
    /// The kiosk's certificate chain, PEM.
    pub certificate_pem: String,
    /// The key of that certificate, PKCS#8 PEM. Secret.
    pub tls_key_pem: String,
    /// Key that signs the server's entries, 32 bytes hex.
    pub server_journal_key: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({} at {})", self.device, self.server_url)
    }
}

/// An enrolment that was begun: the request, so that it can be sent again unchanged after a lost reply.
#[derive(Clone, Serialize, Deserialize)]
pub struct EnrolDraft {
    /// The one-time code.
    pub code: String,
    /// The signing request, PEM.
    pub csr_pem: String,
    /// The key it is for, PKCS#8 PEM. Secret.
    pub tls_key_pem: String,
}

/// The server's time in its last reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTime {
    /// What the server said, milliseconds since 1970-01-01T00:00Z.
    pub server_millis: u64,
    /// What the kiosk's own clock said at that moment, likewise.
    pub kiosk_millis: u64,
    /// `CLOCK_BOOTTIME` at that moment, milliseconds.
    pub boot_millis: u64,
}

const SEED: &str = "journal_seed";
const IDENTITY: &str = "identity";
const DRAFT: &str = "enrol_draft";
const TIME: &str = "server_time";

/// The device's signing key; drawn once.
pub(crate) fn signer(tx: &Transaction<'_>) -> Result<Signer, StoreError> {
    let seed = match meta::get::<Vec<u8>>(tx, SEED)? {
        Some(seed) => Zeroizing::new(seed),
        None => {
            let seed = Zeroizing::new(rand::random::<[u8; 32]>().to_vec());
            meta::put(tx, SEED, seed.as_slice())?;
            seed
        }
    };
    let seed: &[u8; 32] = seed.as_slice().try_into().map_err(|_| row("the journal key", RowFault::Key))?;
    Signer::from_seed(seed).map_err(|e| row("the journal key", e))
}

/// The identity, once enrolled.
pub(crate) fn identity(db: &Connection) -> Result<Option<Identity>, StoreError> {
    meta::json(db, IDENTITY, "the identity")
}

impl Store {
    /// The public half of the key that signs this kiosk's entries.
    #[must_use]
    pub fn journal_key(&self) -> PublicKey {
        self.0.signer.public_key()
    }

    /// The kiosk's identity; `None` before it was enrolled.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.read(identity)
    }

    /// The enrolment that was begun and has no reply yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn enrol_draft(&self) -> Result<Option<EnrolDraft>, StoreError> {
        self.read(|db| meta::json(db, DRAFT, "the enrolment"))
    }

    /// Stores an enrolment request that is about to be sent.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn begin_enrolment(&self, draft: &EnrolDraft) -> Result<(), StoreError> {
        self.write("the enrolment", |tx| meta::put_json(tx, DRAFT, "the enrolment", draft))
    }

    /// Stores the kiosk's identity. The same device may be given a new certificate; another one only while the store
    /// has no entries, because they are signed as the old device.
    ///
    /// # Errors
    /// [`StoreError::AlreadyEnrolled`], or when the store cannot be written.
    pub fn enrolled(&self, new: &Identity) -> Result<(), StoreError> {
        self.write("the identity", |tx| {
            if let Some(old) = identity(tx)?
                && old.device != new.device
            {
                let own: bool = tx
                    .query_row("SELECT EXISTS (SELECT 1 FROM entry WHERE own = 1)", [], |r| r.get(0))
                    .named("the journal")?;
                if own {
                    return Err(StoreError::AlreadyEnrolled { device: old.device });
                }
                // Another device may be another server's: the feed starts over.
                meta::remove(tx, "cursor")?;
                meta::remove(tx, "epoch")?;
            }
            meta::put_json(tx, IDENTITY, "the identity", new)?;
            meta::remove(tx, DRAFT)
        })
    }

    /// The server's time in its last reply.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn server_time(&self) -> Result<Option<ServerTime>, StoreError> {
        self.read(|db| meta::json(db, TIME, "the server's time"))
    }

    /// Stores the server's time and trusts it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record_server_time(&self, time: ServerTime) -> Result<(), StoreError> {
        self.write("the server's time", |tx| {
            let boot = trusted::clocks().boot;
            let at = Clocks { wall_millis: time.kiosk_millis, boot_millis: time.boot_millis, boot };
            trusted::server_says(tx, time.server_millis, at)?;
            meta::put_json(tx, TIME, "the server's time", &time)
        })
    }
}
