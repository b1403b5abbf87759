//! Scenarios: whole visits and days at the staff panel, played without a window, a camera or a clock.

mod chaos;
mod common;
mod forgetting;
mod panel;
mod reach;
mod scenario_table;
mod typed_words;
mod words;
mod world;
