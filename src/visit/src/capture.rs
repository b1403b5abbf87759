//! C: before the camera. One instruction at a time; the shutter releases itself when all is well for a moment.

use crate::stage::{CaptureStage, NextAction, Stage};
use crate::{Effect, Live, Touch, Visit};
use collection::rights::Act;

/// A slip shorter than this does not begin the hold anew, milliseconds: a few frames, less than a blink with its lids.
const SLIP: u64 = 300;

impl Visit {
    pub(crate) fn live(&mut self, live: Live) -> Vec<Effect> {
        let now = self.now.millis;
        if self.cover.is_some() {
            // Under a cover nobody sees the preview, so nobody can have agreed to the picture.
            return Vec::new();
        }
        let Stage::Capture(capture) = &mut self.stage else { return Vec::new() };
        if capture.taking {
            return Vec::new();
        }
        if live.faces > 0 {
            // Somebody stands there and looks: that is not idle.
            self.last_sign = now;
        }
        let one = capture.live.faces == live.faces;
        if !live.ready && one && capture.ready_since.is_some() {
            // Nobody stands like a statue: measured at the edge of what is coached, every frame may fall to the other side.
            let since = *capture.slipped_since.get_or_insert(now);
            if now.saturating_sub(since) < SLIP {
                return Vec::new();
            }
        }
        capture.slipped_since = None;
        capture.live = live;
        capture.ready_since = if live.ready { capture.ready_since.or(Some(now)) } else { None };
        self.hold_elapsed()
    }

    /// Releases the shutter when all has been well for long enough.
    pub(crate) fn hold_elapsed(&mut self) -> Vec<Effect> {
        let (now, hold) = (self.now.millis, self.timings.hold);
        if self.cover.is_some() {
            return Vec::new();
        }
        match &self.stage {
            Stage::Capture(c)
                if !c.taking
                    && c.slipped_since.is_none()
                    && c.ready_since.is_some_and(|s| now.saturating_sub(s) >= hold) =>
            {
                self.shoot()
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn touch_capture(&mut self, touch: Touch) -> Vec<Effect> {
        match touch {
            Touch::Shutter => self.shoot(),
            Touch::Back => self.end(),
            _ => Vec::new(),
        }
    }

    fn shoot(&mut self) -> Vec<Effect> {
        let Some(task) = self.subject.as_ref().map(|s| s.task.id.clone()) else { return self.end() };
        let Stage::Capture(capture) = &mut self.stage else { return Vec::new() };
        if capture.taking {
            return Vec::new();
        }
        capture.taking = true;
        let ticket = self.ticket();
        vec![Effect::Watch(self.watch()), Effect::Burst(ticket, task)]
    }

    /// Back to the camera; what was taken before is let go of.
    pub(crate) fn retake(&mut self) -> Vec<Effect> {
        vec![self.enter(Stage::Capture(CaptureStage::default()))]
    }

    /// Retakes are free and unlimited, until the registry has to decide.
    pub(crate) fn another_try(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        match self.may(Act::Produce, subject) {
            Ok(()) => self.retake(),
            Err(refusal) => self.say(refusal.into(), NextAction::End),
        }
    }
}
