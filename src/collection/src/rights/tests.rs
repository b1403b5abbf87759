//! Rights by actor: who is refused what, and with which sentence.

use super::*;
use crate::EnrolmentId;
use crate::fold::scenario_tests::task;
use jiff::civil::date;

const DAY: Date = date(2026, 3, 10);

fn refused(actor: Actor, act: Act) -> Option<Reason> {
    let nobody = Enrolment::new(EnrolmentId::from_bytes([1; 16]));
    permits(actor, act, &nobody, &task(), DAY).err().map(|r| r.reason)
}

#[test]
fn the_code_alone_opens_nothing_of_what_is_kept() {
    for act in Act::ALL.into_iter().filter(|a| a.least() == Actor::Verified) {
        assert_eq!(refused(Actor::Student, act), Some(Reason::SecondFactorNeeded), "{act:?}");
    }
}

#[test]
fn nobody_at_a_kiosk_speaks_for_the_server_and_no_student_for_staff() {
    for act in Act::ALL {
        match act.least() {
            Actor::Server => {
                for actor in [Actor::Student, Actor::Verified, Actor::Staff] {
                    assert_eq!(refused(actor, act), Some(Reason::ServerOnly), "{act:?}");
                }
            }
            Actor::Staff => {
                for actor in [Actor::Student, Actor::Verified] {
                    assert_eq!(refused(actor, act), Some(Reason::StaffOnly), "{act:?}");
                }
            }
            Actor::Student | Actor::Verified => {
                assert_eq!(refused(Actor::Server, act), Some(Reason::KioskOnly), "{act:?}");
            }
        }
    }
}
