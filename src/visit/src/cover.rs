//! What lies over a stage, and which touches it answers: while a cover is there, the stage hears none.

use crate::subset::subset;
use crate::touch::Touch;
use sentences::Code;

/// What lies over the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Nobody has touched anything for a while; wiped when it ends (milliseconds).
    Idle {
        /// When.
        until: u64,
    },
    /// The camera is gone where one is needed.
    CameraLost {
        /// Sentence code.
        code: Code,
        /// Since when no frames come, milliseconds.
        since: u64,
    },
    /// 结束 was touched while something is not submitted: is it meant?
    Leaving,
}

subset! {
    /// What can be touched on a cover.
    CoverTouch of Touch {
        Touch::Exit => Exit,
        Touch::Accept => Accept,
        Touch::StillHere => StillHere,
        Touch::Back => Back,
        Touch::Primary => Primary,
        Touch::RetryCamera => RetryCamera,
    }
}

/// What a touch on a cover does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CoverAction {
    /// Nothing.
    Nothing,
    /// The visit goes on.
    Lift,
    /// The visit ends.
    End,
    /// The camera is tried at once.
    RetryCamera,
}

impl Cover {
    pub(crate) fn touch(&self, touch: Touch) -> CoverAction {
        use CoverTouch as T;
        let Some(touch) = CoverTouch::of(touch) else { return CoverAction::Nothing };
        match self {
            Cover::Idle { .. } => match touch {
                T::Exit => CoverAction::End,
                T::StillHere => CoverAction::Lift,
                T::Accept | T::Back | T::Primary | T::RetryCamera => CoverAction::Nothing,
            },
            Cover::CameraLost { .. } => match touch {
                T::Exit => CoverAction::End,
                T::RetryCamera | T::Primary => CoverAction::RetryCamera,
                T::Accept | T::StillHere | T::Back => CoverAction::Nothing,
            },
            Cover::Leaving => match touch {
                T::Exit | T::Accept => CoverAction::End,
                T::StillHere | T::Back | T::Primary => CoverAction::Lift,
                T::RetryCamera => CoverAction::Nothing,
            },
        }
    }
}
