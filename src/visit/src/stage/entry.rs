//! Typed entry: no code, or one that nobody knows. A number finds one masked name, never a list.

use crate::behaviour::{Open, Resting};
use crate::context::Context;
use crate::next::Next;
use crate::personal::Typed;
use crate::reply::{FoundOutcome, Reply};
use crate::request::RecordsRequest;
use crate::sentence::Sentence;
use crate::subject::Purpose;
use crate::subset::subset;
use crate::touch::Touch;
use crate::typing::{self, Keystroke};
use sentences::codes;

/// Most characters of a number: identity numbers have 18, student numbers fewer than 20.
const MOST: usize = 20;
/// Fewest that are searched for; less would be guessing.
const FEWEST: usize = collection::MIN_TYPED;
/// Searches of one visit that may find nobody; then staff helps, and nobody tries out numbers.
const MISSES: u32 = 5;

/// A number that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryStage {
    /// What comes after.
    pub purpose: Purpose,
    /// The characters that are typed now.
    pub entered: Typed,
    /// What was typed before and was not enough to tell one student from another.
    pub earlier: Vec<Typed>,
    /// Waiting for the answer.
    pub searching: bool,
    /// When the search begins, where too many have found nobody at this kiosk (milliseconds).
    pub due: Option<u64>,
    /// What to type besides, or why the last one did not do.
    pub problem: Option<Sentence>,
    /// What was typed was nobody's; a problem alone may only ask for more, or say why there is something to type.
    pub wrong: bool,
    /// Somebody was not found: 名单上没有我 is offered.
    pub offers_manual_entry: bool,
}

subset! {
    /// What can be touched at the typed entry.
    EntryTouch of Touch {
        Touch::Back => Back,
        Touch::NotOnRoster | Touch::OtherWay => NotOnRoster,
        Touch::GoOn => GoOn,
        Touch::Key(key) => Key(key: Keystroke),
    }
}

impl EntryStage {
    /// An entry that begins.
    pub(crate) fn new(
        cx: &Context<'_>,
        purpose: Purpose,
        problem: Option<Sentence>,
        wrong: bool,
    ) -> EntryStage {
        let offers_manual_entry =
            purpose == Purpose::Portrait && cx.student.misses > 0 && cx.student.task.is_some();
        EntryStage { purpose, problem, wrong, offers_manual_entry, ..EntryStage::default() }
    }

    /// Whether there is enough to search for.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        self.entered.chars().count() >= FEWEST && !self.searching
    }

    /// Whether X may come now.
    #[must_use]
    pub fn takes_x(&self) -> bool {
        typing::may_end_with_x(&self.entered) && !self.searching
    }

    /// Searches at once, or after the wait that earlier misses have brought about.
    fn go_on(&mut self, cx: &mut Context<'_>) {
        self.searching = true;
        self.wrong = false;
        let wait = cx.kiosk.throttle.wait(cx.now());
        if wait == 0 {
            return self.search(cx);
        }
        self.due = Some(cx.now() + wait);
        self.problem = Some(Sentence::plain(codes::ENTRY_WAIT));
    }

    fn search(&self, cx: &mut Context<'_>) {
        let mut typed = self.earlier.clone();
        typed.push(self.entered.clone());
        let task = cx.student.task.clone();
        cx.ask_records(RecordsRequest::Find { typed, task });
    }
}

/// A number was nobody's, or somebody else's: another try, until there were too many.
pub(crate) fn missed(cx: &mut Context<'_>, purpose: Purpose, problem: Sentence) -> Next {
    cx.student.misses += 1;
    cx.kiosk.throttle.missed(cx.now());
    if cx.student.misses >= MISSES {
        return Next::Say(Sentence::plain(codes::ENTRY_TOO_MANY), crate::next::NextAction::End, None);
    }
    Next::TypeNumber { purpose, problem: Some(problem), wrong: true }
}

impl Resting for EntryStage {
    fn is_busy(&self) -> bool {
        self.searching
    }

    fn is_anonymous(&self) -> bool {
        true
    }
}

impl Open for EntryStage {
    fn touch(&mut self, cx: &mut Context<'_>, touch: Touch) -> Next {
        let Some(touch) = EntryTouch::of(touch) else { return Next::Stay };
        match touch {
            EntryTouch::Back => return Next::End,
            _ if self.searching => {}
            EntryTouch::NotOnRoster if self.offers_manual_entry => return Next::NotOnRoster,
            EntryTouch::NotOnRoster => {}
            EntryTouch::Key(key) => typing::write_number(&mut self.entered, key, MOST),
            EntryTouch::GoOn if self.can_go_on() => self.go_on(cx),
            EntryTouch::GoOn => {}
        }
        Next::Stay
    }

    fn reply(&mut self, _cx: &mut Context<'_>, reply: Reply) -> Next {
        let Reply::Found(outcome) = reply else { return Next::Stay };
        if !self.searching || self.due.is_some() {
            return Next::Stay;
        }
        self.searching = false;
        match outcome {
            FoundOutcome::One(subject) => Next::AskWho(subject, self.purpose),
            FoundOutcome::More(problem) => {
                self.earlier.push(std::mem::take(&mut self.entered));
                self.problem = Some(problem);
                Next::Stay
            }
            FoundOutcome::Nobody(problem) => Next::Missed(self.purpose, problem),
        }
    }

    /// The search that had to wait begins.
    fn tick(&mut self, cx: &mut Context<'_>) -> Next {
        if cx.kiosk.cover.is_none() && self.due.is_some_and(|due| cx.now() >= due) {
            self.due = None;
            self.problem = None;
            self.search(cx);
        }
        Next::Stay
    }
}
