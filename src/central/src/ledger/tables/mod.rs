//! The ledger's tables, one entity each. Only portable types: text, 64-bit integers, booleans, bytes. The schema itself is made by
//! `migrations`; a test holds the two together.

pub mod attempt;
pub mod change;
pub mod claim;
pub mod columns;
pub mod counter;
pub mod decision;
pub mod device;
pub mod enrol_code;
pub mod entry;
pub mod entry_picture;
pub mod picture;
pub mod reviewer;
pub mod session;
pub mod staff;
pub mod student;
pub mod submission;
pub mod task;
pub mod task_version;
