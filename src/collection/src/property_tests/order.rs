//! The union of journals in any order, in any pieces, however often repeated, gives the same state.

use super::heaps::{ID, heap, settings};
use crate::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// The heap in another order.
fn shuffled(heap: &[Entry], seed: u64) -> Vec<Entry> {
    let mut all = heap.to_vec();
    all.sort_by_key(|e| (e.sequence ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn any_interleaving_repetition_and_splitting_folds_to_the_same_state(
        heap in heap(),
        seed in any::<u64>(),
        again in proptest::collection::vec(any::<Index>(), 0..12),
        cut in any::<Index>(),
    ) {
        let whole = fold(ID, &heap, &settings());
        let mut other = shuffled(&heap, seed);
        other.extend(again.iter().map(|i| heap[i.index(heap.len())].clone()));
        prop_assert_eq!(&fold(ID, &other, &settings()), &whole);
        // Delivered in two pieces, the later one first, with an overlap.
        let cut = cut.index(other.len());
        let pieces = other[cut..].iter().chain(&other[..(cut + 3).min(other.len())]);
        prop_assert_eq!(&fold(ID, pieces, &settings()), &whole);
        prop_assert_eq!(fold_all(&other, &settings()).remove(&ID), Some(whole));
    }

    #[test]
    fn entries_of_another_enrolment_change_nothing(heap in heap(), other in heap()) {
        let alone = fold(ID, &heap, &settings());
        let mut all = heap;
        all.extend(other.into_iter().map(|e| Entry { enrolment: EnrolmentId::from_bytes([8; 16]), ..e }));
        prop_assert_eq!(fold(ID, &all, &settings()), alone);
    }

    #[test]
    fn an_entry_survives_its_json(heap in heap(), doubtful in any::<bool>()) {
        for entry in heap {
            let entry = Entry { doubtful, ..entry };
            let bytes = serde_json::to_vec(&entry).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Entry>(&bytes).unwrap(), entry);
        }
    }

    #[test]
    fn conflicts_do_not_depend_on_the_order(
        heap in heap(),
        seed in any::<u64>(),
        whose in proptest::collection::vec(0_u8..3, 24),
    ) {
        let spread = |all: Vec<Entry>| -> Vec<Entry> {
            let student = |e: &Entry| EnrolmentId::from_bytes([whose[e.sequence as usize % 24]; 16]);
            all.into_iter().map(|e| Entry { enrolment: student(&e), ..e }).collect()
        };
        let one = spread(heap.clone());
        let found = findings(&one);
        prop_assert_eq!(&findings(&spread(shuffled(&heap, seed))), &found);
        // Once written down, there is nothing more to find; and the first user keeps what it used.
        let mut told = one.clone();
        for (at, f) in found.iter().enumerate() {
            let mut word = super::heaps::entry(900 + at as u128, 0, 99, Some(f.about), f.kind.clone());
            word.enrolment = f.enrolment;
            told.push(word);
        }
        prop_assert_eq!(findings(&told), Vec::new());
        let states = fold_all(&told, &settings());
        let mut users = std::collections::BTreeMap::new();
        for (student, state) in &states {
            for (_, voucher) in &state.payment.vouchers {
                prop_assert!(users.insert(*voucher, *student).is_none_or(|before| before == *student));
            }
        }
        let used = |e: &&Entry| matches!(e.kind, Kind::VoucherRedeemed { .. }) && e.device.as_str() != CENTRAL;
        for entry in told.iter().filter(used) {
            let payment = &states[&entry.enrolment].payment;
            let kept = payment.vouchers.iter().any(|(id, _)| *id == entry.id);
            prop_assert!(kept || payment.pay_later, "a voucher that lost becomes pay-later");
        }
    }
}
