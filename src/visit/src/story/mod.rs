//! Stories: whole visits and days at the desk, played without a window, a camera or a clock.

mod chaos;
mod common;
mod desk;
mod reach;
mod table;
mod typed_words;
mod words;
mod world;
