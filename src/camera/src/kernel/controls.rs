//! Sets the controls of a camera: each wanted control becomes a switch and a value, and gets an outcome.

use std::io;

use v4l::Device;
use v4l::control::{Control, Description, Flags, Value};
use v4l::v4l_sys::{
    V4L2_CID_AUTO_WHITE_BALANCE, V4L2_CID_AUTOGAIN, V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CID_EXPOSURE_AUTO,
    V4L2_CID_FOCUS_ABSOLUTE, V4L2_CID_FOCUS_AUTO, V4L2_CID_GAIN, V4L2_CID_POWER_LINE_FREQUENCY,
    V4L2_CID_WHITE_BALANCE_TEMPERATURE,
};

use super::errors::{catch_panic, reason_of};
use crate::config::{Controls, Level, PowerLine};
use crate::frame::{Outcome, Setting};

/// One wanted control: the switch between automatic and manual, where there is one, and the value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct WantedControl {
    key: &'static str,
    /// Id of the switch and the acceptable values, best first.
    switch: Option<(u32, &'static [i64])>,
    /// Id of the value and the value.
    value: Option<(u32, i64)>,
}

// Values of V4L2_CID_EXPOSURE_AUTO: 0 automatic, 1 manual, 2 and 3 with one of shutter and aperture manual. A webcam's
// automatic is 3, because it has no adjustable aperture.
const EXPOSURE_AUTOMATIC: &[i64] = &[3, 0];
const EXPOSURE_MANUAL: &[i64] = &[1, 2];
const ON: &[i64] = &[1];
const OFF: &[i64] = &[0];

