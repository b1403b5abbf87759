//! Random heaps of entries of every kind by a server and three kiosks, most of which act on another one of the heap.

use crate::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::Index;

pub const ID: EnrolmentId = EnrolmentId::from_bytes([7; 16]);

pub fn device(number: u8) -> DeviceId {
    let name = if number == 0 { CENTRAL.to_owned() } else { format!("kiosk-{number}") };
    DeviceId::new(name).unwrap()
}

pub fn id(number: u128) -> EntryId {
    EntryId(uuid::Uuid::from_u128(number))
}

pub fn entry(number: u128, author: u8, millis: u64, about: Option<EntryId>, kind: Kind) -> Entry {
    Entry {
        id: id(number),
        about,
        enrolment: ID,
        task: TaskId::new("spring-2026").unwrap(),
        task_version: 1,
        device: device(author),
        sequence: number as u64,
        clock: Hlc { millis, counter: 0 },
        doubtful: false,
        kind,
    }
}

pub fn day(number: i8) -> Date {
    date(2026, 3, number)
}

pub fn produced(number: i8) -> Kind {
    Kind::Produced { day: day(number), comparison: ComparisonBand::Pass }
}

pub fn submitted(seed: u8) -> Kind {
    Kind::Submitted {
        portrait: PictureHash::of(&[seed]),
        original: PictureHash::of(&[seed, 1]),
        preset: "00".repeat(32),
        comparison: ComparisonBand::Pass,
        score_tenths: Some(853),
        replaces: None,
    }
}

pub fn staff() -> StaffId {
    StaffId::new("lin").unwrap()
}

pub fn settings() -> Versions {
    Versions::new([(1, Settings::default())])
}

fn record(seed: u8) -> RecordHash {
    RecordHash::of(&[seed])
}

fn order(seed: u8) -> OrderId {
    OrderId::new(format!("o{}", seed % 4)).unwrap()
}

fn photo() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (1_i8..4).prop_map(produced),
        (1_i8..4).prop_map(produced),
        any::<u8>().prop_map(submitted),
        any::<u8>().prop_map(submitted),
        any::<u8>().prop_map(submitted),
        (0_u16..1000).prop_map(|score_tenths| Kind::ComparisonFailed { score_tenths }),
        (1_i8..4).prop_map(|d| Kind::ProductionGranted { staff: staff(), day: day(d) }),
        Just(Kind::NotMe { picture: Disowned::Admission }),
        Just(Kind::Imported { staff: staff(), picture: PictureHash::of(b"p") }),
        Just(Kind::Overridden { staff: staff(), reason: "r".to_owned(), checks: Vec::new() }),
    ]
}

fn person() -> impl Strategy<Value = Kind> {
    prop_oneof![
        any::<bool>().prop_map(|right| Kind::SecondFactorTried { right }),
        any::<bool>().prop_map(|right| Kind::SecondFactorTried { right }),
        Just(Kind::SecondFactorUnlocked { staff: staff() }),
        (1_u32..3, any::<[bool; 3]>()).prop_map(|(notice_version, [service, comparison, ctid])| {
            Kind::Consented { notice_version, service, comparison, ctid }
        }),
        any::<[bool; 3]>()
            .prop_map(|[service, comparison, ctid]| { Kind::ConsentWithdrawn { service, comparison, ctid } }),
        (0_u8..3).prop_map(|t| Kind::TokenBound { token: TokenHash(format!("t{t}")) }),
        (any::<bool>(), proptest::collection::vec(1_u128..24, 0..3)).prop_map(|(by_staff, ends)| {
            Kind::Unbound { staff: by_staff.then(staff), ends: ends.into_iter().map(id).collect() }
        }),
        any::<u8>().prop_map(|s| Kind::PhoneLinked { contact: record(s) }),
        any::<u8>().prop_map(|s| Kind::AddressGiven { address: record(s) }),
        any::<u8>().prop_map(|s| Kind::ManualEntry { record: record(s) }),
        any::<bool>().prop_map(|by_staff| Kind::ErasureRequested { staff: by_staff.then(staff) }),
        Just(Kind::StaffVerified { staff: staff() }),
        Just(Kind::CaseOpened { case: CaseKind::Reported, staff: staff() }),
    ]
}

fn money() -> impl Strategy<Value = Kind> {
    prop_oneof![
        any::<u8>().prop_map(|s| Kind::PaymentOpened { order: order(s), fen: 3_000 }),
        any::<u8>().prop_map(|s| Kind::PaymentOpened { order: order(s), fen: 3_000 }),
        Just(Kind::PaymentHeld),
        Just(Kind::PayLater),
        any::<u8>().prop_map(|s| Kind::VoucherRedeemed { voucher: VoucherHash::from_bytes([s % 3; 32]) }),
    ]
}

