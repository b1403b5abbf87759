//! Before the camera. One instruction at a time; the shutter releases itself when all is well for a moment.

use crate::behaviour::{Known, Resting, Seen};
use crate::context::Context;
use crate::input::Live;
use crate::next::{Next, NextAction};
use crate::photo::Assessed;
use crate::reply::Reply;
use crate::request::{ProductionRequest, Request, Watch};
use crate::sentence::Sentence;
use crate::subject::Subject;
use crate::subset::subset;
use crate::touch::Touch;
use sentences::codes;
use std::sync::Arc;

/// A slip shorter than this does not begin the hold anew, milliseconds: a few frames, less than a blink with its lids.
const SLIP: u64 = 300;

/// Before the camera.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureStage {
    /// The newest verdict.
    pub live: Live,
    /// Since when all is well, milliseconds.
    pub ready_since: Option<u64>,
    /// Since when it is not quite well any more; a short slip is forgiven, milliseconds.
    slipped_since: Option<u64>,
    /// The burst is being taken and assessed.
    pub taking: bool,
}

subset! {
    /// What can be touched before the camera.
    CaptureTouch of Touch {
        Touch::Shutter => Shutter,
        Touch::Back => Back,
    }
}

impl CaptureStage {
    fn live(&mut self, cx: &mut Context<'_>, subject: &Subject, live: Live) {
        let now = cx.now();
        // Under a cover nobody sees the preview, so nobody can have agreed to the picture.
        if self.taking || cx.kiosk.cover.is_some() {
            return;
        }
        if live.faces > 0 {
            // Somebody stands there and looks: that is not idle.
            cx.kiosk.last_sign = now;
        }
        let one = self.live.faces == live.faces;
        if !live.ready && one && self.ready_since.is_some() {
            // Nobody stands like a statue: measured at the edge of what is coached, every frame may fall to the other side.
            let since = *self.slipped_since.get_or_insert(now);
            if now.saturating_sub(since) < SLIP {
                return;
            }
        }
        self.slipped_since = None;
        self.live = live;
        self.ready_since = if live.ready { self.ready_since.or(Some(now)) } else { None };
        self.release_when_held(cx, subject);
    }

    /// Releases the shutter when all has been well for long enough.
    fn release_when_held(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        let (now, hold) = (cx.now(), cx.kiosk.timings.hold);
        let held = self.ready_since.is_some_and(|since| now.saturating_sub(since) >= hold);
        if held && self.slipped_since.is_none() && cx.kiosk.cover.is_none() {
            self.shoot(cx, subject);
        }
    }

    fn shoot(&mut self, cx: &mut Context<'_>, subject: &Subject) {
        if self.taking {
            return;
        }
        self.taking = true;
        cx.out.push(Request::Watch(Watch::Rest));
        let (preset, background) = (Arc::clone(&subject.preset), subject.task.background);
        cx.ask_production(ProductionRequest::Burst { preset, background });
    }
}

/// Best first: the mildest verdict, then the sharper picture. A total order, so that equal bursts look equal.
fn best_first(mut frames: Vec<Assessed>) -> Vec<Assessed> {
    frames.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(b.rank.total_cmp(&a.rank)));
    frames
}

impl Resting for CaptureStage {
    fn watch(&self, subject: Option<&Subject>) -> Watch {
        let face = |subject: &Subject| Watch::Face(Arc::clone(&subject.preset));
        subject.filter(|_| !self.taking).map_or(Watch::Rest, face)
    }

    fn is_busy(&self) -> bool {
        self.taking
    }

    fn needs_camera(&self) -> bool {
        true
    }
}

impl Known for CaptureStage {
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        match CaptureTouch::of(touch) {
            Some(CaptureTouch::Shutter) => self.shoot(cx, subject),
            Some(CaptureTouch::Back) => return Next::End,
            None => {}
        }
        Next::Stay
    }

    fn reply(&mut self, _cx: &mut Context<'_>, _subject: &mut Subject, reply: Reply) -> Next {
        let Reply::Burst(frames) = reply else { return Next::Stay };
        if !self.taking {
            return Next::Stay;
        }
        if frames.is_empty() {
            // No frame came or none could be judged; the student's next try may fare better.
            return Next::Say(Sentence::plain(codes::VISIT_NO_FRAMES), NextAction::Retake, None);
        }
        Next::Pick(best_first(frames))
    }

    fn see(&mut self, cx: &mut Context<'_>, subject: &Subject, seen: Seen) -> Next {
        match seen {
            Seen::Face(live) => self.live(cx, subject, live),
            Seen::Code(_) | Seen::CodeHint(_) => {}
        }
        Next::Stay
    }

    fn tick(&mut self, cx: &mut Context<'_>, subject: &Subject) -> Next {
        self.release_when_held(cx, subject);
        Next::Stay
    }
}