fn wanted_controls(wanted: &Controls) -> Vec<WantedControl> {
    let level = |key, level: Option<Level>, switch: u32, auto, manual, value: u32| {
        level.map(|level| match level {
            Level::Auto => WantedControl { key, switch: Some((switch, auto)), value: None },
            Level::Fixed(v) => {
                WantedControl { key, switch: Some((switch, manual)), value: Some((value, i64::from(v))) }
            }
        })
    };
    let power_line = wanted.power_line.map(|mains| match mains {
        PowerLine::Off => 0,
        PowerLine::Hz50 => 1,
        PowerLine::Hz60 => 2,
    });
    let exposure = (EXPOSURE_AUTOMATIC, EXPOSURE_MANUAL);
    [
        power_line.map(|value| WantedControl {
            key: "power_line_hz",
            switch: None,
            value: Some((V4L2_CID_POWER_LINE_FREQUENCY, value)),
        }),
        level(
            "exposure",
            wanted.exposure,
            V4L2_CID_EXPOSURE_AUTO,
            exposure.0,
            exposure.1,
            V4L2_CID_EXPOSURE_ABSOLUTE,
        ),
        level("gain", wanted.gain, V4L2_CID_AUTOGAIN, ON, OFF, V4L2_CID_GAIN),
        level(
            "white_balance",
            wanted.white_balance,
            V4L2_CID_AUTO_WHITE_BALANCE,
            ON,
            OFF,
            V4L2_CID_WHITE_BALANCE_TEMPERATURE,
        ),
        level("focus", wanted.focus, V4L2_CID_FOCUS_AUTO, ON, OFF, V4L2_CID_FOCUS_ABSOLUTE),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Sets the wanted controls and returns the outcome of each.
pub(super) fn set(device: &Device, wanted: &Controls) -> Vec<Setting> {
    let controls = wanted_controls(wanted);
    if controls.is_empty() {
        return Vec::new();
    }
    // The crate panics on kinds of controls that it does not know; the camera is used without controls then.
    let listed = catch_panic(|| device.query_controls().map_err(|error| reason_of(&error)));
    let offered = listed.unwrap_or_else(|error| {
        tracing::warn!(%error, "the camera's controls cannot be listed, so none is set");
        Vec::new()
    });
    let mut write = |id, value| device.set_control(Control { id, value: Value::Integer(value) });
    let settings: Vec<Setting> =
        controls.iter().map(|control| apply(control, &offered, &mut write)).collect();
    for Setting { control, outcome } in &settings {
        match outcome {
            Outcome::Set => {}
            Outcome::Nearest(value) => tracing::info!(control, value, "the camera's range is narrower"),
            Outcome::NotOffered => tracing::info!(control, "the camera has no such control"),
            Outcome::Refused(error) => tracing::warn!(control, error, "the camera refused a control"),
        }
    }
    settings
}

/// Sets one control: first its switch, then its value.
fn apply(
    wanted: &WantedControl,
    offered: &[Description],
    write: &mut dyn FnMut(u32, i64) -> io::Result<()>,
) -> Setting {
    let known = |id: u32| offered.iter().find(|d| d.id == id && !d.flags.contains(Flags::DISABLED));
    let answer = |outcome| Setting { control: wanted.key, outcome };
    let switch = wanted.switch.and_then(|(id, values)| known(id).map(|d| (id, values, d)));
    if let Some((id, values, description)) = switch {
        let has = |value: &&i64| match &description.items {
            Some(items) => items.iter().any(|(index, _)| i64::from(*index) == **value),
            None => (description.minimum..=description.maximum).contains(*value),
        };
        let Some(value) = values.iter().find(has) else { return answer(Outcome::NotOffered) };
        if let Err(error) = write(id, *value) {
            return answer(Outcome::Refused(error.to_string()));
        }
    }
    let Some((id, value)) = wanted.value else {
        // Without a switch nothing was set, so that nothing is known to be automatic.
        return answer(if switch.is_some() { Outcome::Set } else { Outcome::NotOffered });
    };
    let Some(description) = known(id) else { return answer(Outcome::NotOffered) };
    let near = nearest(value, description);
    answer(match write(id, near) {
        Ok(()) if near == value => Outcome::Set,
        Ok(()) => Outcome::Nearest(near),
        Err(error) => Outcome::Refused(error.to_string()),
    })
}

/// The nearest value in the control's range and on its steps.
fn nearest(value: i64, description: &Description) -> i64 {
    let (least, most) = (description.minimum, description.maximum.max(description.minimum));
    let step = i64::try_from(description.step).unwrap_or(1).max(1);
    let inside = value.clamp(least, most);
    let up = least + (inside - least + step / 2) / step * step;
    if up > most { up - step } else { up }
}

#[cfg(test)]
mod tests {
    use super::*;
    use v4l::control::{MenuItem, Type};

    fn control(id: u32, minimum: i64, maximum: i64, step: u64, items: Option<&[u32]>) -> Description {
        let items = items.map(|items| items.iter().map(|i| (*i, MenuItem::Value(0))).collect());
        let typ = if items.is_some() { Type::Menu } else { Type::Integer };
        Description {
            id,
            typ,
            name: String::new(),
            minimum,
            maximum,
            step,
            default: 0,
            flags: Flags::empty(),
            items,
        }
    }

    fn applied(wanted: Controls, offered: &[Description]) -> (Vec<Setting>, Vec<(u32, i64)>) {
        let mut written = Vec::new();
        let mut write = |id, value| {
            written.push((id, value));
            if id == V4L2_CID_GAIN { Err(io::Error::other("no")) } else { Ok(()) }
        };
        let settings =
            wanted_controls(&wanted).iter().map(|control| apply(control, offered, &mut write)).collect();
        (settings, written)
    }

    #[test]
    fn a_value_is_set_after_its_switch_on_the_cameras_steps() {
        let offered = [
            control(V4L2_CID_EXPOSURE_AUTO, 0, 3, 1, Some(&[1, 3])),
            control(V4L2_CID_EXPOSURE_ABSOLUTE, 3, 2047, 1, None),
            control(V4L2_CID_FOCUS_ABSOLUTE, 0, 250, 5, None),
        ];
        let wanted = Controls {
            exposure: Some(Level::Fixed(9000)),
            focus: Some(Level::Fixed(31)),
            ..Controls::default()
        };
        let (settings, written) = applied(wanted, &offered);
        assert_eq!(
            settings.iter().map(|s| &s.outcome).collect::<Vec<_>>(),
            [&Outcome::Nearest(2047), &Outcome::Nearest(30)]
        );
        let expected =
            [(V4L2_CID_EXPOSURE_AUTO, 1), (V4L2_CID_EXPOSURE_ABSOLUTE, 2047), (V4L2_CID_FOCUS_ABSOLUTE, 30)];
        assert_eq!(written, expected);
    }

    #[test]
    fn automatic_is_switched_on_by_a_value_that_the_camera_has() {
        let offered = [control(V4L2_CID_EXPOSURE_AUTO, 0, 3, 1, Some(&[1, 3]))];
        let (settings, written) =
            applied(Controls { exposure: Some(Level::Auto), ..Controls::default() }, &offered);
        assert_eq!((settings[0].outcome.clone(), written), (Outcome::Set, vec![(V4L2_CID_EXPOSURE_AUTO, 3)]));
    }

    #[test]
    fn a_missing_or_refused_control_is_reported() {
        let offered = [control(V4L2_CID_GAIN, 0, 255, 1, None)];
        let wanted = Controls {
            gain: Some(Level::Fixed(7)),
            white_balance: Some(Level::Auto),
            power_line: Some(PowerLine::Hz50),
            ..Controls::default()
        };
        let (settings, _) = applied(wanted, &offered);
        let of = |key| settings.iter().find(|s| s.control == key).map(|s| s.outcome.clone());
        assert_eq!(of("gain"), Some(Outcome::Refused("no".into())));
        assert_eq!(of("white_balance"), Some(Outcome::NotOffered));
        assert_eq!(of("power_line_hz"), Some(Outcome::NotOffered));
        assert!(applied(Controls::default(), &offered).0.is_empty());
    }
}
