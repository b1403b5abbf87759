//! Time and what it does: the idle cover, the receipt's end, the refused code's explanation, and a camera that went away.

use crate::stage::{Cover, Purpose, ScanHint, Stage};
use crate::{CameraNews, Effect, Moment, Touch, Visit};

impl Visit {
    pub(crate) fn tick(&mut self, now: Moment) -> Vec<Effect> {
        // A clock that only goes forward is promised; one that does not must not keep anybody's data on the screen.
        let now = Moment { millis: now.millis.max(self.now.millis), ..now };
        self.now = now;
        if let Some(Cover::Idle { until }) = self.cover {
            return if now.millis >= until { self.end() } else { Vec::new() };
        }
        let quiet = now.millis.saturating_sub(self.last_sign);
        let abandoned = quiet >= self.timings.idle + self.timings.countdown;
        if matches!(self.cover, Some(Cover::CameraLost { .. })) && abandoned && !self.is_fresh() {
            // Whoever was here has gone while the camera was away; the next one must not meet their visit.
            return self.end();
        }
        match &mut self.stage {
            Stage::Receipt(receipt) if now.millis >= receipt.until => return self.end(),
            Stage::Scan(_) | Stage::Paused(_) => return self.rest(quiet),
            _ => {}
        }
        let longest = if self.busy() { self.timings.timeout } else { self.timings.idle };
        if quiet >= longest && matches!(self.cover, None | Some(Cover::Leaving)) {
            self.cover = Some(Cover::Idle { until: now.millis + self.timings.countdown });
        }
        if matches!(self.stage, Stage::Entry(_)) { self.search_due() } else { self.hold_elapsed() }
    }

    /// Time passes before anybody is known: there is nothing to protect but another purpose, language or look-up.
    fn rest(&mut self, quiet: u64) -> Vec<Effect> {
        let (now, idle, timeout) = (self.now.millis, self.timings.idle, self.timings.timeout);
        let fresh = self.is_fresh();
        if let Stage::Scan(scan) = &mut self.stage {
            if scan.notice.as_ref().is_some_and(|(_, until)| now >= *until) {
                scan.notice = None;
                scan.refused = None;
            }
            if scan.sight == ScanHint::Read {
                // No answer came.
                return if quiet >= timeout { self.end() } else { Vec::new() };
            }
        }
        if quiet >= idle && !fresh { self.end() } else { Vec::new() }
    }

    /// Whether the screen shows nothing of a student's choices.
    fn is_fresh(&self) -> bool {
        let plain = match &self.stage {
            Stage::Scan(scan) => scan.purpose == Purpose::Portrait && scan.sight != ScanHint::Read,
            Stage::Paused(_) => true,
            _ => false,
        };
        plain && self.look == crate::Presentation::default()
    }

    /// Whether the kiosk, not the student, is what everybody waits for.
    fn busy(&self) -> bool {
        use crate::PickPhase as P;
        match &self.stage {
            Stage::Capture(c) => c.taking,
            Stage::Pick(p) => matches!(p.phase, P::Comparing | P::Making),
            Stage::Result(r) => r.submitting,
            Stage::Entry(e) => e.searching,
            Stage::Birth(b) => b.checking,
            Stage::Payment(p) => p.waiting,
            Stage::School(s) => s.is_loading(),
            Stage::Manual(m) => m.keeping,
            Stage::Address(a) => a.keeping,
            Stage::Loading => true,
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
                let since = *self.lost_since.get_or_insert(self.now.millis);
                if self.needs_camera()
                    && self.cover.as_ref().is_none_or(|c| matches!(c, Cover::CameraLost { .. }))
                {
                    self.cover = Some(Cover::CameraLost { code: code.clone(), since });
                }
            }
        }
        if !matches!(news, CameraNews::Lost { .. }) {
            self.lost_since = None;
        }
        self.camera = news;
        Vec::new()
    }

    pub(crate) fn touch_cover(&mut self, cover: &Cover, touch: Touch) -> Vec<Effect> {
        match (cover, touch) {
            (_, Touch::Exit) => self.end(),
            (Cover::Leaving, Touch::Accept) => self.end(),
            (Cover::Leaving, Touch::StillHere | Touch::Back | Touch::Primary)
            | (Cover::Idle { .. }, Touch::StillHere) => {
                self.cover = None;
                Vec::new()
            }
            (Cover::CameraLost { .. }, Touch::RetryCamera | Touch::Primary) => vec![Effect::RetryCamera],
            _ => Vec::new(),
        }
    }
}
