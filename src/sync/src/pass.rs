//! One pass over the entries or pictures that wait: what fails by itself is set aside, and the pass goes on.

use crate::failure::{Cause, Failure, Reach};
use crate::retries::{Held, Item, Retries, Sort};
use std::collections::BTreeSet;

/// A pass ends after that many failures in a row: the server cannot be asked about hundreds of pictures to learn that it takes none.
const FAILURES_IN_A_ROW: usize = 3;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    /// How many items went through.
    pub sent: usize,
    /// It ended before every item was tried, although some went through.
    pub ended_early: bool,
}

/// A pass over items of one sort.
pub(crate) struct Pass<'a> {
    pub retries: &'a mut Retries,
    sort: Sort,
    sent: usize,
    failed: BTreeSet<Item>,
    in_a_row: usize,
    newest: Option<Failure>,
}

impl<'a> Pass<'a> {
    pub fn new(sort: Sort, retries: &'a mut Retries) -> Self {
        Pass { retries, sort, sent: 0, failed: BTreeSet::new(), in_a_row: 0, newest: None }
    }

    /// The item went through.
    pub fn succeeded(&mut self, item: Item) {
        self.retries.forget(item);
        self.sent += 1;
        self.in_a_row = 0;
    }

    /// Sets an item aside.
    pub fn hold(&mut self, held: Held) {
        self.retries.hold(held);
        self.failed.insert(held.item);
    }

    /// The item failed: it is set aside, or, when the failure is not about it, goes last next time.
    ///
    /// # Errors
    /// The failure, when it ends the pass.
    pub fn failed(&mut self, item: Item, sequence: Option<u64>, failure: Failure) -> Result<(), Failure> {
        match failure.reach() {
            Reach::Item => {}
            Reach::Step | Reach::Round => {
                self.retries.put_last(item);
                return Err(failure);
            }
        }
        tracing::warn!(?item, sequence, reason = %failure, "set aside, to be tried again later");
        let is_news = failure.cause() != Cause::Store && !self.retries.is_at_fault(item);
        self.hold(Held::new(item, sequence, &failure));
        if is_news {
            self.in_a_row += 1;
            self.newest = Some(failure);
        }
        Ok(())
    }

    /// Whether so many failed in a row that the rest is left for another pass.
    pub fn is_hopeless(&self) -> bool {
        self.in_a_row >= FAILURES_IN_A_ROW
    }

    /// Ends the pass.
    ///
    /// # Errors
    /// The newest failure, when nothing went through and the pass ended early: then the server takes nothing of this sort.
    pub fn finish(self) -> Result<Passed, Failure> {
        let ended_early = self.is_hopeless();
        if self.sent > 0 {
            self.retries.sort_succeeded(self.sort, &self.failed);
        }
        match self.newest {
            Some(failure) if ended_early && self.sent == 0 => Err(failure),
            _ => Ok(Passed { sent: self.sent, ended_early }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Delays;
    use sentences::codes;

    fn fault(status: u16) -> Failure {
        Failure::Fault { status, code: codes::SERVER_INTERNAL }
    }

    #[test]
    fn single_failures_are_set_aside_and_a_server_that_takes_nothing_ends_the_pass() {
        let mut retries = Retries::new(Delays::seconds(60, 60));
        let mut pass = Pass::new(Sort::Entry, &mut retries);
        pass.failed(Item::Entry(1), Some(1), fault(500)).unwrap();
        pass.succeeded(Item::Entry(2));
        pass.failed(Item::Entry(3), Some(3), fault(500)).unwrap();
        assert!(!pass.is_hopeless());
        assert_eq!(pass.finish().unwrap(), Passed { sent: 1, ended_early: false });
        assert_eq!(retries.count(Sort::Entry), 2);

        let mut pass = Pass::new(Sort::Entry, &mut retries);
        for n in 4..7 {
            pass.failed(Item::Entry(n), Some(n), fault(500)).unwrap();
        }
        assert!(pass.is_hopeless());
        assert_eq!(pass.finish().unwrap_err().cause(), Cause::Fault);
    }

    #[test]
    fn a_full_server_and_a_broken_connection_set_nothing_aside() {
        let mut retries = Retries::new(Delays::seconds(60, 60));
        for failure in [fault(507), Failure::Timeout] {
            let mut pass = Pass::new(Sort::Entry, &mut retries);
            pass.failed(Item::Entry(1), Some(1), failure).unwrap_err();
            assert!(retries.list().is_empty() && retries.is_last(Item::Entry(1)));
        }
    }
}
