//! The machine itself: which stage gets an input, and what begins and ends with a visit.

use crate::behaviour::Seen;
use crate::clock::Moment;
use crate::context::{Context, KioskState, Presentation, Student};
use crate::cover::{Cover, CoverAction};
use crate::flow::{self, Outcome};
use crate::input::{CameraNews, Input};
use crate::next::Next;
use crate::override_reasons;
use crate::photo::FrameId;
use crate::request::{Request, UiRequest, Watch};
use crate::sentence::Sentence;
use crate::stage::{PausedStage, ScanStage, Stage};
use crate::subject::Subject;
use crate::subset::subset;
use crate::ticket::Ticket;
use crate::timings::Timings;
use crate::touch::Touch;
use collection::EnrolmentId;
use sentences::Code;

/// Everything of the person in front: the stage that they are in and what is known of them. Dropped as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) stage: Stage,
    pub(crate) student: Student,
}

/// A visit, or the wait for the next one.
#[derive(Clone, Debug)]
pub struct Visit {
    pub(crate) kiosk: KioskState,
    /// Where the kiosk stands while nobody is there.
    resting: Stage,
    /// From the first sign of a person to the end of their visit.
    pub(crate) session: Option<Session>,
}

subset! {
    /// What can be touched on every screen.
    ChromeTouch of Touch {
        Touch::Language => Language,
        Touch::LargeText => LargeText,
        Touch::Contrast => Contrast,
        Touch::Exit => Exit,
    }
}

impl Visit {
    /// Waits for the first student.
    #[must_use]
    pub fn new(timings: Timings) -> Visit {
        Visit { kiosk: KioskState::new(timings), resting: Stage::Scan(ScanStage::default()), session: None }
    }

    /// This kiosk is a demonstration: staff may give 演示 as a reason.
    pub fn demonstrate(&mut self) {
        self.kiosk.demonstration = true;
    }

