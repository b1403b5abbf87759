//! In place of the scanner while staff has stopped the kiosk: a notice, and still the way to 我的任务.

use crate::behaviour::{Open, Resting};
use crate::context::{Context, Presentation};
use crate::next::Next;
use crate::sentence::Sentence;
use crate::subject::Purpose;
use crate::subset::subset;
use crate::touch::Touch;

/// The kiosk is stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedStage {
    /// What staff says about it.
    pub notice: Sentence,
}

subset! {
    /// What can be touched while the kiosk is stopped.
    PausedTouch of Touch {
        Touch::MyTasks | Touch::Secondary => MyTasks,
    }
}

impl Resting for PausedStage {
    fn is_public(&self) -> bool {
        true
    }

    fn is_at_rest(&self) -> bool {
        true
    }

    fn is_fresh(&self) -> bool {
        true
    }

    fn is_anonymous(&self) -> bool {
        true
    }
}

impl Open for PausedStage {
    fn touch(&mut self, _cx: &mut Context<'_>, touch: Touch) -> Next {
        match PausedTouch::of(touch) {
            Some(PausedTouch::MyTasks) => Next::Scan(Purpose::MyTasks),
            None => Next::Stay,
        }
    }

    /// Another language is a choice of somebody who has gone.
    fn tick(&mut self, cx: &mut Context<'_>) -> Next {
        let quiet = cx.now().saturating_sub(cx.kiosk.last_sign);
        let chosen = cx.student.look != Presentation::default();
        if chosen && quiet >= cx.kiosk.timings.idle { Next::End } else { Next::Stay }
    }
}
