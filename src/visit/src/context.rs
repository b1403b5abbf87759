//! What a stage may look at and change while it steps: the kiosk's state, the student's, and the list of what it asks for.

use crate::clock::Moment;
use crate::consent::Agreed;
use crate::cover::Cover;
use crate::input::CameraNews;
use crate::next::Next;
use crate::personal::Payload;
use crate::request::{
    Asked, JournalEvent, JournalRequest, ProductionRequest, RecordsRequest, Request, StaffRequest,
};
use crate::sentence::Sentence;
use crate::subject::{EnrolmentRef, Purpose, Subject};
use crate::throttle::SearchThrottle;
use crate::ticket::Ticket;
use crate::timings::Timings;
use collection::TaskId;
use collection::rights::{Act, Actor, Refusal, permits};
use jiff::civil::Date;

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

/// What belongs to the kiosk and outlives every visit. Nothing of a student.
#[derive(Clone, Debug)]
pub(crate) struct KioskState {
    /// Number of the visit since the start.
    pub(crate) number: u64,
    /// Number of the stage; a ticket of an earlier one is void.
    pub(crate) generation: u32,
    /// Slows typed searches down.
    pub(crate) throttle: SearchThrottle,
    /// Staff stopped the kiosk: what the next student reads.
    pub(crate) paused: Option<Sentence>,
    /// Staff may give 演示 as a reason.
    pub(crate) demonstration: bool,
    pub(crate) camera: CameraNews,
    /// Since when the camera is lost, milliseconds.
    pub(crate) lost_since: Option<u64>,
    pub(crate) now: Moment,
    /// The last sign of a person, milliseconds.
    pub(crate) last_sign: u64,
    pub(crate) cover: Option<Cover>,
    pub(crate) timings: Timings,
}

impl KioskState {
    pub(crate) fn new(timings: Timings) -> KioskState {
        KioskState {
            number: 1,
            generation: 0,
            throttle: SearchThrottle::default(),
            paused: None,
            demonstration: false,
            camera: CameraNews::Starting,
            lost_since: None,
            now: Moment { millis: 0, day: Date::ZERO },
            last_sign: 0,
            cover: None,
            timings,
        }
    }

    pub(crate) fn ticket(&self) -> Ticket {
        Ticket { visit: self.number, generation: self.generation }
    }
}

/// What a visit knows of its student besides the stage that it is in. Dropped as a whole at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Student {
    /// Who stands in front; out on loan while a stage of a known student steps.
    pub(crate) subject: Option<Box<Subject>>,
    pub(crate) agreed: Agreed,
    /// What the student came for.
    pub(crate) purpose: Purpose,
    /// The second factor was passed, or staff vouches.
    pub(crate) proven: bool,
    /// A code that nobody knew, or that was another's: bound to the student who passes the second factor.
    pub(crate) claim: Option<Payload>,
    /// The task that is typed for, chosen by the student or the only one here.
    pub(crate) task: Option<TaskId>,
    /// The address was given at this visit, or put off.
    pub(crate) address_settled: bool,
    /// Searches by number that found nobody, at this visit.
    pub(crate) misses: u32,
    pub(crate) look: Presentation,
}

/// One step of a visit, as its stage sees it.
pub(crate) struct Context<'a> {
    pub(crate) kiosk: &'a mut KioskState,
    pub(crate) student: &'a mut Student,
    /// What is asked for, in order.
    pub(crate) out: &'a mut Vec<Request>,
}

impl Context<'_> {
    /// Milliseconds.
    pub(crate) fn now(&self) -> u64 {
        self.kiosk.now.millis
    }

    /// The school's day.
    pub(crate) fn today(&self) -> Date {
        self.kiosk.now.day
    }

    /// Asks the production worker; the stage waits for the reply.
    pub(crate) fn ask_production(&mut self, request: ProductionRequest) {
        let ticket = self.kiosk.ticket();
        self.out.push(Request::Production(Asked { ticket, request }));
    }

    /// Asks the records worker; the stage waits for the reply.
    pub(crate) fn ask_records(&mut self, request: RecordsRequest) {
        let ticket = self.kiosk.ticket();
        self.out.push(Request::Records(Asked { ticket, request }));
    }

    /// Asks for staff; the stage waits for the reply.
    pub(crate) fn ask_staff(&mut self, request: StaffRequest) {
        let ticket = self.kiosk.ticket();
        self.out.push(Request::Staff(Asked { ticket, request }));
    }

    /// Keeps what happened.
    pub(crate) fn journal(&mut self, of: EnrolmentRef, event: JournalEvent) {
        self.out.push(Request::Journal(JournalRequest::Happened(of, event)));
    }

    /// Whether the rules permit this now. That somebody is who they say they are is asked by the second factor, not here.
    pub(crate) fn may(&self, act: Act, subject: &Subject) -> Result<(), Refusal> {
        permits(Actor::Verified, act, &subject.enrolment, &subject.task, self.today())
    }

    /// Steps with the student in front; where there is none, the visit ends.
    pub(crate) fn with_subject(&mut self, step: impl FnOnce(&mut Self, &mut Subject) -> Next) -> Next {
        let Some(mut subject) = self.student.subject.take() else { return Next::End };
        let next = step(self, &mut subject);
        self.student.subject = Some(subject);
        next
    }
}
