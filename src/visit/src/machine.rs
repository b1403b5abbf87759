//! The machine itself: which stage gets an input, and what begins and ends with a visit.

use crate::entry::SearchThrottle;
use crate::stage::{
    Cover, NextAction, Purpose, ScanHint, ScanStage, Sentence, SentenceStage, StaffTask, Stage, Subject,
};
use crate::{Agreed, CameraNews, Effect, FrameId, Input, Moment, Reply, Ticket, Touch, Watch};
use collection::TaskId;
use jiff::civil::Date;

/// How long things take, milliseconds. Human times, so they are settings of the kiosk and not of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timings {
    /// Without a touch or a face until the idle cover appears.
    pub idle: u64,
    /// The idle cover's countdown.
    pub countdown: u64,
    /// All well before the camera until the shutter releases itself.
    pub hold: u64,
    /// How long the receipt stays.
    pub receipt: u64,
    /// How long a refused code is explained.
    pub notice: u64,
    /// Longest wait for an answer of the kiosk itself; whoever walked away meanwhile must not stay on the screen.
    pub timeout: u64,
}

impl Default for Timings {
    fn default() -> Self {
        Timings {
            idle: 45_000,
            countdown: 15_000,
            hold: 800,
            receipt: 10_000,
            notice: 8_000,
            timeout: 120_000,
        }
    }
}

/// How the screen speaks; back to the default with every new visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presentation {
    /// English instead of Chinese.
    pub english: bool,
    /// Large text.
    pub large: bool,
    /// High contrast.
    pub contrast: bool,
}

/// A visit, or the wait for the next one.
#[derive(Clone, Debug)]
pub struct Visit {
    pub(crate) number: u64,
    pub(crate) generation: u32,
    pub(crate) stage: Stage,
    pub(crate) cover: Option<Cover>,
    pub(crate) subject: Option<Subject>,
    pub(crate) agreed: Agreed,
    /// What the student came for.
    pub(crate) purpose: Purpose,
    /// The second factor was passed, or staff vouches.
    pub(crate) proven: bool,
    /// A code that nobody knew, or that was another's: bound to whoever passes the second factor.
    pub(crate) claim: Option<Vec<u8>>,
    /// The task that is typed for, chosen by the student or the only one here.
    pub(crate) task: Option<TaskId>,
    /// The address was given at this visit, or put off.
    pub(crate) address_settled: bool,
    /// Searches by number that found nobody, at this visit.
    pub(crate) misses: u32,
    /// The same at this kiosk, whoever typed.
    pub(crate) throttle: SearchThrottle,
    /// Staff stopped the kiosk: what the next student reads.
    pub(crate) paused: Option<Sentence>,
    pub(crate) demonstration: bool,
    pub(crate) camera: CameraNews,
    /// Since when the camera is lost, milliseconds.
    pub(crate) lost_since: Option<u64>,
    pub(crate) look: Presentation,
    pub(crate) now: Moment,
    pub(crate) last_sign: u64,
    pub(crate) timings: Timings,
}

impl Visit {
    /// Waits for the first student.
    #[must_use]
    pub fn new(timings: Timings) -> Visit {
        Visit {
            number: 1,
            generation: 0,
            stage: Stage::Scan(ScanStage::default()),
            cover: None,
            subject: None,
            agreed: Agreed::default(),
            purpose: Purpose::Portrait,
            proven: false,
            claim: None,
            task: None,
            address_settled: false,
            misses: 0,
            throttle: SearchThrottle::default(),
            paused: None,
            demonstration: false,
            camera: CameraNews::Starting,
            lost_since: None,
            look: Presentation::default(),
            now: Moment { millis: 0, day: Date::ZERO },
            last_sign: 0,
            timings,
        }
    }

    /// This kiosk is a demonstration: staff may give 演示 as a reason.
    pub fn demonstrate(&mut self) {
        self.demonstration = true;
    }

