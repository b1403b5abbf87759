//! A collection task with its version: what one school asks of one group of students, and by which rules.

use crate::payload::Masked;
use crate::{PaymentMode, Settings, TaskId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use standard::{BackgroundName, Comparing};
use std::fmt;

/// Kind of study a task collects for (学历类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 普通本专科
    Undergraduate,
    /// 研究生
    Postgraduate,
    /// 成人教育
    AdultEducation,
}

/// A decoder of collection codes, tried in the task's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decoder {
    /// The project's own code: JWS compact, EdDSA.
    Signed {
        /// Key id in the JWS header.
        key_id: String,
        /// Ed25519 public key, 32 bytes hex.
        public_key: String,
        /// From this moment on the key is retired and its codes have expired. Two keys stand side by side while one follows
        /// the other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// A collector's readable code.
    Masked(Masked),
    /// A command of the authorised collector, which each kiosk's own file names (`[decoders]`): a task only says which, so that
    /// no server can make a kiosk run something.
    External {
        /// Name of the command.
        name: String,
    },
    /// HMAC of the payload among known tokens.
    Token,
}

/// One collection task.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Rises with every change of anything below.
    pub version: u32,
    /// The school's name.
    pub school: String,
    /// The school's five-digit code.
    pub school_code: String,
    /// What the task is called.
    pub name: String,
    /// Kind of study.
    pub category: Category,
    /// The school's notice to students.
    pub notice: String,
    /// Version of the consent notice that students agree to.
    pub notice_version: u32,
    /// What the portrait is used for, one line each.
    pub purposes: Vec<String>,
    /// Name of the portrait standard.
    pub preset: String,
    /// The one background this task wants.
    pub background: BackgroundName,
    /// First day of collection, the school's calendar.
    pub opens: Date,
    /// Last day of collection.
    pub closes: Date,
    /// The school's time zone, IANA name.
    pub time_zone: String,
    /// Telephone of the registry (学籍科).
    pub registry_phone: String,
    /// Limits.
    pub settings: Settings,
    /// Comparison with the admission photo.
    pub comparing: Comparing,
    /// Ways to pay, first that works.
    pub payment: Vec<PaymentMode>,
    /// Whether CTID verification is part of the task.
    pub ctid: bool,
    /// Whether students see the admission photo.
    pub show_admission_photo: bool,
    /// Decoders of codes in order.
    pub decoders: Vec<Decoder>,
    /// Key for enrolment ids and roster matching, 32 bytes hex. Secret: stays in encrypted stores.
    pub matching_key: String,
}

/// Its id and version only: the matching key must reach no log.
impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Task({} version {})", self.id, self.version)
    }
}

impl Task {
    /// The school's calendar day at this moment. An unknown zone name counts as China's, UTC+8.
    #[must_use]
    pub fn day(&self, now: Timestamp) -> Date {
        let china = || TimeZone::fixed(jiff::tz::offset(8));
        let zone = TimeZone::get(&self.time_zone).unwrap_or_else(|_| china());
        zone.to_datetime(now).date()
    }
}
