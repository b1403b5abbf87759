//! What is done on a request: one folder a noun, one file a verb.

pub(crate) mod assets;
pub(crate) mod changes;
pub(crate) mod devices;
pub(crate) mod enrolment;
pub(crate) mod images;
pub(crate) mod journal;
pub(crate) mod pictures;
pub(crate) mod reviews;
pub(crate) mod sessions;