    /// Whether nobody is here: staff may come in, and nothing is lost when the kiosk rests.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        match &self.stage {
            Stage::Scan(scan) => scan.sight != ScanHint::Read,
            Stage::Paused(_) => true,
            _ => false,
        }
    }

    /// What the next student reads while the kiosk is stopped.
    #[must_use]
    pub fn paused(&self) -> Option<&Sentence> {
        self.paused.as_ref()
    }

    /// Where the visit stands.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What lies over the stage.
    #[must_use]
    pub fn cover(&self) -> Option<&Cover> {
        self.cover.as_ref()
    }

    /// Who stands in front, once a code told.
    #[must_use]
    pub fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// How the screen speaks.
    #[must_use]
    pub fn presentation(&self) -> Presentation {
        self.look
    }

    /// The newest moment it was told.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// How long things take.
    #[must_use]
    pub fn timings(&self) -> Timings {
        self.timings
    }

    /// Number of the visit since the start.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What frames should be looked at for now; asked once after the start, later told by effects.
    #[must_use]
    pub fn watch(&self) -> Watch {
        match &self.stage {
            Stage::Scan(_) => Watch::Codes,
            Stage::Capture(c) if !c.taking => Watch::Face,
            _ => Watch::Rest,
        }
    }

    /// Something happened: moves on and says what is to be done.
    ///
    /// Pictures that the state held before and holds no more are let go of here, whichever way led away from them.
    pub fn step(&mut self, input: Input) -> Vec<Effect> {
        let mut gone = self.held_frames();
        if let Input::Reply(ticket, reply) = &input {
            if *ticket != self.ticket() {
                // Of another visit, or of a stage that was left: it must not touch this student's screen, and its pictures go.
                return reply.pictures();
            }
            gone.extend(reply.frames());
        }
        let mut effects = self.take(input);
        let kept = self.held_frames();
        gone.retain(|f| !kept.contains(f));
        gone.sort_unstable();
        gone.dedup();
        if !gone.is_empty() && !effects.contains(&Effect::Wipe) {
            effects.push(Effect::Forget(gone));
        }
        effects
    }

    fn take(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Tick(now) => self.tick(now),
            Input::Camera(news) => self.camera(news),
            Input::Touch(touch) => self.touch(touch),
            Input::Code(payload) => self.code(payload),
            Input::CodeSeen(hint) => self.code_seen(hint),
            Input::Live(live) => self.live(live),
            Input::Reply(_, reply) => self.reply(reply),
            Input::Uploaded => self.uploaded(),
            Input::Pause(notice) => self.pause(notice),
            Input::Assisted(enrolment) => self.assisted(enrolment),
        }
    }

    /// Pictures that the state names.
    fn held_frames(&self) -> Vec<FrameId> {
        match &self.stage {
            Stage::Pick(pick) => pick.frames(),
            Stage::Staff(s) => match &s.errand {
                StaffTask::Override(pick) => pick.frames(),
                _ => Vec::new(),
            },
            Stage::Result(r) => vec![r.original, r.made.portrait],
            Stage::Receipt(r) => vec![r.portrait],
            _ => Vec::new(),
        }
    }

    pub(crate) fn ticket(&self) -> Ticket {
        Ticket { visit: self.number, generation: self.generation }
    }

    /// Moves to a stage: earlier tickets are void from here on.
    pub(crate) fn enter(&mut self, stage: Stage) -> Effect {
        self.generation += 1;
        self.stage = stage;
        self.last_sign = self.now.millis;
        self.cover = match &self.camera {
            CameraNews::Lost { code } if self.needs_camera() => {
                let since = self.lost_since.unwrap_or(self.now.millis);
                Some(Cover::CameraLost { code: code.clone(), since })
            }
            _ => None,
        };
        Effect::Watch(self.watch())
    }

    /// Whether the stage is nothing without frames.
    pub(crate) fn needs_camera(&self) -> bool {
        matches!(self.stage, Stage::Scan(_) | Stage::Capture(_))
    }

    /// Says one thing on a whole screen.
    pub(crate) fn say(&mut self, sentence: Sentence, way: NextAction) -> Vec<Effect> {
        let help = sentence.help();
        vec![self.enter(Stage::Sentence(SentenceStage { sentence, way, help }))]
    }

    /// Ends the visit: nothing of the student stays in the state.
    pub(crate) fn end(&mut self) -> Vec<Effect> {
        self.number += 1;
        self.subject = None;
        self.agreed = Agreed::default();
        self.purpose = Purpose::Portrait;
        self.proven = false;
        self.claim = None;
        self.task = None;
        self.address_settled = false;
        self.misses = 0;
        self.cover = None;
        self.look = Presentation::default();
        let rest = match &self.paused {
            Some(notice) => Stage::Paused(notice.clone()),
            None => Stage::Scan(ScanStage::default()),
        };
        let watch = self.enter(rest);
        vec![Effect::Wipe, watch]
    }

    /// Stops the kiosk or lets it go on. Whoever is in the middle of a visit comes to its end first.
    fn pause(&mut self, notice: Option<Sentence>) -> Vec<Effect> {
        self.paused = notice;
        if self.is_at_rest() { self.end() } else { Vec::new() }
    }

    fn touch(&mut self, touch: Touch) -> Vec<Effect> {
        self.last_sign = self.now.millis;
        if let Some(cover) = &self.cover {
            return self.touch_cover(&cover.clone(), touch);
        }
        match touch {
            Touch::Language => self.look.english = !self.look.english,
            Touch::LargeText => self.look.large = !self.look.large,
            Touch::Contrast => self.look.contrast = !self.look.contrast,
            Touch::Exit if matches!(&self.stage, Stage::Result(r) if !r.submitting) => {
                // Not lost, but not handed in either: that should be meant.
                self.cover = Some(Cover::Leaving);
            }
            Touch::Exit => return self.end(),
            _ => return self.touch_stage(touch),
        }
        Vec::new()
    }

    fn touch_stage(&mut self, touch: Touch) -> Vec<Effect> {
        match &self.stage {
            Stage::Scan(_) | Stage::Help | Stage::Paused(_) => self.touch_scanning(touch),
            Stage::School(_) => self.touch_school(touch),
            Stage::Entry(_) => self.touch_entry(touch),
            Stage::Manual(_) => self.touch_manual(touch),
            Stage::Address(_) => self.touch_address(touch),
            Stage::Who(_) => self.touch_who(touch),
            Stage::Birth(_) => self.touch_birth(touch),
            Stage::Loading => Vec::new(),
            Stage::Identity(_) => self.touch_identity(touch),
            Stage::Payment(_) => self.touch_payment(touch),
            Stage::Capture(_) => self.touch_capture(touch),
            Stage::Pick(_) => self.touch_pick(touch),
            Stage::Staff(_) => self.touch_staff(touch),
            Stage::Result(_) | Stage::Receipt(_) => self.touch_result(touch),
            Stage::Tasks(_) => self.touch_tasks(touch),
            Stage::Sentence(_) => self.touch_sentence(touch),
        }
    }

    fn touch_sentence(&mut self, touch: Touch) -> Vec<Effect> {
        let Stage::Sentence(said) = &self.stage else { return Vec::new() };
        match (touch, said.way) {
            (Touch::AskTeacher | Touch::Secondary, _) if said.help.is_some() => self.call_staff(),
            (Touch::Primary, NextAction::Retake) => self.retake(),
            (Touch::Primary, NextAction::GoOn) => self.go_on(),
            (Touch::Primary | Touch::Secondary | Touch::Back, _) => self.end(),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Code(outcome) => self.code_known(outcome),
            Reply::Schools(rows) => self.schools_known(rows),
            Reply::Task(task) => self.task_known(task),
            Reply::Found(outcome) => self.found(outcome),
            Reply::Entered(outcome) => self.entered(outcome),
            Reply::Regions(within, rows) => self.regions_known(within, rows),
            Reply::Birth(answer) => self.birth_known(answer),
            Reply::Bound(outcome) => self.bound(outcome),
            Reply::Draft(draft) => self.draft_fetched(draft),
            Reply::Paid(outcome) => self.paid(outcome),
            Reply::Burst(frames) => self.burst_taken(frames),
            Reply::Compared(compared) => self.compared(compared),
            Reply::Make(outcome) => self.made(outcome),
            Reply::Pin(outcome) => self.pin_known(outcome),
            Reply::Kept(outcome) if matches!(self.stage, Stage::Address(_)) => self.address_kept(outcome),
            Reply::Kept(outcome) => self.kept(outcome),
            Reply::Stored(outcome) => self.stored(outcome),
            Reply::Tasks(cards) => self.tasks_known(cards),
            Reply::Unbound(done) => self.unbound(done),
            // The desk's.
            Reply::Board(_) | Reply::Rows(_) | Reply::Student(_) | Reply::DayEnd(_) => Vec::new(),
        }
    }
}
