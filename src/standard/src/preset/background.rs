//! Background colours by name. Which names there are, what they look like and what they are called is the preset's to say.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Most characters of a name.
const MAX_NAME: usize = 24;

/// The name of a background colour (`blue`): 1 to 24 of `a-z`, `0-9`, `_` and `-`. Tasks and commands choose a background by it;
/// [`Preset::background`](super::Preset::background) says what it looks like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackgroundName {
    /// Its characters, zeros behind them.
    bytes: [u8; MAX_NAME],
}

/// A text that is no name of a background.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a background's name has 1 to {MAX_NAME} of a-z, 0-9, _ and -")]
pub struct BackgroundNameError;

impl BackgroundName {
    /// Reads a name.
    ///
    /// # Errors
    /// When it is empty, too long, or has other characters.
    pub const fn new(name: &str) -> Result<BackgroundName, BackgroundNameError> {
        let name = name.as_bytes();
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(BackgroundNameError);
        }
        let mut bytes = [0; MAX_NAME];
        let mut at = 0;
        while at < name.len() {
            if !matches!(name[at], b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-') {
                return Err(BackgroundNameError);
            }
            bytes[at] = name[at];
            at += 1;
        }
        Ok(BackgroundName { bytes })
    }

    /// A name that is written in the source.
    ///
    /// # Panics
    /// When it is no name; in a constant that is an error of the compiler.
    #[must_use]
    pub const fn literal(name: &str) -> BackgroundName {
        match BackgroundName::new(name) {
            Ok(name) => name,
            Err(_) => panic!("not the name of a background"),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.bytes.iter().position(|b| *b == 0).unwrap_or(MAX_NAME);
        std::str::from_utf8(&self.bytes[..end]).unwrap_or_default()
    }
}

impl FromStr for BackgroundName {
    type Err = BackgroundNameError;

    fn from_str(name: &str) -> Result<BackgroundName, BackgroundNameError> {
        BackgroundName::new(name)
    }
}

impl fmt::Display for BackgroundName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BackgroundName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for BackgroundName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for BackgroundName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<BackgroundName, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A background colour, sRGB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Background {
    /// Its name.
    pub name: BackgroundName,
    /// Its colour, 8-bit sRGB.
    pub rgb: [u8; 3],
    /// What it is called to people in Chinese; its name where the preset does not say it.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_tasks_already_carry_stay_names() {
        for name in ["blue", "white", "grey", "red", "light_blue", "a-1"] {
            let read: BackgroundName = name.parse().expect(name);
            assert_eq!((read.as_str(), read.to_string().as_str()), (name, name));
        }
        for other in ["", "Red", "浅蓝", "a b", "a\0", "abcdefghijklmnopqrstuvwxy"] {
            assert_eq!(BackgroundName::new(other), Err(BackgroundNameError), "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_its_text(text in "\\PC{0,30}|[a-z0-9_-]{1,24}") {
            if let Ok(name) = BackgroundName::new(&text) {
                prop_assert_eq!(name.as_str(), text);
            }
        }
    }
}