    /// Whether nobody is here: staff may come in, and nothing is lost when the kiosk rests.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.stage().resting().is_at_rest()
    }

    /// What the next student reads while the kiosk is stopped.
    #[must_use]
    pub fn paused(&self) -> Option<&Sentence> {
        self.kiosk.paused.as_ref()
    }

    /// Where the visit stands.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        self.session.as_ref().map_or(&self.resting, |session| &session.stage)
    }

    /// What lies over the stage.
    #[must_use]
    pub fn cover(&self) -> Option<&Cover> {
        self.kiosk.cover.as_ref()
    }

    /// Who stands in front, once that is known.
    #[must_use]
    pub fn subject(&self) -> Option<&Subject> {
        self.session.as_ref().and_then(|session| session.student.subject.as_deref())
    }

    /// How the screen speaks.
    #[must_use]
    pub fn presentation(&self) -> Presentation {
        self.session.as_ref().map(|session| session.student.look).unwrap_or_default()
    }

    /// Sentence codes of the reasons that staff can give, in the order of [`Touch::Reason`].
    #[must_use]
    pub fn override_reasons(&self) -> &'static [Code] {
        override_reasons::override_reasons(self.kiosk.demonstration)
    }

    /// The newest moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.kiosk.now
    }

    /// How long things take.
    #[must_use]
    pub fn timings(&self) -> Timings {
        self.kiosk.timings
    }

    /// Number of the visit since the start.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.kiosk.number
    }

    /// What frames should be looked at for now; asked once after the start, later said by [`Request::Watch`].
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.stage().resting().watch(self.subject())
    }

    pub(crate) fn ticket(&self) -> Ticket {
        self.kiosk.ticket()
    }

    /// Something happened: moves on and says what is to be done.
    ///
    /// Pictures that the state held before and holds no more are let go of here, whatever led away from them.
    pub fn step(&mut self, input: Input) -> Vec<Request> {
        let mut gone = self.held_frames();
        if let Input::Reply(ticket, reply) = &input {
            if *ticket != self.ticket() {
                // Of another visit, or of a stage that was left: it must not touch this student's screen, and its pictures go.
                return forget(reply.frames()).into_iter().collect();
            }
            gone.extend(reply.frames());
        }
        let mut out = Vec::new();
        self.take(input, &mut out);
        let kept = self.held_frames();
        gone.retain(|f| !kept.contains(f));
        gone.sort_unstable();
        gone.dedup();
        if !out.contains(&Request::Ui(UiRequest::Wipe)) {
            out.extend(forget(gone));
        }
        out
    }

    fn take(&mut self, input: Input, out: &mut Vec<Request>) {
        match input {
            Input::Tick(now) => self.tick(now, out),
            Input::Camera(news) => self.camera(news),
            Input::Touch(touch) => self.touch(touch, out),
            Input::Code(payload) => self.on_stage(out, |stage, cx| stage.see(cx, Seen::Code(payload))),
            Input::CodeSeen(None) if self.session.is_none() => {}
            Input::CodeSeen(hint) => self.on_stage(out, |stage, cx| stage.see(cx, Seen::CodeHint(hint))),
            Input::Live(live) => self.on_stage(out, |stage, cx| stage.see(cx, Seen::Face(live))),
            Input::Reply(_, reply) => self.on_stage(out, |stage, cx| stage.reply(cx, reply)),
            Input::Uploaded => self.uploaded(),
            Input::Pause(notice) => self.pause(notice, out),
            Input::Assisted(enrolment) => self.assist(enrolment, out),
        }
    }

    /// Steps the stage and follows where it leads. A session begins with the first sign of a person.
    fn on_stage(&mut self, out: &mut Vec<Request>, act: impl FnOnce(&mut Stage, &mut Context<'_>) -> Next) {
        let Session { mut stage, mut student } = self.take_session();
        let mut cx = Context { kiosk: &mut self.kiosk, student: &mut student, out };
        let next = act(&mut stage, &mut cx);
        match flow::follow(&mut cx, stage, next) {
            Outcome::Stay(stage) => self.session = Some(Session { stage, student }),
            Outcome::Enter(stage) => self.enter(Session { stage, student }, out),
            Outcome::End(notice) => self.end(notice, out),
        }
    }

    fn take_session(&mut self) -> Session {
        let fresh = || Session { stage: self.resting.clone(), student: Student::default() };
        self.session.take().unwrap_or_else(fresh)
    }

    /// A stage begins: earlier tickets are void from here on.
    fn enter(&mut self, mut session: Session, out: &mut Vec<Request>) {
        if session.stage.resting().is_anonymous() {
            session.student.subject = None;
        }
        self.turn_to(&session.stage);
        out.push(Request::Watch(session.stage.resting().watch(session.student.subject.as_deref())));
        let Session { stage, student } = &mut session;
        stage.begin(&mut Context { kiosk: &mut self.kiosk, student, out });
        self.session = Some(session);
    }

    /// What the kiosk notes of every stage that begins.
    fn turn_to(&mut self, stage: &Stage) {
        let kiosk = &mut self.kiosk;
        kiosk.generation += 1;
        kiosk.last_sign = kiosk.now.millis;
        kiosk.cover = match &kiosk.camera {
            CameraNews::Lost { code } if stage.resting().needs_camera() => {
                let since = kiosk.lost_since.unwrap_or(kiosk.now.millis);
                Some(Cover::CameraLost { code: *code, since })
            }
            CameraNews::Lost { .. } | CameraNews::Live | CameraNews::Starting => None,
        };
    }

    /// Ends the visit: the session is dropped, and with it everything of the student.
    fn end(&mut self, notice: Option<Sentence>, out: &mut Vec<Request>) {
        self.session = None;
        self.kiosk.number += 1;
        self.resting = match &self.kiosk.paused {
            Some(notice) => Stage::Paused(PausedStage { notice: notice.clone() }),
            None => Stage::Scan(ScanStage::default()),
        };
        let resting = self.resting.clone();
        self.turn_to(&resting);
        out.push(Request::Ui(UiRequest::Wipe));
        out.push(Request::Watch(self.watch()));
        if let Some(sentence) = notice.filter(|_| self.kiosk.paused.is_none()) {
            let until = self.kiosk.now.millis + self.kiosk.timings.notice;
            let stage = Stage::Scan(ScanStage::with_notice(sentence, until));
            self.session = Some(Session { stage, student: Student::default() });
        }
    }

    /// Stops the kiosk or lets it go on. A visit that runs comes to its end first.
    fn pause(&mut self, notice: Option<Sentence>, out: &mut Vec<Request>) {
        self.kiosk.paused = notice;
        if self.is_at_rest() {
            self.end(None, out);
        }
    }

    /// Staff begins a visit for somebody whose papers they checked.
    fn assist(&mut self, enrolment: EnrolmentId, out: &mut Vec<Request>) {
        if self.is_at_rest() {
            let mut session = self.take_session();
            session.stage = Stage::Scan(ScanStage::vouched_for(enrolment));
            self.enter(session, out);
        }
    }

    fn touch(&mut self, touch: Touch, out: &mut Vec<Request>) {
        self.kiosk.last_sign = self.kiosk.now.millis;
        if let Some(cover) = &self.kiosk.cover {
            return match cover.touch(touch) {
                CoverAction::Nothing => {}
                CoverAction::Lift => self.kiosk.cover = None,
                CoverAction::End => self.end(None, out),
                CoverAction::RetryCamera => out.push(Request::Ui(UiRequest::RetryCamera)),
            };
        }
        match ChromeTouch::of(touch) {
            Some(ChromeTouch::Language) => self.look(|look| look.english = !look.english),
            Some(ChromeTouch::LargeText) => self.look(|look| look.large = !look.large),
            Some(ChromeTouch::Contrast) => self.look(|look| look.contrast = !look.contrast),
            // Not lost, but not submitted either: that should be meant.
            Some(ChromeTouch::Exit) if self.stage().resting().asks_before_leaving() => {
                self.kiosk.cover = Some(Cover::Leaving);
            }
            Some(ChromeTouch::Exit) => self.end(None, out),
            None => self.on_stage(out, |stage, cx| stage.touch(cx, touch)),
        }
    }

    fn look(&mut self, change: impl FnOnce(&mut Presentation)) {
        let mut session = self.take_session();
        change(&mut session.student.look);
        self.session = Some(session);
    }

    fn uploaded(&mut self) {
        if let Some(Session { stage: Stage::Receipt(stage), .. }) = &mut self.session {
            stage.receipt.uploaded = true;
        }
    }

    /// Time passed: the idle cover, the end of an abandoned visit, and whatever the stage waits for.
    fn tick(&mut self, now: Moment, out: &mut Vec<Request>) {
        // A clock that only goes forward is promised; one that does not must not keep anybody's data on the screen.
        let now = Moment { millis: now.millis.max(self.kiosk.now.millis), ..now };
        self.kiosk.now = now;
        if self.session.is_none() {
            return;
        }
        let timings = self.kiosk.timings;
        if let Some(Cover::Idle { until }) = self.kiosk.cover {
            if now.millis >= until {
                self.end(None, out);
            }
            return;
        }
        let quiet = now.millis.saturating_sub(self.kiosk.last_sign);
        let abandoned = quiet >= timings.idle + timings.countdown && !self.is_fresh();
        if abandoned && matches!(self.kiosk.cover, Some(Cover::CameraLost { .. })) {
            // The student went while the camera was away; the next one must not meet their visit.
            return self.end(None, out);
        }
        let resting = self.stage().resting();
        let longest = if resting.is_busy() { timings.timeout } else { timings.idle };
        let coverable = !resting.is_public() && matches!(self.kiosk.cover, None | Some(Cover::Leaving));
        if quiet >= longest && coverable {
            self.kiosk.cover = Some(Cover::Idle { until: now.millis + timings.countdown });
        }
        self.on_stage(out, Stage::tick);
        if quiet >= timings.idle && self.is_fresh() {
            // A sign of somebody who has gone, with nothing of theirs left: nobody is here.
            self.session = None;
        }
    }

    /// Whether the screen shows nothing of a student's choices.
    fn is_fresh(&self) -> bool {
        self.stage().resting().is_fresh() && self.presentation() == Presentation::default()
    }

    fn camera(&mut self, news: CameraNews) {
        let needed = self.stage().resting().needs_camera();
        let kiosk = &mut self.kiosk;
        let lost = matches!(kiosk.cover, Some(Cover::CameraLost { .. }));
        match &news {
            CameraNews::Live => {
                kiosk.lost_since = None;
                if lost {
                    kiosk.cover = None;
                    kiosk.last_sign = kiosk.now.millis;
                }
            }
            CameraNews::Starting => kiosk.lost_since = None,
            CameraNews::Lost { code } => {
                let since = *kiosk.lost_since.get_or_insert(kiosk.now.millis);
                if needed && (lost || kiosk.cover.is_none()) {
                    kiosk.cover = Some(Cover::CameraLost { code: *code, since });
                }
            }
        }
        kiosk.camera = news;
    }

    /// Pictures that the state names.
    fn held_frames(&self) -> Vec<FrameId> {
        let mut frames = self.stage().resting().frames();
        frames.extend(self.subject().and_then(|subject| subject.admission_photo));
        frames
    }
}

fn forget(frames: Vec<FrameId>) -> Option<Request> {
    (!frames.is_empty()).then_some(Request::Ui(UiRequest::Forget(frames)))
}
