//! Puts the kiosk together and runs it: store, enrolment, traffic, camera, engine, workers, window.

use crate::app::{App, Clock, Workers};
use crate::config::{CameraChoice, Config, UsbCamera};
use crate::demo::DemoStudent;
use crate::inbox::inbox;
use crate::link::Link;
use crate::play::{Script, Summary};
use crate::school_day::SchoolDay;
use crate::vault::Vault;
use crate::{preview, production, records, vision};
use anyhow::{Context as _, Result};
use camera::{Camera, SceneControl};
use collection::Kind;
use headless::Headless;
use portrait::Engine;
use sentences::Code;
use slint::ComponentHandle as _;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{PictureRole, Store, StoreClaim};
use sync::{Sync, SyncHandle};
use tokio::runtime::Runtime;

/// Size of the frames that are asked of a camera.
const FRAME: (u32, u32) = (1280, 720);
/// Longest wait for the first tasks at the start.
const FIRST_ROUND: Duration = Duration::from_secs(5);
/// Frames a second that are asked of a camera.
const FRAME_RATE: u32 = 30;
/// Longest wait for workers when the kiosk closes; loading a network takes that long on a busy machine.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Everything that outlives a visit.
struct Machine {
    store: Store,
    engine: Arc<Engine>,
    runtime: Runtime,
    traffic: SyncHandle,
    camera: Camera,
    director: Option<SceneControl>,
}

/// Opens the kiosk and runs it until its window is closed.
///
/// # Errors
/// When a part that nothing works without cannot be started; the message says which and what to do.
pub fn open(config: &Config, models: Option<&Path>) -> Result<()> {
    // The demo's recording plays only where there is no camera.
    let recorded = matches!(config.camera, CameraChoice::Demo { .. }) && camera::list().is_empty();
    let machine = Machine::assemble(config, models, recorded)?;
    let window =
        ui::AppWindow::new().context("no screen can be opened; is a display or a DRM device there?")?;
    let (post, inbox) = inbox(wake_app);
    let app = machine.app(window, inbox, post, config)?;
    if let (Some(director), CameraChoice::Demo { credit, .. }) =
        (machine.director.clone(), config.camera.clone())
        && let Some(student) = DemoStudent::new(&config.camera, director)
    {
        app.play_demo(student, &credit);
    }
    APP.with(|slot| *slot.borrow_mut() = Some(Rc::clone(&app)));
    // Ticks for countdowns; everything else wakes the loop by itself.
    let timer = slint::Timer::default();
    timer.start(slint::TimerMode::Repeated, Duration::from_millis(50), turn_app);
    app.window().run()?;
    APP.with(|slot| slot.borrow_mut().take());
    drop(app);
    machine.rest();
    Ok(())
}

/// Plays a script without a window.
///
/// # Errors
/// When a part cannot be started or the output cannot be written.
pub fn play(config: &Config, models: Option<&Path>, script: &Script, out: &Path) -> Result<Summary> {
    if !matches!(config.camera, CameraChoice::Demo { .. }) {
        // A play writes screens and a portrait in the clear; on a kiosk in service they would be somebody's.
        anyhow::bail!("play needs camera.source = \"demo\" in the configuration");
    }
    let machine = Machine::assemble(config, models, true)?;
    let before = machine.store.last_sequence()?;
    let director = machine.director.clone().context("a script plays on a recorded camera")?;
    let mut headless = Headless::install(config.screen.0, config.screen.1)?;
    let window = ui::AppWindow::new()?;
    window.show()?;
    let (post, inbox) = inbox(|| {});
    let app = machine.app(window, inbox, post, config)?;
    match (&script.credit, &config.camera) {
        (Some(credit), _) | (None, CameraChoice::Demo { credit, .. }) => app.mark_demo(credit),
        _ => app.mark_demo(""),
    }
    let mut summary = crate::play::play(&app, &mut headless, &director, script, out)?;
    summary.portrait = machine.newest_portrait(before, out)?;
    let text = serde_json::to_string_pretty(&summary)?;
    std::fs::write(out.join("summary.json"), text)?;
    drop(app);
    machine.rest();
    Ok(summary)
}

