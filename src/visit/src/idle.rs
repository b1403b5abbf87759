//! Time and what it does: the idle cover, the receipt's end, the refused code's explanation, and a camera that went away.

use crate::stage::{Cover, Stage};
use crate::{CameraNews, Effect, Moment, Touch, Visit};

impl Visit {
    pub(crate) fn tick(&mut self, now: Moment) -> Vec<Effect> {
        self.now = now;
        if let Some(Cover::Idle { until }) = self.cover {
            return if now.millis >= until { self.end() } else { Vec::new() };
        }
        let forsaken =
            now.millis.saturating_sub(self.last_sign) >= self.timings.idle + self.timings.countdown;
        if matches!(self.cover, Some(Cover::CameraLost { .. })) && forsaken && !self.is_fresh() {
            // Whoever was here has gone while the camera was away; the next one must not meet their visit.
            return self.end();
        }
        if let Stage::Receipt(receipt) = &self.stage
            && now.millis >= receipt.until
        {
            return self.end();
        }
        if let Stage::Scan(scan) = &mut self.stage {
            if scan.notice.as_ref().is_some_and(|(_, until)| now.millis >= *until) {
                scan.notice = None;
                scan.refused = None;
            }
            // Nobody is known here, so there is nothing to protect but another purpose or language.
            if now.millis.saturating_sub(self.last_sign) >= self.timings.idle && !self.is_fresh() {
                return self.end();
            }
            return Vec::new();
        }
        let waits = !self.busy() && now.millis.saturating_sub(self.last_sign) >= self.timings.idle;
        if waits && self.cover.is_none() {
            self.cover = Some(Cover::Idle { until: now.millis + self.timings.countdown });
        }
        self.hold_elapsed()
    }

    /// Whether the scanner shows nothing of a student's choices.
    fn is_fresh(&self) -> bool {
        self.look == crate::Presentation::default()
            && matches!(&self.stage, Stage::Scan(s) if s.purpose == crate::Purpose::Portrait)
    }

    /// Whether the kiosk, not the student, is what everybody waits for.
    fn busy(&self) -> bool {
        use crate::PickPhase as P;
        match &self.stage {
            Stage::Capture(c) => c.taking,
            Stage::Pick(p) => matches!(p.phase, P::Comparing | P::Making),
            Stage::Result(r) => r.submitting,
            _ => false,
        }
    }

    pub(crate) fn camera(&mut self, news: CameraNews) -> Vec<Effect> {
        match &news {
            CameraNews::Live | CameraNews::Starting => {
                if matches!(self.cover, Some(Cover::CameraLost { .. })) && news == CameraNews::Live {
                    self.cover = None;
                    self.last_sign = self.now.millis;
                }
            }
            CameraNews::Lost { code } => {
                if self.needs_camera() && !matches!(self.cover, Some(Cover::Idle { .. })) {
                    self.cover = Some(Cover::CameraLost { code: code.clone() });
                }
            }
        }
        self.camera = news;
        Vec::new()
    }

    pub(crate) fn touch_cover(&mut self, cover: &Cover, touch: Touch) -> Vec<Effect> {
        match (cover, touch) {
            (_, Touch::Exit) => self.end(),
            (Cover::Idle { .. }, Touch::StillHere) => {
                self.cover = None;
                Vec::new()
            }
            (Cover::CameraLost { .. }, Touch::RetryCamera | Touch::Primary) => vec![Effect::RetryCamera],
            _ => Vec::new(),
        }
    }
}
