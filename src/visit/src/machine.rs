//! The machine itself: which stage gets an input, and what begins and ends with a visit.

use crate::stage::{Cover, ScanStage, Sentence, SentenceStage, Stage, Subject, Way};
use crate::{Agreed, CameraNews, Effect, Input, Moment, Reply, Ticket, Touch, Watch};
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
}

impl Default for Timings {
    fn default() -> Self {
        Timings { idle: 45_000, countdown: 15_000, hold: 800, receipt: 10_000, notice: 8_000 }
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
    pub(crate) camera: CameraNews,
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
            camera: CameraNews::Starting,
            look: Presentation::default(),
            now: Moment { millis: 0, day: Date::ZERO },
            last_sign: 0,
            timings,
        }
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
    pub fn step(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Tick(now) => self.tick(now),
            Input::Camera(news) => self.camera(news),
            Input::Touch(touch) => self.touch(touch),
            Input::Code(payload) => self.code(payload),
            Input::CodeSeen(hint) => self.code_seen(hint),
            Input::Live(live) => self.live(live),
            Input::Reply(ticket, reply) if ticket == self.ticket() => self.reply(reply),
            // Of another visit, or of a stage that was left: it must not touch this student's screen, and its pictures go.
            Input::Reply(_, late) => late.pictures(),
            Input::Uploaded => self.uploaded(),
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
                Some(Cover::CameraLost { code: code.clone() })
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
    pub(crate) fn say(&mut self, sentence: Sentence, way: Way) -> Vec<Effect> {
        vec![self.enter(Stage::Sentence(SentenceStage { sentence, way }))]
    }

    /// Ends the visit: nothing of the student stays in the state.
    pub(crate) fn end(&mut self) -> Vec<Effect> {
        self.number += 1;
        self.subject = None;
        self.agreed = Agreed::default();
        self.cover = None;
        self.look = Presentation::default();
        let watch = self.enter(Stage::Scan(ScanStage::default()));
        vec![Effect::Wipe, watch]
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
            Touch::Exit => return self.end(),
            _ => return self.touch_stage(touch),
        }
        Vec::new()
    }

    fn touch_stage(&mut self, touch: Touch) -> Vec<Effect> {
        match &self.stage {
            Stage::Scan(_) | Stage::Help => self.touch_scanning(touch),
            Stage::Birth(_) => self.touch_birth(touch),
            Stage::Identity(_) => self.touch_identity(touch),
            Stage::Capture(_) => self.touch_capture(touch),
            Stage::Pick(_) => self.touch_pick(touch),
            Stage::Staff(_) => self.touch_staff(touch),
            Stage::Result(_) | Stage::Receipt(_) => self.touch_result(touch),
            Stage::Tasks(_) => self.touch_tasks(touch),
            Stage::Sentence(s) => match (touch, s.way) {
                (Touch::Primary, Way::Retake) => self.retake(),
                (Touch::Primary | Touch::Back, Way::End | Way::Scan) => self.end(),
                _ => Vec::new(),
            },
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Code(outcome) => self.code_known(outcome),
            Reply::Birth(answer) => self.birth_known(answer),
            Reply::Burst(frames) => self.burst_taken(frames),
            Reply::Compared(compared) => self.compared(compared),
            Reply::Make(outcome) => self.made(outcome),
            Reply::Pin(outcome) => self.pin_known(outcome),
            Reply::Stored(outcome) => self.stored(outcome),
            Reply::Tasks(cards) => self.tasks_known(cards),
        }
    }
}
