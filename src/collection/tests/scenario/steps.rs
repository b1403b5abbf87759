//! What can happen in a scenario.

use super::{DAY, FAR, World};
use collection::{
    CENTRAL, CaseKind, ComparisonBand, CtidOutcome, Disowned, Entry, EntryId, Kind, OrderId, PictureHash,
    RecordHash, Resolution, ReviewOutcome, StaffId, TokenHash, VoucherHash, findings,
};
use sha2::{Digest, Sha256};

/// Plays one step; `false` when nobody knows it.
pub fn play(w: &mut World, text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("server ") {
        return server(w, rest);
    }
    if let Some(rest) = text.strip_prefix("registry ") {
        return registry(w, rest);
    }
    if let Some(rest) = text.strip_prefix("clock of ") {
        return clock(w, rest);
    }
    if let Some(rest) = text.strip_prefix("task version 2: ") {
        return new_version(w, rest);
    }
    if let Some((name, rest)) = text.split_once(" at ") {
        let Some((device, what)) = rest.split_once(' ') else { return false };
        return staff(w, name, device, what);
    }
    let Some((device, what)) = text.split_once(' ') else { return false };
    portrait(w, device, what) || person(w, device, what) || money(w, device, what)
}

fn clock(w: &mut World, text: &str) -> bool {
    let Some((device, what)) = text.split_once(' ') else { return false };
    let off = match what {
        "shows 2038" => FAR,
        "shows 1970" => super::MORNING,
        "is an hour slow" => 3_600_000,
        _ => return false,
    };
    w.clocks.insert(device.to_owned(), off);
    true
}

fn new_version(w: &mut World, text: &str) -> bool {
    w.task.version = 2;
    match text {
        "no replacement" => w.task.settings.replacements = 0,
        "the first week of October is off and 10 October is worked" => {
            let day = |d| jiff::civil::date(2026, 10, d);
            w.task.settings.holidays = (1..8).map(day).collect();
            w.task.settings.make_up_days = vec![day(10)];
        }
        "nobody is entered manually" => w.task.settings.manual_entry = false,
        "one production a day" => w.task.settings.productions_per_day = 1,
        _ => return false,
    }
    w.versions.push((2, w.task.settings.clone()));
    true
}

fn portrait(w: &mut World, device: &str, what: &str) -> bool {
    let by = |e: &Entry| e.device.as_str() == device && matches!(e.kind, Kind::Produced { .. });
    match what.split_whitespace().collect::<Vec<_>>()[..] {
        ["produces"] => w.write(device, None, produced(DAY)),
        ["produces", "on", day] => w.write(device, None, produced(day.parse().unwrap())),
        ["submits", label] => {
            let produced = w.newest(by);
            // A kiosk knows of its own portraits only.
            let own = |e: &Entry| e.device.as_str() == device && matches!(e.kind, Kind::Submitted { .. });
            let replaces = w.newest(own);
            let id = w.write(device, produced, submitted(label, replaces));
            w.labels.insert(label.to_owned(), id);
            id
        }
        ["makes", "and", "submits", label, "from", "the", "manual", "band"] => {
            w.write(device, None, Kind::Produced { day: DAY, comparison: ComparisonBand::Manual });
            let produced = w.newest(by);
            let mut kind = submitted(label, None);
            if let Kind::Submitted { comparison, score_tenths, .. } = &mut kind {
                (*comparison, *score_tenths) = (ComparisonBand::Manual, Some(790));
            }
            let id = w.write(device, produced, kind);
            w.labels.insert(label.to_owned(), id);
            id
        }
        ["makes", "and", "submits", label] => {
            w.write(device, None, produced(DAY));
            return portrait(w, device, &format!("submits {label}"));
        }
        ["fails", "the", "comparison"] => w.write(device, None, Kind::ComparisonFailed { score_tenths: 412 }),
        ["says", "the", "admission", "photo", "is", "not", "me"] => {
            w.write(device, None, Kind::NotMe { picture: Disowned::Admission })
        }
        ["says", "the", "portrait", "is", "not", "me"] => {
            let about = w.newest(by);
            w.write(device, about, Kind::NotMe { picture: Disowned::Portrait })
        }
        ["forges", "the", "approval", "of", label] => {
            let about = Some(w.label(label));
            w.write(device, about, Kind::Reviewed(ReviewOutcome::Approved))
        }
        _ => return false,
    };
    true
}

