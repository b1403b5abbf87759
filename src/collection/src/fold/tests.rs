//! Properties of the fold over random heaps of entries: order, repetition and forgery.

use super::*;
use crate::{CENTRAL, ComparisonBand, DeviceId, EntryId, Hlc, PictureHash, ReviewOutcome, StaffId, TaskId};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::Index;

const ID: EnrolmentId = EnrolmentId::from_bytes([7; 16]);

fn device(number: u8) -> DeviceId {
    let name = if number == 0 { CENTRAL.to_owned() } else { format!("kiosk-{number}") };
    DeviceId::new(name).unwrap()
}

fn entry(number: u128, author: u8, millis: u64, about: Option<EntryId>, kind: Kind) -> Entry {
    Entry {
        id: EntryId(uuid::Uuid::from_u128(number)),
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

fn produced(day: i8) -> Kind {
    Kind::Produced { day: date(2026, 3, day), comparison: ComparisonBand::Pass }
}

fn submitted(seed: u8) -> Kind {
    Kind::Submitted {
        portrait: PictureHash::of(&[seed]),
        original: PictureHash::of(&[seed, 1]),
        preset: "00".repeat(32),
        comparison: ComparisonBand::Pass,
        score_tenths: Some(853),
    }
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (1_i8..4).prop_map(produced),
        (1_i8..4).prop_map(produced),
        any::<u8>().prop_map(submitted),
        any::<u8>().prop_map(submitted),
        Just(Kind::ReviewBegan),
        Just(Kind::Reviewed(ReviewOutcome::Approved)),
        Just(Kind::Reviewed(ReviewOutcome::Rejected { reason: "review.ears_covered".to_owned() })),
        Just(Kind::HandedOver),
        Just(Kind::Published),
        (0_u16..1000).prop_map(|score_tenths| Kind::ComparisonFailed { score_tenths }),
        any::<bool>().prop_map(|right| Kind::SecondFactorTried { right }),
        (1_u32..3, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(notice_version, service, comparison, ctid)| Kind::Consented {
                notice_version,
                service,
                comparison,
                ctid
            }
        ),
        (1_i8..4).prop_map(|d| Kind::ProductionGranted {
            staff: StaffId::new("lin").unwrap(),
            day: date(2026, 3, d)
        }),
        Just(Kind::Unknown(serde_json::json!({"kind": "levitated", "payload": {"height": 3}}))),
    ]
}

/// A heap of entries, most of whose `about` points at another one of the heap.
fn heap() -> impl Strategy<Value = Vec<Entry>> {
    let one = (any_kind(), 0_u8..4, 0_u64..40, proptest::option::weighted(0.8, any::<Index>()));
    proptest::collection::vec(one, 1..24).prop_map(|plan| {
        let count = plan.len();
        let number = |at: usize| 1 + at as u128;
        let entries = plan.into_iter().enumerate().map(|(at, (kind, author, millis, about))| {
            let about = about.map(|i| EntryId(uuid::Uuid::from_u128(number(i.index(count)))));
            entry(number(at), author, millis, about, kind)
        });
        entries.collect()
    })
}

fn settings() -> Versions {
    Versions::new([(1, Settings::default())])
}

/// What is known apart from the list of ignored entries.
fn without_list(mut state: Enrolment) -> Enrolment {
    state.ignored.clear();
    state
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn order_and_repetition_change_nothing(
        heap in heap(),
        order in any::<u64>(),
        again in proptest::collection::vec(any::<Index>(), 0..12),
    ) {
        let whole = fold(ID, &heap, &settings());
        let mut shuffled: Vec<Entry> = heap.clone();
        shuffled.extend(again.iter().map(|i| heap[i.index(heap.len())].clone()));
        shuffled.sort_by_key(|e| (e.sequence ^ order).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17));
        prop_assert_eq!(fold(ID, &shuffled, &settings()), whole.clone());
        shuffled.reverse();
        prop_assert_eq!(fold(ID, &shuffled, &settings()), whole);
    }

    #[test]
    fn a_server_s_word_from_a_kiosk_changes_only_the_list(
        heap in heap(),
        kind in prop_oneof![
            Just(Kind::ReviewBegan),
            Just(Kind::HandedOver),
            Just(Kind::Published),
            Just(Kind::Reviewed(ReviewOutcome::Approved)),
        ],
        about in any::<Index>(),
        millis in 0_u64..60,
    ) {
        let honest = fold(ID, &heap, &settings());
        let about = heap[about.index(heap.len())].id;
        let forged = entry(9_999, 1, millis, Some(about), kind);
        let mut all = heap;
        all.push(forged.clone());
        let state = fold(ID, &all, &settings());
        let listed = Ignored { entry: forged.id, reason: IgnoreReason::Authority };
        prop_assert!(state.ignored.contains(&listed));
        prop_assert_eq!(state.ignored.len(), honest.ignored.len() + 1);
        prop_assert_eq!(without_list(state), without_list(honest));
    }

    #[test]
    fn entries_of_another_enrolment_change_nothing(heap in heap(), other in heap()) {
        let alone = fold(ID, &heap, &settings());
        let mut all = heap;
        all.extend(other.into_iter().map(|e| Entry { enrolment: EnrolmentId::from_bytes([8; 16]), ..e }));
        prop_assert_eq!(fold(ID, &all, &settings()), alone.clone());
        prop_assert_eq!(fold_all(&all, &settings()).remove(&ID).unwrap(), alone);
    }

    #[test]
    fn limits_hold_and_nothing_is_dropped(heap in heap()) {
        let state = fold(ID, &heap, &settings());
        let limits = Settings::default();
        prop_assert!(state.replacements_used <= limits.replacements);
        prop_assert!(state.resubmissions_used <= limits.resubmissions);
        let is_submitted = |e: &&Entry| matches!(e.kind, Kind::Submitted { .. });
        let ignored = |e: &&Entry| state.ignored.iter().any(|i| i.entry == e.id);
        for entry in heap.iter().filter(is_submitted).filter(|e| !ignored(e)) {
            prop_assert!(state.submissions.iter().any(|s| s.id == entry.id));
        }
        prop_assert_eq!(state.candidate().is_some(), !state.submissions.is_empty());
        let _ = PhotoState::ALL.contains(&state.photo_state(Durable::Server));
    }

    #[test]
    fn an_entry_survives_its_json(heap in heap()) {
        for entry in heap {
            let bytes = serde_json::to_vec(&entry).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Entry>(&bytes).unwrap(), entry);
        }
    }
}