thread_local! {
    /// The app on the UI thread, for events that other threads post.
    static APP: std::cell::RefCell<Option<Rc<App>>> = const { std::cell::RefCell::new(None) };
}

fn turn_app() {
    // Cloned out first: a turn may end up here again.
    let app = APP.with(|slot| slot.borrow().clone());
    if let Some(app) = app {
        app.turn();
    }
}

fn wake_app() {
    // Fails only while the window is closing, when nobody waits for the event any more.
    drop(slint::invoke_from_event_loop(turn_app));
}

impl Machine {
    fn assemble(config: &Config, models: Option<&Path>, recorded: bool) -> Result<Machine> {
        let folder = portrait::find_models(models.or(config.models.as_deref()));
        let engine = Engine::open(&folder).context("the models are not here; run make models")?;
        // Now rather than before the first student: a model with another hash must be seen by the person who starts the kiosk.
        engine.warm().context("the models cannot be used; run make models")?;
        let store = open_store(config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(enrol(config, &store))?;
        let traffic = Sync::spawn(store.clone(), sync::Config::default(), runtime.handle());
        await_tasks(&store, &traffic)?;
        let (camera, director) = open_camera(config, recorded)?;
        Ok(Machine { store, engine: Arc::new(engine), runtime, traffic, camera, director })
    }

    fn app(
        &self,
        window: ui::AppWindow,
        inbox: crate::inbox::Inbox,
        post: crate::inbox::Post,
        config: &Config,
    ) -> Result<Rc<App>> {
        let vault = Vault::default();
        let link = Link::watch(self.traffic.clone(), post.clone(), self.runtime.handle());
        let (vision, preview) = (vision::WatchRequest::default(), preview::PreviewOrder::default());
        vision::spawn(self.camera.clone(), Arc::clone(&self.engine), vision.clone(), post.clone())?;
        preview::spawn(self.camera.clone(), preview.clone(), post.clone())?;
        let production =
            production::spawn(self.camera.clone(), Arc::clone(&self.engine), vault.clone(), post.clone())?;
        let context = records::RecordsContext {
            decoders: config.decoders.clone(),
            link: link.clone(),
            pages: config.server.pages.clone(),
            vault: vault.clone(),
            zone: self.zone(),
        };
        let records = records::spawn(self.store.clone(), context, post.clone())?;
        let workers = Workers { production, records, vision, preview, link, camera: self.camera.clone() };
        let day = SchoolDay::watch(self.store.clone(), self.zone(), self.runtime.handle())?;
        let app = App::new(window, inbox, post, workers, vault, Clock::new(self.zone(), day));
        if let Some(task) = self.store.tasks()?.first() {
            let device =
                self.store.identity()?.map(|i| i.device.to_string().to_uppercase()).unwrap_or_default();
            app.introduce(&task.school, &task.registry_phone, &device);
        }
        if let Some(notice) = self.pause_notice()? {
            app.stay_paused(notice);
        }
        app.start();
        Ok(app)
    }

    /// Waits for the workers that look through the engine: its networks must not be torn down under them when the process
    /// ends. They end by themselves once the app is gone.
    fn rest(&self) {
        let until = Instant::now() + SHUTDOWN_TIMEOUT;
        while Arc::strong_count(&self.engine) > 1 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The notice that staff stopped the kiosk with, if nobody let it go on since.
    fn pause_notice(&self) -> Result<Option<visit::Sentence>> {
        let entries = self.store.entries(collection::EnrolmentId::DEVICE)?;
        let us = self.store.identity()?.map(|i| i.device);
        let own = entries.iter().rev().filter(|e| Some(&e.device) == us.as_ref());
        let newest =
            own.into_iter().find(|entry| matches!(entry.kind, Kind::Paused { .. } | Kind::Resumed { .. }));
        let Some(Kind::Paused { reason, .. }) = newest.map(|entry| &entry.kind) else { return Ok(None) };
        Ok(Some(visit::Sentence::plain(Code::find_or_general(reason))))
    }

    /// The school's time zone; this computer's before a task is known.
    fn zone(&self) -> jiff::tz::TimeZone {
        let named = self.store.tasks().ok().and_then(|t| t.into_iter().next());
        named
            .and_then(|t| jiff::tz::TimeZone::get(&t.time_zone).ok())
            .unwrap_or_else(jiff::tz::TimeZone::system)
    }

    /// Writes the newest portrait that was submitted here after the entry `before` into the folder of a play.
    fn newest_portrait(&self, before: u64, out: &Path) -> Result<Option<String>> {
        let mut newest = None;
        for task in self.store.tasks()? {
            for standing in self.store.standings(&task.id)? {
                let Some(candidate) = self.store.enrolment(standing.enrolment)?.candidate().cloned() else {
                    continue;
                };
                if candidate.sequence > before && newest.as_ref().is_none_or(|(id, _)| candidate.id > *id) {
                    newest = Some((candidate.id, candidate.portrait));
                }
            }
        }
        let Some(picture) = newest.map(|(_, hash)| self.store.picture(hash)).transpose()?.flatten() else {
            return Ok(None);
        };
        debug_assert_eq!(picture.role, PictureRole::Portrait);
        std::fs::write(out.join("portrait.jpg"), &picture.bytes)?;
        Ok(Some("portrait.jpg".to_owned()))
    }
}

/// Opens the store for this process alone, until it ends. Claimed before its key is read: two processes at a first start would
/// draw two keys, and the store would open with one of them.
fn open_store(config: &Config) -> Result<Store> {
    let claim = StoreClaim::take(&config.store_dir)?;
    let key = store::keys::obtain(&config.store_key, &config.store_dir)?;
    Ok(Store::open_claimed(claim, key)?)
}

/// Right after enrolling, the first round brings school, tasks and time zone; the first screen should know them.
fn await_tasks(store: &Store, traffic: &SyncHandle) -> Result<()> {
    let until = Instant::now() + FIRST_ROUND;
    while store.tasks()?.is_empty() && traffic.status().rounds == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Becomes a device of the server once; the first tasks come with the first round.
async fn enrol(config: &Config, store: &Store) -> Result<()> {
    if store.identity()?.is_some() {
        return Ok(());
    }
    let Some(code) = &config.server.enrolment_code else {
        anyhow::bail!(
            "this kiosk is not enrolled: get a one-time code at the server and write it into server.enrolment_code"
        );
    };
    let ca = std::fs::read_to_string(&config.server.ca)
        .with_context(|| format!("server.ca: {} cannot be read", config.server.ca.display()))?;
    let device = sync::enrol(&config.server.url, &ca, code, store).await?;
    tracing::info!(%device, "enrolled");
    Ok(())
}

fn open_camera(config: &Config, recorded: bool) -> Result<(Camera, Option<SceneControl>)> {
    if recorded {
        let (camera, director) = camera::Recording::open(FRAME.0, FRAME.1, FRAME_RATE)?;
        return Ok((camera, Some(director)));
    }
    let UsbCamera { name, turn, controls } = match &config.camera {
        CameraChoice::Usb(usb) => usb.clone(),
        CameraChoice::Demo { .. } => UsbCamera::default(),
    };
    let wanted = camera::Config::new(camera::Source::usb(name), FRAME.0, FRAME.1, FRAME_RATE);
    let wanted = camera::Config { rotation: turn, controls, ..wanted };
    Ok((Camera::open(wanted), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_kiosk_on_one_store_is_refused_before_it_touches_the_key() {
        let dir = tempfile::tempdir().unwrap();
        let text = include_str!("../../../kiosk-config/kiosk.toml");
        let mut config = Config::parse(text, dir.path()).unwrap();
        config.store_dir = dir.path().join("store");
        config.store_key = dir.path().join("store.key");
        let first = open_store(&config).unwrap();
        config.store_key = dir.path().join("another.key");
        let told = open_store(&config).unwrap_err().to_string();
        assert!(told.contains(&config.store_dir.display().to_string()), "{told}");
        assert!(told.contains("another kiosk process uses this store"), "{told}");
        assert!(!config.store_key.exists(), "no second key is drawn");
        config.store_key = dir.path().join("store.key");
        drop(first);
        open_store(&config).unwrap();
    }
}
