//! The ledger's tables, one file each. Only portable types: text, 64-bit integers, booleans, bytes.

pub mod attempt;
pub mod change;
pub mod claim;
pub mod counter;
pub mod decision;
pub mod device;
pub mod enrol_code;
pub mod entry;
pub mod entry_picture;
pub mod meta;
pub mod picture;
pub mod reviewer;
pub mod session;
pub mod staff;
pub mod student;
pub mod submission;
pub mod task;
pub mod task_version;
