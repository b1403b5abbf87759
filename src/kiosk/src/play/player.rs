//! Runs a script: finds what to touch by the words on the screen, as a person does, and touches where they are drawn.

use super::script::{Script, Step};
use super::summary::{Shot, Summary};
use crate::app::App;
use camera::SceneControl;
use headless::Headless;
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementRoot};
use slint::LogicalPosition;
use std::path::Path;
use std::time::{Duration, Instant};

/// Time between two looks at the screen.
const BEAT: Duration = Duration::from_millis(15);
/// How long a finger stays down.
const TAP: Duration = Duration::from_millis(60);
/// A person's pause after a touch; the screen locks for 300 ms against double taps.
const AFTER_TOUCH: Duration = Duration::from_millis(350);
/// Time between two keys.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);
/// How long a screen is shown before its picture is taken.
const SETTLE: Duration = Duration::from_millis(450);

/// Plays the whole script and takes a picture of every screen into `out`.
///
/// # Errors
/// When the output folder cannot be written. A step that cannot be done is not an error but a summary with `ok: false`.
pub fn play(
    app: &App,
    headless: &mut Headless,
    director: &SceneControl,
    script: &Script,
    out: &Path,
) -> std::io::Result<Summary> {
    std::fs::create_dir_all(out)?;
    let mut runner = ScriptRunner {
        app,
        headless,
        director,
        out,
        summary: Summary::default(),
        screen: String::new(),
        since: Instant::now(),
    };
    runner.summary.title.clone_from(&script.title);
    let begun = Instant::now();
    let mut failure = None;
    for (i, step) in script.steps.iter().enumerate() {
        if let Err(reason) = runner.perform(step, script)? {
            failure = Some(format!("step {}: {reason}", i + 1));
            break;
        }
    }
    runner.settle()?;
    let mut summary = runner.summary;
    summary.seconds = begun.elapsed().as_secs_f64();
    summary.ok = failure.is_none();
    summary.failure = failure;
    summary.ended_on = app.screen_name();
    summary.texts = texts(app);
    summary.waiting = app.waiting();
    Ok(summary)
}

/// A script in progress.
struct ScriptRunner<'a> {
    app: &'a App,
    headless: &'a mut Headless,
    director: &'a SceneControl,
    out: &'a Path,
    summary: Summary,
    screen: String,
    since: Instant,
}