fn person(w: &mut World, device: &str, what: &str) -> bool {
    let right =
        |e: &Entry| matches!(e.kind, Kind::SecondFactorTried { right: true }) && e.device.as_str() == device;
    match what.split_whitespace().collect::<Vec<_>>()[..] {
        ["consents"] => {
            let kind = Kind::Consented { notice_version: 1, service: true, comparison: true, ctid: false };
            w.write(device, None, kind)
        }
        ["takes", "consent", "back"] => {
            let about = w.newest(|e| matches!(e.kind, Kind::Consented { .. }));
            let kind = Kind::ConsentWithdrawn { service: true, comparison: true, ctid: true };
            w.write(device, about, kind)
        }
        ["answers", "rightly"] => w.write(device, None, Kind::SecondFactorTried { right: true }),
        ["answers", "wrongly"] => w.write(device, None, Kind::SecondFactorTried { right: false }),
        ["binds", "code", code] => {
            w.write(device, None, Kind::TokenBound { token: TokenHash(code.to_owned()) })
        }
        ["links", "a", "phone"] => w.write(device, None, Kind::PhoneLinked { contact: record("phone") }),
        ["unbinds"] => {
            let ends = w.state(w.student).bindings.into_iter().collect();
            let about = w.newest(right);
            w.write(device, about, Kind::Unbound { staff: None, ends })
        }
        ["asks", "for", "erasure"] => {
            let about = w.newest(right);
            w.write(device, about, Kind::ErasureRequested { staff: None })
        }
        ["gives", "address", name] => {
            let id = w.write(device, None, Kind::AddressGiven { address: record(name) });
            w.labels.insert(name.to_owned(), id);
            id
        }
        ["enters", "manually"] => w.write(device, None, Kind::ManualEntry { record: record("typed") }),
        _ => return false,
    };
    true
}

fn money(w: &mut World, device: &str, what: &str) -> bool {
    match what.split_whitespace().collect::<Vec<_>>()[..] {
        ["opens", "order", name] => {
            let kind = Kind::PaymentOpened { order: OrderId::new(name).unwrap(), fen: 3_000 };
            let id = w.write(device, None, kind);
            w.labels.insert(name.to_owned(), id);
            id
        }
        ["holds", "order", name] => {
            let about = Some(w.label(name));
            w.write(device, about, Kind::PaymentHeld)
        }
        ["redeems", "voucher", code] => {
            let voucher = VoucherHash::from_bytes(Sha256::digest(code).into());
            w.write(device, None, Kind::VoucherRedeemed { voucher })
        }
        ["pays", "later"] => w.write(device, None, Kind::PayLater),
        _ => return false,
    };
    true
}

fn staff(w: &mut World, name: &str, device: &str, what: &str) -> bool {
    let staff = StaffId::new(name).unwrap();
    match what {
        "adds a production" => w.write(device, None, Kind::ProductionGranted { staff, day: DAY }),
        "unlocks the second factor" => {
            let about = w.state(w.student).last_try;
            w.write(device, about, Kind::SecondFactorUnlocked { staff })
        }
        "unbinds" => {
            let ends = w.state(w.student).bindings.into_iter().collect();
            w.write(device, None, Kind::Unbound { staff: Some(staff), ends })
        }
        "verifies the student" => w.write(device, None, Kind::StaffVerified { staff }),
        "reports a problem" => {
            let id = w.write(device, None, Kind::CaseOpened { case: CaseKind::Reported, staff });
            w.labels.insert("report".to_owned(), id);
            id
        }
        _ => return false,
    };
    true
}

