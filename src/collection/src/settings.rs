//! Limits of a task with their defaults: productions a day, replacements, resubmissions, working days, price.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Limits of one task; the defaults are those of the phone service (青聪云).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Productions (裁剪换背景) per school day.
    pub productions_per_day: u32,
    /// Replacements before review begins.
    pub replacements: u32,
    /// Resubmissions after 审核未通过.
    pub resubmissions: u32,
    /// Comparison failures after which the registry takes the case.
    pub comparison_failures_to_case: u32,
    /// Working days until a portrait is online, from and to.
    pub working_days: (u32, u32),
    /// Days that do not count as working days besides Saturday and Sunday.
    pub holidays: Vec<Date>,
    /// Saturdays and Sundays that are worked (调休).
    pub make_up_days: Vec<Date>,
    /// Students on no roster may be entered manually (人工录入).
    pub manual_entry: bool,
    /// Pictures may come from a stick that staff unlocks; most schools require a live capture.
    pub import: bool,
    /// Paper prints are part of the service, so there is an address.
    pub prints: bool,
    /// Price of the service, fen; the same however the picture comes.
    pub price_fen: u32,
    /// How portraits are named in the export, without `.jpg`: see [`NameTemplate`](crate::NameTemplate).
    pub naming: String,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            productions_per_day: 3,
            replacements: 1,
            resubmissions: 2,
            comparison_failures_to_case: 3,
            working_days: (7, 10),
            holidays: Vec::new(),
            make_up_days: Vec::new(),
            manual_entry: false,
            import: false,
            prints: false,
            price_fen: 0,
            naming: "{unique_number}".to_owned(),
        }
    }
}
