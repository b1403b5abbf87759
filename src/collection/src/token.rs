//! How a collection code is recognised again without being stored.

use serde::{Deserialize, Serialize};

/// HMAC of a collection code's payload under the task's key, hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(pub String);
