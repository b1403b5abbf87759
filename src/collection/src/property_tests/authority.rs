//! A forged or misplaced entry changes nothing but the list of ignored ones.

use super::heaps::{
    ID, day, device, entry, heap, id, kiosk_only, produced, server, settings, staff, unknown,
};
use crate::*;
use proptest::prelude::*;
use proptest::sample::Index;

fn without_list(mut state: Enrolment) -> Enrolment {
    state.ignored.clear();
    state
}

/// The settings, the task, and the one member of staff and the three kiosks of heaps.
fn known() -> Versions {
    let task = entry(1, 1, 0, None, unknown()).task;
    settings().with_staff([staff()]).with_devices((1..4).map(device)).at_task(task)
}

/// Everything that a member of staff can be named in at a kiosk.
fn named(who: StaffId) -> impl Strategy<Value = Kind> {
    let all = vec![
        Kind::Overridden {
            staff: who.clone(),
            reason: "override.reason.other".to_owned(),
            checks: Vec::new(),
        },
        Kind::ProductionGranted { staff: who.clone(), day: day(2) },
        Kind::StaffVerified { staff: who.clone() },
        Kind::SecondFactorUnlocked { staff: who.clone() },
        Kind::Unbound { staff: Some(who.clone()), ends: (1..24).map(id).collect() },
        Kind::Imported { staff: who.clone(), picture: PictureHash::of(b"x") },
        Kind::ErasureRequested { staff: Some(who.clone()) },
        Kind::CaseOpened { case: CaseKind::NotMe, staff: who },
    ];
    prop::sample::select(all)
}

fn changes_only_the_list(heap: Vec<Entry>, forged: Entry) -> Result<(), TestCaseError> {
    let honest = fold(ID, &heap, &known());
    let name = forged.id;
    let mut all = heap;
    all.push(forged);
    let state = fold(ID, &all, &known());
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
    fn a_name_that_nobody_has_changes_only_the_list_and_counts_from_the_day_on_which_it_is_told(
        heap in heap(), kind in named(StaffId::new("nobody-here").unwrap()), about in any::<Index>(),
        millis in 0_u64..60, author in 1_u8..4,
    ) {
        let about = heap[about.index(heap.len())].id;
        let forged = entry(9_999, author, millis, Some(about), kind);
        changes_only_the_list(heap.clone(), forged.clone())?;
        let told = known().with_staff([staff(), StaffId::new("nobody-here").unwrap()]);
        let all = [heap, vec![forged]].concat();
        prop_assert_eq!(fold(ID, &all, &told), fold(ID, &all, &settings()));
    }

    #[test]
    fn an_entry_of_another_task_changes_only_the_list(
        heap in heap(), kind in prop_oneof![server(), kiosk_only(), Just(produced(2))], about in any::<Index>(),
        millis in 0_u64..60, author in 0_u8..4,
    ) {
        let about = heap[about.index(heap.len())].id;
        let elsewhere = TaskId::new("autumn-2026").unwrap();
        let misplaced = Entry { task: elsewhere, ..entry(9_999, author, millis, Some(about), kind) };
        changes_only_the_list(heap, misplaced)?;
    }

    #[test]
    fn an_entry_of_another_school_s_kiosk_changes_only_the_list(
        heap in heap(), kind in prop_oneof![kiosk_only(), Just(produced(2)), named(staff())], about in any::<Index>(),
        millis in 0_u64..60,
    ) {
        let about = heap[about.index(heap.len())].id;
        let foreign = entry(9_999, 7, millis, Some(about), kind);
        let listed = Ignored { entry: foreign.id, reason: IgnoreReason::ForeignDevice };
        changes_only_the_list(heap.clone(), foreign.clone())?;
        let state = fold(ID, [heap, vec![foreign]].concat(), &known());
        prop_assert!(state.ignored.contains(&listed));
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
