//! Is this you, and do you agree? Each purpose has its own box, and none is ticked.

use crate::behaviour::{Known, Resting};
use crate::consent::{Agreed, Consent};
use crate::context::Context;
use crate::next::{Help, Next, NextAction};
use crate::request::JournalEvent;
use crate::sentence::Sentence;
use crate::subject::{IdentifiedBy, Subject};
use crate::subset::subset;
use crate::touch::Touch;
use collection::Disowned;
use sentences::codes;

/// Identity and consent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IdentityStage {
    /// Which boxes are ticked.
    pub agreed: Agreed,
}

subset! {
    /// What can be touched at identity and consent.
    IdentityTouch of Touch {
        Touch::Consent(consent) => Consent(consent: Consent),
        Touch::Start => Start,
        Touch::NotMe => NotMe,
        Touch::RefuseConsent => Refuse,
        Touch::Back => Back,
    }
}

impl IdentityStage {
    /// What the task does not use is not asked for, so it cannot be agreed to.
    fn tick(&mut self, subject: &Subject, consent: Consent) {
        match consent {
            Consent::Service => self.agreed.service = !self.agreed.service,
            Consent::Comparison if subject.can_compare() => self.agreed.comparison = !self.agreed.comparison,
            Consent::Ctid if subject.task.ctid => self.agreed.ctid = !self.agreed.ctid,
            Consent::Comparison | Consent::Ctid => {}
        }
    }

    fn start(self, cx: &mut Context<'_>, subject: &Subject) -> Next {
        cx.journal(subject.key(), JournalEvent::Consented(self.agreed));
        cx.student.agreed = self.agreed;
        Next::Pay
    }
}

/// The roster's entry is somebody else's. A code that only its first use bound may be claimed; any other is its owner's.
fn not_me(cx: &mut Context<'_>, subject: &Subject) -> Next {
    cx.journal(subject.key(), JournalEvent::NotMe(Disowned::Identity));
    cx.student.proven = false;
    if subject.identified_by == IdentifiedBy::BoundCode && cx.student.claim.is_some() {
        cx.student.task = Some(subject.task.id.clone());
        let problem = Some(Sentence::plain(codes::CODE_USED_BY_ANOTHER));
        return Next::TypeNumber { purpose: cx.student.purpose, problem, wrong: false };
    }
    Next::EndWith(Sentence::plain(codes::VISIT_NOT_YOU))
}

impl Resting for IdentityStage {}

impl Known for IdentityStage {
    fn touch(&mut self, cx: &mut Context<'_>, subject: &mut Subject, touch: Touch) -> Next {
        let Some(touch) = IdentityTouch::of(touch) else { return Next::Stay };
        match touch {
            IdentityTouch::Consent(consent) => self.tick(subject, consent),
            IdentityTouch::Start if self.agreed.service => return self.start(cx, subject),
            IdentityTouch::Start => {}
            IdentityTouch::NotMe => return not_me(cx, subject),
            IdentityTouch::Refuse => {
                let sentence = Sentence::plain(codes::VISIT_CONSENT_REFUSED);
                return Next::Say(sentence, NextAction::End, Some(Help::VerifyWithoutConsent));
            }
            IdentityTouch::Back => return Next::End,
        }
        Next::Stay
    }
}
