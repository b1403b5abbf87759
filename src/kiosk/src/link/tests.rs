//! Every state of the traffic has its own sentence, and everything that was set aside is named.

use super::*;
use collection::PictureHash;
use std::collections::BTreeSet;
use std::time::Duration;
use store::Queue;
use sync::{Failure, Held};

fn status(link: sync::Link) -> Status {
    Status {
        link,
        device: DeviceId::new("kiosk-k7").ok(),
        queue: Queue::default(),
        held: Vec::new(),
        is_asked_for: false,
        last_success: None,
        server_time: None,
        rounds: 0,
        misread: 0,
        set_aside: 0,
    }
}

/// One failure of every cause; the server's full disk and its other faults are told apart by the status.
fn failures() -> Vec<Failure> {
    let fault = |status, code| Failure::Fault { status, code };
    vec![
        Failure::Unreachable("connection refused".into()),
        Failure::Stranger("200 OK without our header".into()),
        Failure::Clock("expired".into()),
        Failure::Version("9".into()),
        Failure::Refused { code: codes::SERVER_DEVICE_REVOKED },
        fault(500, codes::SERVER_INTERNAL),
        fault(507, codes::SERVER_DISK_FULL),
        Failure::Store(store::StoreError::Damaged { object: "the queue".into() }),
        Failure::Identity("no PEM".into()),
    ]
}

#[test]
fn every_cause_has_a_sentence_and_a_short_name_of_its_own_in_both_languages() {
    let mut said = BTreeSet::new();
    let mut causes = Vec::new();
    for failure in failures() {
        let retry_in = Duration::ZERO;
        let (cause, code, reason) = (failure.cause(), failure.code(), failure.to_string());
        causes.push(cause);
        let shown = trouble(&status(sync::Link::Offline { cause, code, reason, retry_in }));
        assert_eq!(shown, Some(failure.code()));
        let short = failure.code().name().unwrap_or_else(|| panic!("{} has no short name", failure.code()));
        for lang in [sentences::Lang::Zh, sentences::Lang::En] {
            assert!(said.insert(sentences::say(failure.code(), lang, &[])), "{failure} has its own sentence");
            assert!(said.insert(sentences::say(short, lang, &[])), "{failure} has its own short name");
        }
    }
    causes.dedup();
    assert_eq!(causes.len(), failures().len(), "each is another cause");
}

#[test]
fn a_running_round_that_staff_asked_for_is_shown_and_then_its_result() {
    let code = codes::SERVER_DEVICE_REVOKED;
    let mut refused = status(sync::Link::Refused { code, retry_in: Duration::ZERO });
    refused.is_asked_for = true;
    assert_eq!(trouble(&refused), Some(codes::PANEL_QUEUE_TRYING));
    refused.is_asked_for = false;
    assert_eq!(trouble(&refused), Some(code));
    assert_eq!(trouble(&status(sync::Link::Online)), None);
    assert_eq!(trouble(&status(sync::Link::Unenrolled)), Some(codes::STORE_NOT_ENROLLED));
}

#[test]
fn what_was_set_aside_is_named_by_its_receipt_number() {
    let held_item = |item, sequence, cause| Held { item, sequence, cause, code: codes::SERVER_OFFLINE_FAULT };
    let hash = |n| PictureHash::from_bytes([n; 32]);
    let mut status = status(sync::Link::Online);
    status.held = vec![
        held_item(Item::Entry(3), Some(3), Cause::Store),
        held_item(Item::Picture(hash(1)), Some(12), Cause::Store),
        held_item(Item::Picture(hash(2)), Some(13), Cause::Fault),
        held_item(Item::AdmissionPhoto(hash(3)), None, Cause::Fault),
        held_item(Item::AdmissionPhoto(hash(4)), None, Cause::Fault),
    ];
    status.misread = 1;
    let named = |code, number: &str| Sentence::with(code, "number", number.into());
    let counted = |code, count: &str| Sentence::with(code, "count", count.into());
    assert_eq!(
        held(&status),
        [
            named(codes::PANEL_HELD_ENTRY_DAMAGED, "K7-0003"),
            named(codes::PANEL_HELD_PICTURE_DAMAGED, "K7-0012"),
            named(codes::PANEL_HELD_PICTURE, "K7-0013"),
            counted(codes::PANEL_HELD_ADMISSION_PHOTOS, "2"),
            counted(codes::PANEL_HELD_CHANGES, "1"),
        ]
    );
}
