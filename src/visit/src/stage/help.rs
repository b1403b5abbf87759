//! How to get a code.

use crate::behaviour::{Open, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::subject::Purpose;
use crate::subset::subset;
use crate::touch::Touch;

/// How to get a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HelpStage;

subset! {
    /// What can be touched on the help page.
    HelpTouch of Touch {
        Touch::NoCode => NoCode,
        Touch::Back | Touch::Primary => ShowCode,
    }
}

impl Resting for HelpStage {
    fn is_anonymous(&self) -> bool {
        true
    }
}

impl Open for HelpStage {
    fn touch(&mut self, _cx: &mut Context<'_>, touch: Touch) -> Next {
        match HelpTouch::of(touch) {
            Some(HelpTouch::NoCode) => Next::ChooseTask(Purpose::Portrait, None),
            Some(HelpTouch::ShowCode) => Next::Scan(Purpose::Portrait),
            None => Next::Stay,
        }
    }
}
