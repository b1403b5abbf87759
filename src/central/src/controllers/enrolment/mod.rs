//! A kiosk becomes a device.

pub(crate) mod create;