fn server(w: &mut World, what: &str) -> bool {
    let say = |w: &mut World, about: EntryId, kind: Kind| {
        w.write(CENTRAL, Some(about), kind);
        true
    };
    match what.split_whitespace().collect::<Vec<_>>()[..] {
        ["begins", "review", "of", label] => say(w, w.label(label), Kind::ReviewBegan),
        ["approves", label] => say(w, w.label(label), Kind::Reviewed(ReviewOutcome::Approved)),
        ["rejects", label] => {
            let reason = "review.ears_covered".to_owned();
            say(w, w.label(label), Kind::Reviewed(ReviewOutcome::Rejected { reason }))
        }
        ["hears", "from", "CTID", "that", label, "is", "who", "it", "says"] => {
            say(w, w.label(label), Kind::CtidChecked(CtidOutcome::Matched))
        }
        ["hears", "from", "CTID", "that", label, "is", "not"] => {
            let reason = "ctid.identity_invalid".to_owned();
            say(w, w.label(label), Kind::CtidChecked(CtidOutcome::Failed { reason }))
        }
        ["hands", "over", label] => say(w, w.label(label), Kind::HandedOver),
        ["publishes", label] => say(w, w.label(label), Kind::Published),
        ["sees", "another", "face", "in", label, "than", "in", other] => {
            let other = w.label(other);
            say(w, w.label(label), Kind::FacesDiffer { other })
        }
        ["hears", "that", "order", name, "is", "paid"] => paid(w, name, &format!("wx-{name}")),
        ["hears", "that", "order", name, "is", "paid", "as", transaction] => paid(w, name, transaction),
        ["closes", "order", name] => say(w, w.label(name), Kind::PaymentClosed),
        ["asks", "to", "refund", name] => say(w, w.label(&format!("payment {name}")), Kind::RefundOpened),
        ["refunds", name] => say(w, w.label(&format!("payment {name}")), Kind::Refunded),
        ["cannot", "refund", name] => say(w, w.label(&format!("payment {name}")), Kind::RefundFailed),
        ["prints", label] => say(w, w.label(label), Kind::Printed),
        ["mails", "to", name] => {
            let id = w.write(CENTRAL, Some(w.label(name)), Kind::Mailed);
            w.labels.insert("parcel".to_owned(), id);
            true
        }
        ["delivers"] => say(w, w.label("parcel"), Kind::Delivered),
        ["erases"] => {
            let about = w.newest(|e| matches!(e.kind, Kind::ErasureRequested { .. }));
            w.write(CENTRAL, about, Kind::Erased);
            true
        }
        ["adds", "the", "student", "to", "the", "roster"] => {
            w.write(CENTRAL, None, Kind::RosterAdded);
            true
        }
        ["corrects", "the", "day", "of", "the", "last", "production", "to", day] => {
            let about = w.newest(|e| matches!(e.kind, Kind::Produced { .. })).unwrap();
            say(w, about, Kind::TimeCorrected { day: day.parse().unwrap() })
        }
        ["looks", "for", "conflicts"] => conflicts(w),
        _ => false,
    }
}

fn paid(w: &mut World, name: &str, transaction: &str) -> bool {
    let kind = Kind::Paid { transaction: OrderId::new(transaction).unwrap(), fen: 3_000 };
    let id = w.write(CENTRAL, Some(w.label(name)), kind);
    w.labels.insert(format!("payment {name}"), id);
    true
}

/// The server writes down what it finds, until there is nothing more.
fn conflicts(w: &mut World) -> bool {
    for finding in findings(&w.journal.clone()) {
        w.student = finding.enrolment;
        w.write(CENTRAL, Some(finding.about), finding.kind);
    }
    findings(&w.journal).is_empty()
}

/// `decides KIND about LABEL: choose LABEL | reopen | dismiss | take over`.
fn registry(w: &mut World, what: &str) -> bool {
    let Some((head, decision)) = what.split_once(": ") else { return false };
    let Some((kind, about)) = head.strip_prefix("decides ").and_then(|h| h.split_once(" about ")) else {
        return false;
    };
    let case: CaseKind = serde_json::from_value(kind.into()).unwrap();
    let resolution = match decision.split_once(' ') {
        Some(("choose", label)) => Resolution::Chosen { submission: w.label(label) },
        Some(("take", "over")) => Resolution::TakenOver,
        _ if decision == "reopen" => Resolution::Reopened,
        _ if decision == "dismiss" => Resolution::Dismissed,
        _ => return false,
    };
    let about = match about {
        "it" => {
            w.state(w.student).open_cases().find(|c| c.kind == case).and_then(|c| c.about.first().copied())
        }
        label => Some(w.label(label)),
    };
    w.write(
        CENTRAL,
        about,
        Kind::CaseResolved { case, staff: StaffId::new("registry").unwrap(), resolution },
    );
    true
}

fn produced(day: jiff::civil::Date) -> Kind {
    Kind::Produced { day, comparison: ComparisonBand::Pass }
}

fn submitted(label: &str, replaces: Option<EntryId>) -> Kind {
    Kind::Submitted {
        portrait: PictureHash::of(label.as_bytes()),
        original: PictureHash::of(format!("{label} original").as_bytes()),
        preset: String::new(),
        comparison: ComparisonBand::Pass,
        score_tenths: Some(900),
        replaces,
    }
}

fn record(name: &str) -> RecordHash {
    RecordHash::of(name.as_bytes())
}
