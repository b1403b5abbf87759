//! What a stage is asked. Each stage's file answers for itself; whatever it does not answer does nothing.

use crate::context::Context;
use crate::input::Live;
use crate::next::Next;
use crate::personal::Payload;
use crate::photo::FrameId;
use crate::reply::Reply;
use crate::request::Watch;
use crate::subject::Subject;
use crate::touch::Touch;
use sentences::Code;

/// What frames show.
pub(crate) enum Seen {
    /// A code.
    Code(Payload),
    /// A code that cannot be read yet, with the sentence that helps; or none.
    CodeHint(Option<Code>),
    /// A face.
    Face(Live),
}

/// What holds of a stage while nothing happens.
pub(crate) trait Resting {
    /// What frames are looked at for.
    fn watch(&self, _subject: Option<&Subject>) -> Watch {
        Watch::Rest
    }

    /// Pictures that the stage names.
    fn frames(&self) -> Vec<FrameId> {
        Vec::new()
    }

    /// Whether the kiosk, not the student, is what everybody waits for.
    fn is_busy(&self) -> bool {
        false
    }

    /// Whether the stage is nothing without frames.
    fn needs_camera(&self) -> bool {
        false
    }

    /// Whether nobody is known here, nor anybody's choice: there is nothing to ask about before it is left.
    fn is_public(&self) -> bool {
        false
    }

    /// Whether nobody is here: staff may come in.
    fn is_at_rest(&self) -> bool {
        false
    }

    /// Whether the stage shows nothing of a student's choices.
    fn is_fresh(&self) -> bool {
        false
    }

    /// Whether somebody is only being looked for: who was known before is let go of.
    fn is_anonymous(&self) -> bool {
        false
    }

    /// Whether leaving should be meant: something is not submitted.
    fn asks_before_leaving(&self) -> bool {
        false
    }
}

/// A stage in which it need not be known who stands in front.
pub(crate) trait Open: Resting {
    /// The stage begins: what it asks first.
    fn begin(&mut self, _cx: &mut Context<'_>) {}

    /// A finger.
    fn touch(&mut self, cx: &mut Context<'_>, touch: Touch) -> Next;

    /// An answer to what this stage asked.
    fn reply(&mut self, _cx: &mut Context<'_>, _reply: Reply) -> Next {
        Next::Stay
    }

    /// Frames show something.
    fn see(&mut self, _cx: &mut Context<'_>, _seen: Seen) -> Next {
        Next::Stay
    }

    /// Time passed.
    fn tick(&mut self, _cx: &mut Context<'_>) -> Next {
        Next::Stay
    }
}

/// A stage of a student who is known.
pub(crate) trait Known: Resting {
    /// The stage begins: what it asks first.
    fn begin(&mut self, _cx: &mut Context<'_>, _subject: &Subject) {}

    /// A finger.
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next;

    /// An answer to what this stage asked.
    fn reply(&mut self, _cx: &mut Context<'_>, _subject: &mut Subject, _reply: Reply) -> Next {
        Next::Stay
    }

    /// Frames show something.
    fn see(&mut self, _cx: &mut Context<'_>, _subject: &Subject, _seen: Seen) -> Next {
        Next::Stay
    }

    /// Time passed.
    fn tick(&mut self, _cx: &mut Context<'_>, _subject: &Subject) -> Next {
        Next::Stay
    }
}

/// Which of the two a stage is.
pub(crate) enum Role<'a> {
    /// Anybody's.
    Open(&'a mut dyn Open),
    /// A known student's.
    Known(&'a mut dyn Known),
}