impl ScriptRunner<'_> {
    fn perform(&mut self, step: &Step, script: &Script) -> std::io::Result<Result<(), String>> {
        if let Some(clip) = &step.show {
            return Ok(self.director.play(clip, &script.base).map_err(|e| e.to_string()));
        }
        if let Some(seconds) = step.pause {
            return self.wait(Duration::from_secs_f64(seconds), |_| false).map(|_| Ok(()));
        }
        if let Some(label) = &step.touch {
            return self.touch(label, step.times.unwrap_or(1), step.timeout());
        }
        if let Some(keys) = &step.keys {
            return self.type_keys(keys, step.timeout());
        }
        let Some(wanted) = &step.see else { return Ok(Ok(())) };
        let seen = self.wait(step.timeout(), |app| texts(app).iter().any(|t| t.contains(wanted.as_str())))?;
        let shown = || texts(self.app).join(" | ");
        Ok(if seen { Ok(()) } else { Err(format!("\"{wanted}\" did not appear; there is: {}", shown())) })
    }

    fn touch(&mut self, label: &str, times: u32, timeout: Duration) -> std::io::Result<Result<(), String>> {
        if self.find(label, timeout)?.is_none() {
            return Ok(Err(format!(
                "\"{label}\" cannot be touched; there is: {}",
                texts(self.app).join(" | ")
            )));
        }
        // The screen's picture must be taken before the touch that leaves it.
        self.wait(SETTLE, |_| false)?;
        let Some(at) = target(self.app, label) else {
            return Ok(Err(format!("\"{label}\" went away before it was touched")));
        };
        for _ in 0..times {
            self.press(at)?;
            self.wait(TAP, |_| false)?;
        }
        self.wait(AFTER_TOUCH, |_| false)?;
        Ok(Ok(()))
    }

    /// Taps keys one after the other, as people do.
    fn type_keys(&mut self, keys: &str, timeout: Duration) -> std::io::Result<Result<(), String>> {
        // As with a touch, the screen's picture must be taken first.
        self.wait(SETTLE, |_| false)?;
        for key in keys.chars() {
            let id = format!("key-{key}");
            let Some(at) = self.find(&id, timeout)? else {
                return Ok(Err(format!(
                    "\"{id}\" cannot be touched; there is: {}",
                    texts(self.app).join(" | ")
                )));
            };
            self.press(at)?;
            self.wait(BETWEEN_KEYS, |_| false)?;
        }
        self.wait(AFTER_TOUCH, |_| false).map(|_| Ok(()))
    }

    fn find(&mut self, label: &str, timeout: Duration) -> std::io::Result<Option<LogicalPosition>> {
        self.wait(timeout, |app| target(app, label).is_some())?;
        Ok(target(self.app, label))
    }

    fn press(&mut self, at: LogicalPosition) -> std::io::Result<()> {
        self.headless.press(at);
        self.wait(TAP, |_| false)?;
        self.headless.release(at);
        self.summary.touches += 1;
        Ok(())
    }

    /// Runs the kiosk until a condition holds; returns whether it came to hold in time.
    fn wait(&mut self, timeout: Duration, mut condition: impl FnMut(&App) -> bool) -> std::io::Result<bool> {
        let until = Instant::now() + timeout;
        loop {
            self.beat()?;
            if condition(self.app) {
                return Ok(true);
            }
            if Instant::now() >= until {
                return Ok(false);
            }
            std::thread::sleep(BEAT);
        }
    }

    fn settle(&mut self) -> std::io::Result<()> {
        self.wait(SETTLE * 2, |_| false).map(drop)
    }

    /// One turn of the loop. Takes a picture once a new screen has been shown for a while.
    fn beat(&mut self) -> std::io::Result<()> {
        self.app.turn();
        self.headless.draw();
        let name = self.app.screen_name();
        if name != self.screen {
            self.screen = name;
            self.since = Instant::now();
        } else if self.since.elapsed() >= SETTLE
            && self.summary.screens.last().is_none_or(|s| s.screen != name)
        {
            let file = format!("{:02}-{name}.png", self.summary.screens.len() + 1);
            self.headless.save(&self.out.join(&file)).map_err(std::io::Error::other)?;
            self.summary.screens.push(Shot { file, screen: name, texts: texts(self.app) });
        }
        Ok(())
    }
}

/// The middle of the enabled element with that label, where it can be touched.
fn target(app: &App, label: &str) -> Option<LogicalPosition> {
    let window = app.window();
    let wanted = label.to_owned();
    let found = window
        .root_element()
        .query_descendants()
        .match_predicate(move |e| touchable(e) && visible(e) && named(e, &wanted))
        .find_first()?;
    let (at, size) = (found.absolute_position(), found.size());
    Some(LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0))
}

fn touchable(e: &ElementHandle) -> bool {
    use AccessibleRole as R;
    let target = matches!(
        e.accessible_role(),
        Some(R::Button | R::Checkbox | R::ListItem | R::Switch | R::RadioButton)
    );
    target && e.accessible_enabled() != Some(false)
}

/// Whether these are its visible words, or its id, which is the same in every language.
fn named(e: &ElementHandle, name: &str) -> bool {
    e.accessible_label().is_some_and(|l| l == name) || e.accessible_id().is_some_and(|i| i == name)
}

fn visible(e: &ElementHandle) -> bool {
    let size = e.size();
    size.width > 0.0 && size.height > 0.0 && e.computed_opacity() > 0.0
}

/// Every text on the screen.
fn texts(app: &App) -> Vec<String> {
    let window = app.window();
    let mut texts: Vec<String> = window
        .root_element()
        .query_descendants()
        .match_predicate(|e| e.accessible_label().is_some_and(|l| !l.is_empty()) && visible(e))
        .find_all()
        .iter()
        .filter_map(ElementHandle::accessible_label)
        .map(|l| l.to_string())
        .collect();
    texts.dedup();
    texts
}
