//! A forged or misplaced entry changes nothing but the list of ignored ones.

use super::heaps::{ID, entry, heap, id, kiosk_only, server, settings, unknown};
use crate::*;
use proptest::prelude::*;
use proptest::sample::Index;

fn without_list(mut state: Enrolment) -> Enrolment {
    state.ignored.clear();
    state
}

fn changes_only_the_list(heap: Vec<Entry>, forged: Entry) -> Result<(), TestCaseError> {
    let honest = fold(ID, &heap, &settings());
    let name = forged.id;
    let mut all = heap;
    all.push(forged);
    let state = fold(ID, &all, &settings());
    prop_assert!(state.ignored.iter().any(|i| i.entry == name));
    prop_assert_eq!(state.ignored.len(), honest.ignored.len() + 1);
    prop_assert_eq!(without_list(state), without_list(honest));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_server_s_word_from_a_kiosk_changes_only_the_list(
        heap in heap(), kind in server(), about in any::<Index>(), millis in 0_u64..60, author in 1_u8..4,
    ) {
        let about = heap[about.index(heap.len())].id;
        changes_only_the_list(heap, entry(9_999, author, millis, Some(about), kind))?;
    }

    #[test]
    fn a_kiosk_s_word_from_the_server_changes_only_the_list(
        heap in heap(), kind in kiosk_only(), about in any::<Index>(), millis in 0_u64..60,
    ) {
        let about = heap[about.index(heap.len())].id;
        changes_only_the_list(heap, entry(9_999, 0, millis, Some(about), kind))?;
    }

    #[test]
    fn a_word_about_nothing_changes_only_the_list(heap in heap(), kind in server(), millis in 0_u64..60) {
        // The roster's word is about nobody's entry; a portrait, a payment and a parcel may have lost what they are about.
        let may = matches!(kind, Kind::RosterAdded);
        prop_assume!(!may);
        changes_only_the_list(heap, entry(9_999, 0, millis, None, kind))?;
    }

    #[test]
    fn a_kind_of_a_later_version_changes_only_the_list(
        heap in heap(), about in any::<Index>(), millis in 0_u64..60, author in 0_u8..4,
    ) {
        let about = heap[about.index(heap.len())].id;
        changes_only_the_list(heap, entry(9_999, author, millis, Some(about), unknown()))?;
    }

    #[test]
    fn nobody_takes_a_server_s_word_away_by_writing_under_its_id(
        heap in heap(), kind in server(), which in any::<Index>(), author in 1_u8..4,
    ) {
        let honest = fold(ID, &heap, &settings());
        let victim = heap[which.index(heap.len())].id;
        let mut all = heap;
        all.push(Entry { id: victim, ..entry(9_999, author, 5, Some(id(1)), kind) });
        prop_assert_eq!(without_list(fold(ID, &all, &settings())), without_list(honest));
    }
}
