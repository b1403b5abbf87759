//! Measurements of the code reader.

pub mod false_reads;
mod patterns;
mod plain;
mod readers;
mod render;
mod scene;
pub mod sequences;
pub mod set;
pub mod synthetic;
pub mod time;
