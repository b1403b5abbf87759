//! Stories: whole visits and days at the desk, played without a window, a camera or a clock.

mod chaos;
mod common;
mod panel;
mod reach;
mod scenario_table;
mod typed_words;
mod words;
mod world;
