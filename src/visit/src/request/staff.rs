//! What is asked for staff: at the student's side and at the staff panel. Served by the records worker.

use crate::personal::Typed;
use crate::subject::EnrolmentRef;
use collection::{EnrolmentId, StaffId};
use jiff::civil::Date;

/// One of the staff panel's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Who has submitted nothing.
    Missing,
    /// Whose portrait was made and not submitted.
    Drafts,
}

/// A question for staff.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffRequest {
    /// Whose PIN is this? Answered with [`crate::Reply::Pin`].
    CheckPin(Typed),
    /// One more production on this day, in somebody's name; answered with [`crate::Reply::Kept`].
    GrantProduction {
        /// Whose.
        of: EnrolmentRef,
        /// Who gives it.
        staff: StaffId,
        /// The school's day.
        day: Date,
    },
    /// The second factor may be tried again, in somebody's name; answered with [`crate::Reply::Kept`].
    UnlockSecondFactor {
        /// Whose.
        of: EnrolmentRef,
        /// Who opens it.
        staff: StaffId,
    },
    /// What the panel's first page shows; answered with [`crate::Reply::Board`].
    LoadBoard,
    /// The rows of a list; answered with [`crate::Reply::Rows`].
    LoadRows(List),
    /// What is known of one student; answered with [`crate::Reply::Student`].
    LoadStudent(EnrolmentId),
    /// Whom do these numbers mean? Answered with [`crate::Reply::Student`].
    FindStudent(Vec<Typed>),
    /// A member of staff says that the clock is right; answered with [`crate::Reply::Kept`].
    ConfirmClock(StaffId),
    /// Is everything of the day at the server or on a stick? Answered with [`crate::Reply::DayEnd`].
    CheckDay,
}
