//! The road without a readable code: a typed number, one masked name, then month and day of birth. Never a list of names.

use crate::stage::{BirthStage, EntryStage, NextAction, Purpose, Sentence, Stage};
use crate::{Effect, FoundOutcome, Touch, Visit};
use collection::rights::Act;

/// Most characters of a number: identity numbers have 18, student numbers fewer than 20.
const MOST: usize = 20;
/// Fewest that are searched for; less would be guessing.
const FEWEST: usize = collection::MIN_TYPED;
/// Searches of one visit that may find nobody; then staff helps, and nobody tries out numbers.
const MISSES: u32 = 5;

/// Searches without an answer that cost nothing; a slip of the finger is nobody's attempt.
const FREE: u32 = 3;
/// The first wait, milliseconds; it doubles with every further search that finds nobody.
const FIRST_WAIT: u64 = 1_000;
/// The longest wait, milliseconds: an honest student behind somebody who tried numbers out waits once and is no longer held up.
const LONGEST_WAIT: u64 = 30_000;
/// One search without an answer is forgiven in this time, milliseconds.
const FORGIVEN: u64 = 60_000;

/// How patient the kiosk still is with numbers that are nobody's. It knows nothing of who typed them, so it outlives a visit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SearchThrottle {
    misses: u32,
    last: u64,
}

impl SearchThrottle {
    fn left(self, now: u64) -> u32 {
        let forgiven = now.saturating_sub(self.last) / FORGIVEN;
        self.misses.saturating_sub(u32::try_from(forgiven).unwrap_or(u32::MAX))
    }

    fn missed(&mut self, now: u64) {
        *self = SearchThrottle { misses: self.left(now).saturating_add(1), last: now };
    }

    /// How long the next search waits, milliseconds.
    fn wait(self, now: u64) -> u64 {
        match self.left(now).checked_sub(FREE) {
            None | Some(0) => 0,
            Some(n) => FIRST_WAIT.saturating_mul(1 << (n - 1).min(10)).min(LONGEST_WAIT),
        }
    }
}

impl EntryStage {
    /// Whether there is enough to search for.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        self.entered.chars().count() >= FEWEST && !self.searching
    }

    /// Whether X may come now: only as the last character of an identity number, the sixth of six or the eighteenth.
    #[must_use]
    pub fn takes_x(&self) -> bool {
        matches!(self.entered.chars().count(), 5 | 17) && !self.searching
    }
}

impl Visit {
    pub(crate) fn touch_entry(&mut self, touch: Touch) -> Vec<Effect> {
        let now = self.now.millis;
        let Stage::Entry(entry) = &mut self.stage else { return Vec::new() };
        match touch {
            Touch::Back => return self.end(),
            _ if entry.searching => {}
            Touch::NotOnRoster | Touch::OtherWay if entry.by_hand => return self.not_on_roster(),
            Touch::Digit(d @ 0..=9) if entry.entered.len() < MOST => {
                let digit = char::from(b'0' + d);
                entry.entered.push(digit);
            }
            Touch::LetterX if entry.takes_x() => entry.entered.push('X'),
            Touch::Backspace => {
                entry.entered.pop();
            }
            Touch::Clear => entry.entered.clear(),
            Touch::GoOn if entry.can_go_on() => {
                entry.searching = true;
                entry.wrong = false;
                let wait = self.throttle.wait(now);
                if wait == 0 {
                    return self.search();
                }
                entry.due = Some(now + wait);
                entry.problem = Some(Sentence::plain("entry.wait"));
            }
            _ => {}
        }
        Vec::new()
    }

    /// The search that had to wait begins.
    pub(crate) fn search_due(&mut self) -> Vec<Effect> {
        let now = self.now.millis;
        let Stage::Entry(entry) = &mut self.stage else { return Vec::new() };
        if self.cover.is_some() || entry.due.is_none_or(|due| now < due) {
            return Vec::new();
        }
        entry.due = None;
        entry.problem = None;
        self.search()
    }

    fn search(&self) -> Vec<Effect> {
        let Stage::Entry(entry) = &self.stage else { return Vec::new() };
        let mut typed = entry.earlier.clone();
        typed.push(entry.entered.clone());
        vec![Effect::Find { ticket: self.ticket(), typed, task: self.task.clone() }]
    }

    pub(crate) fn found(&mut self, outcome: FoundOutcome) -> Vec<Effect> {
        let Stage::Entry(entry) = &mut self.stage else { return Vec::new() };
        if !entry.searching || entry.due.is_some() {
            return Vec::new();
        }
        entry.searching = false;
        let purpose = entry.purpose;
        match outcome {
            FoundOutcome::One(subject) => {
                self.subject = Some(*subject);
                vec![self.enter(Stage::Who(purpose))]
            }
            FoundOutcome::More { code } => {
                entry.earlier.push(std::mem::take(&mut entry.entered));
                entry.problem = Some(Sentence::plain(&code));
                Vec::new()
            }
            FoundOutcome::Nobody { code, args } => self.missed(purpose, Sentence { code, args }),
        }
    }

    fn missed(&mut self, purpose: Purpose, problem: Sentence) -> Vec<Effect> {
        self.misses += 1;
        self.throttle.missed(self.now.millis);
        if self.misses >= MISSES {
            return self.say(Sentence::plain("entry.too_many"), NextAction::End);
        }
        let effects = self.type_instead(purpose, Some(problem));
        if let Stage::Entry(entry) = &mut self.stage {
            entry.wrong = true;
        }
        effects
    }

    /// One masked name: 是我, or somebody else's number was typed.
    pub(crate) fn touch_who(&mut self, touch: Touch) -> Vec<Effect> {
        let Stage::Who(purpose) = self.stage else { return Vec::new() };
        match touch {
            Touch::Start | Touch::Primary => self.prove(purpose),
            Touch::NotMe | Touch::Back => {
                self.subject = None;
                self.missed(purpose, Sentence::plain("entry.not_you"))
            }
            _ => Vec::new(),
        }
    }

    /// Asks for the second factor, unless it is locked.
    pub(crate) fn prove(&mut self, purpose: Purpose) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return self.end() };
        self.purpose = purpose;
        match self.may(Act::SecondFactor, subject) {
            Err(refusal) => self.say(refusal.into(), NextAction::End),
            Ok(()) => vec![self.enter(Stage::Birth(BirthStage { purpose, ..BirthStage::default() }))],
        }
    }
}