/// Words that only the server may say.
pub fn server() -> impl Strategy<Value = Kind> {
    let resolution = prop_oneof![
        (1_u128..24).prop_map(|n| Resolution::Chosen { submission: id(n) }),
        Just(Resolution::Reopened),
        Just(Resolution::Dismissed),
        Just(Resolution::TakenOver),
    ];
    let case = proptest::sample::select(CaseKind::ALL.to_vec());
    prop_oneof![
        Just(Kind::ReviewBegan),
        Just(Kind::Reviewed(ReviewOutcome::Approved)),
        Just(Kind::Reviewed(ReviewOutcome::Rejected { reason: "review.ears_covered".to_owned() })),
        Just(Kind::HandedOver),
        Just(Kind::Published),
        Just(Kind::CtidChecked(CtidOutcome::Matched)),
        (1_u128..24).prop_map(|n| Kind::FacesDiffer { other: id(n) }),
        any::<u8>().prop_map(|s| Kind::Paid { transaction: order(s), fen: 3_000 }),
        Just(Kind::PaymentClosed),
        Just(Kind::RefundOpened),
        Just(Kind::Refunded),
        Just(Kind::RefundFailed),
        Just(Kind::VoucherRefused),
        Just(Kind::TokenContested),
        Just(Kind::RosterAdded),
        Just(Kind::Printed),
        Just(Kind::Mailed),
        Just(Kind::Delivered),
        (1_i8..4).prop_map(|d| Kind::TimeCorrected { day: day(d) }),
        (case, resolution).prop_map(|(case, resolution)| Kind::CaseResolved {
            case,
            staff: staff(),
            resolution
        }),
        Just(Kind::Erased),
    ]
}

/// Words that only kiosks may say.
pub fn kiosk_only() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (1_i8..4).prop_map(produced),
        any::<u8>().prop_map(submitted),
        Just(Kind::ComparisonFailed { score_tenths: 1 }),
        Just(Kind::PaymentHeld),
        Just(Kind::VoucherRedeemed { voucher: VoucherHash::from_bytes([9; 32]) }),
        Just(Kind::NotMe { picture: Disowned::Admission }),
        any::<u8>().prop_map(|s| Kind::ManualEntry { record: record(s) }),
    ]
}

pub fn unknown() -> Kind {
    Kind::Unknown(serde_json::json!({"kind": "levitated", "payload": {"height": 3}}))
}

pub fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![6 => photo(), 3 => person(), 2 => money(), 5 => server(), 1 => Just(unknown())]
}

/// A heap of entries; one in six by a wrong author, one in five about nothing.
pub fn heap() -> impl Strategy<Value = Vec<Entry>> {
    let one = (any_kind(), 0_u8..24, 0_u64..40, proptest::option::weighted(0.8, any::<Index>()));
    proptest::collection::vec(one, 1..24).prop_map(|plan| {
        let kinds: Vec<Kind> = plan.iter().map(|(kind, ..)| kind.clone()).collect();
        let entries = plan.into_iter().enumerate().map(|(at, (kind, author, millis, about))| {
            let about = about.and_then(|i| target(&kind, &kinds, i)).map(|at| id(1 + at as u128));
            let honest = match authority(&kind) {
                Author::Central => 0,
                _ => 1 + author % 3,
            };
            let author = if author < 4 { author } else { honest };
            entry(1 + at as u128, author, millis, about, kind)
        });
        entries.collect()
    })
}

/// Mostly something the kind can act on, so that the heap says something.
fn target(kind: &Kind, kinds: &[Kind], pick: Index) -> Option<usize> {
    let fits = |k: &Kind| match kind {
        Kind::Submitted { .. } | Kind::TimeCorrected { .. } => matches!(k, Kind::Produced { .. }),
        Kind::Reviewed(_)
        | Kind::Published
        | Kind::ReviewBegan
        | Kind::HandedOver
        | Kind::FacesDiffer { .. }
        | Kind::CtidChecked(_)
        | Kind::Printed => matches!(k, Kind::Submitted { .. }),
        Kind::Paid { .. } | Kind::PaymentHeld | Kind::PaymentClosed => {
            matches!(k, Kind::PaymentOpened { .. })
        }
        Kind::RefundOpened | Kind::Refunded | Kind::RefundFailed => matches!(k, Kind::Paid { .. }),
        Kind::Unbound { .. } | Kind::ErasureRequested { .. } => {
            matches!(k, Kind::SecondFactorTried { right: true })
        }
        Kind::ConsentWithdrawn { .. } => matches!(k, Kind::Consented { .. }),
        Kind::VoucherRefused => matches!(k, Kind::VoucherRedeemed { .. }),
        Kind::TokenContested => matches!(k, Kind::TokenBound { .. }),
        Kind::Mailed => matches!(k, Kind::AddressGiven { .. }),
        Kind::Delivered => matches!(k, Kind::Mailed | Kind::Printed),
        Kind::Erased => matches!(k, Kind::ErasureRequested { .. }),
        _ => true,
    };
    let fitting: Vec<usize> = (0..kinds.len()).filter(|at| fits(&kinds[*at])).collect();
    if fitting.is_empty() { Some(pick.index(kinds.len())) } else { Some(fitting[pick.index(fitting.len())]) }
}
