//! Carries out what a visit or the staff panel asks for: each request goes to the worker that serves it, and the end of a visit
//! to everybody who remembers something of its student.

use super::App;
use crate::records::{Ask, Job, Photos};
use slint::ComponentHandle as _;
use std::sync::mpsc::SendError;
use visit::{
    Answered, Asked, FrameId, Input, JournalRequest, ProductionRequest, RecordsRequest, Request, Stage,
    UiRequest, Watch,
};
use zeroize::Zeroizing;

impl App {
    pub(super) fn perform(&self, request: Request) {
        match request {
            Request::Watch(watch) => self.watch(watch),
            Request::Production(asked) => self.produce(asked),
            Request::Records(asked) => {
                let photos = submitted(&asked.request).and_then(|(p, o)| self.photos(p, o));
                self.ask(Job::Records(asked, photos));
            }
            Request::Staff(asked) => self.ask(Job::Staff(asked)),
            Request::Journal(happened) => {
                let photos = produced(&happened).and_then(|(p, o)| self.photos(p, o));
                self.ask(Job::Journal(happened, photos));
            }
            Request::Ui(request) => self.perform_here(request),
        }
    }

    fn perform_here(&self, request: UiRequest) {
        match request {
            UiRequest::Forget(frames) => self.vault.forget(&frames),
            UiRequest::Wipe => self.wipe(),
            UiRequest::RetryCamera => self.workers.camera.retry(),
            UiRequest::BeginVisit(enrolment) => self.step_visit(Input::Assisted(enrolment)),
            UiRequest::Pause(notice) => self.step_visit(Input::Pause(notice)),
            // Lists of students, whole names and a typed PIN go with the panel.
            UiRequest::LeavePanel => crate::screens::clear(&self.window, &self.keyboard),
            UiRequest::SyncNow => self.workers.link.sync_now(),
        }
    }

    fn produce(&self, asked: Asked<ProductionRequest>) {
        if let Err(SendError(asked)) = self.workers.production.send(asked) {
            self.answer_unserved(&asked);
        }
    }

    fn ask(&self, job: Job) {
        let day = self.clock.now().day;
        let Err(SendError(Ask { job, .. })) = self.workers.records.send(Ask { job, day }) else { return };
        match job {
            Job::Records(asked, _) => self.answer_unserved(&asked),
            Job::Staff(asked) => self.answer_unserved(&asked),
            Job::Journal(..) | Job::Forget => tracing::error!("the records worker is gone"),
        }
    }

    /// A worker is gone: its questions are answered, so that no visit waits for ever.
    fn answer_unserved<R: Answered>(&self, asked: &Asked<R>) {
        tracing::error!("a worker is gone");
        if let Some(reply) = asked.request.failure() {
            self.post.input(Input::Reply(asked.ticket, reply));
        }
    }

    /// Copies of a finished portrait and its original, taken now: the visit may let go of both before they are kept.
    fn photos(&self, portrait: FrameId, original: FrameId) -> Option<Photos> {
        let portrait = self.vault.with_portrait(portrait, |bytes| Zeroizing::new(bytes.to_vec()));
        let original = self.vault.with_capture(original, |c| Zeroizing::new(c.original.clone()));
        portrait.zip(original)
    }

    pub(super) fn watch(&self, watch: Watch) {
        let shown = watch != Watch::Rest;
        self.workers.vision.watch(watch);
        let size = if shown { self.preview_size() } else { (0, 0) };
        let scale = self.window.window().scale_factor();
        let scaled = |v: u32| (v as f32 * scale).round() as u32;
        self.workers.preview.ask(scaled(size.0), scaled(size.1));
    }

    /// The live picture's size on the screen in hand, design pixels; nothing where there is none.
    fn preview_size(&self) -> (u32, u32) {
        let (landscape, visit) = (self.landscape(), self.visit.borrow());
        if let Stage::Scan(_) = visit.stage() {
            return if landscape { ui::size::SCAN_LANDSCAPE } else { ui::size::SCAN };
        }
        if let Stage::Capture(_) = visit.stage() {
            return if landscape { ui::size::CAPTURE_LANDSCAPE } else { ui::size::CAPTURE };
        }
        (0, 0)
    }

    /// The visit is over: everybody who remembers something of its student forgets it.
    fn wipe(&self) {
        // First what the screen drew from the vault's pictures, so that the vault holds the last copy and overwrites it.
        self.pictures.wipe();
        self.vault.wipe();
        self.wedge.borrow_mut().clear();
        self.outline.set(None);
        self.ask(Job::Forget);
        // The next student must not see, even for a moment, what the last one saw.
        crate::screens::clear(&self.window, &self.keyboard);
    }
}

/// Portrait and original of a submission.
fn submitted(request: &RecordsRequest) -> Option<(FrameId, FrameId)> {
    if let RecordsRequest::Submit(of) = request { Some((of.portrait, of.original)) } else { None }
}

/// Portrait and original of a production.
fn produced(happened: &JournalRequest) -> Option<(FrameId, FrameId)> {
    if let JournalRequest::Produced(of) = happened { Some((of.portrait, of.original)) } else { None }
}

#[cfg(test)]
mod tests;
