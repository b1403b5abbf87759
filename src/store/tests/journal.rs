//! The one door, what comes down, and the queue.

mod support;

use collection::{Durable, Kind, PhotoState, PictureHash, ReviewOutcome, Signer, TokenHash, Versions};
use proptest::prelude::*;
use protocol::{Accepted, Change};
use sentences::codes;
use store::{MatchBy, NewEntry, PictureIn, PictureRole, StoreError};
use support::{draft, foreign, page, produced, roster, student, submitted, task, task_id, visit};

#[test]
fn nothing_is_written_before_the_kiosk_is_a_device() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::open(dir.path());
    let told = store.append(draft(student(1), None, produced()), &[]).unwrap_err();
    assert!(matches!(told, StoreError::NotEnrolled));
    store.enrolled(&support::identity("k-1")).unwrap();
    assert_eq!(store.append(draft(student(1), None, produced()), &[]).unwrap().sequence, 1);
    let told = store.enrolled(&support::identity("k-2")).unwrap_err();
    assert!(matches!(told, StoreError::AlreadyEnrolled { .. }));
}

#[test]
fn an_entry_whose_picture_is_missing_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let only = [PictureIn { bytes: b"portrait", role: PictureRole::Portrait }];
    let told = store.append(draft(student(1), None, submitted(b"portrait", b"original")), &only).unwrap_err();
    assert!(matches!(told, StoreError::PictureMissing { hash } if hash == PictureHash::of(b"original")));
    assert_eq!(store.last_sequence().unwrap(), 0);
    assert!(store.picture(PictureHash::of(b"portrait")).unwrap().is_none());
    assert_eq!(store.append(draft(student(1), None, produced()), &[]).unwrap().sequence, 1);
}

#[test]
fn entries_that_belong_together_are_all_kept_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let both = [
        PictureIn { bytes: b"portrait", role: PictureRole::Portrait },
        PictureIn { bytes: b"original", role: PictureRole::Original },
    ];
    let together = |pictures: &[PictureIn<'_>]| {
        let made = NewEntry::new(draft(student(1), None, produced()), &both);
        let kind = submitted(b"portrait", b"another original");
        let handed_in = NewEntry::new(draft(student(1), Some(made.id()), kind), pictures);
        store.append_all(vec![made, handed_in])
    };
    assert!(matches!(together(&[]), Err(StoreError::PictureMissing { .. })));
    assert_eq!((store.last_sequence().unwrap(), store.entries(student(1)).unwrap().len()), (0, 0));
    assert!(store.picture(PictureHash::of(b"portrait")).unwrap().is_none(), "the first left no trace either");

    let other = [PictureIn { bytes: b"another original", role: PictureRole::Original }];
    let kept = together(&other).unwrap();
    assert_eq!(kept.iter().map(|e| e.sequence).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(kept[1].about, Some(kept[0].id));
    assert!(kept[0].clock < kept[1].clock);
    assert_eq!(store.entries(student(1)).unwrap(), kept);
    assert_eq!(store.enrolment(student(1)).unwrap().candidate().unwrap().id, kept[1].id);
    let standing = store.standing(student(1)).unwrap().unwrap();
    assert_eq!((standing.candidate, standing.draft), (Some(kept[1].id), None));
}

#[test]
fn entries_are_signed_numbered_and_dated_across_restarts() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let key = store.journal_key();
    let (a, b) = visit(&store, 1, b"p1", b"o1");
    drop(store);
    let store = support::open(dir.path());
    assert_eq!(store.journal_key(), key, "the key is drawn once");
    let (c, _) = visit(&store, 2, b"p2", b"o2");
    assert_eq!([a.sequence, b.sequence, c.sequence], [1, 2, 3]);
    assert!(a.clock < b.clock && b.clock < c.clock);
    for pending in store.pending_entries(10).unwrap() {
        let entry = collection::SignedEntry::from(pending.wire).verify(&key).unwrap();
        assert_eq!((entry.id, entry.sequence), (pending.id, pending.sequence));
        assert_eq!(Some(entry), store.entry(pending.id).unwrap());
    }
}

#[test]
fn the_queue_drains_oldest_first_and_pictures_wait_for_their_entry() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (made, handed_in) = visit(&store, 1, b"portrait", b"original");
    let pending = store.pending_entries(1).unwrap();
    assert_eq!(pending[0].id, made.id);
    assert!(store.pending_pictures(9).unwrap().is_empty(), "the server does not expect them yet");
    let wants = vec![PictureHash::of(b"portrait")];
    store.mark_accepted(&[Accepted { id: made.id, wants: vec![] }]).unwrap();
    store.mark_accepted(&[Accepted { id: handed_in.id, wants }]).unwrap();
    let pictures = store.pending_pictures(9).unwrap();
    assert_eq!(pictures.len(), 1, "the original is there already");
    assert_eq!((pictures[0].hash, pictures[0].length), (PictureHash::of(b"portrait"), 8));
    store.mark_uploaded(pictures[0].hash).unwrap();
    assert!(store.queue().unwrap().is_empty());
    assert_eq!(store.standing(student(1)).unwrap().unwrap().photo, PhotoState::SavedAwaitingUpload);
    store.set_durable(2).unwrap();
    assert_eq!(store.standing(student(1)).unwrap().unwrap().photo, PhotoState::AwaitingReview);
}

#[test]
fn a_refused_entry_is_listed_and_holds_up_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (made, handed_in) = visit(&store, 1, b"p", b"o");
    store.mark_refused(made.id, "server.entry.conflict").unwrap();
    assert_eq!(store.pending_entries(9).unwrap()[0].id, handed_in.id);
    let refused = store.refused_entries().unwrap();
    assert_eq!((refused[0].id, refused[0].code), (made.id, codes::SERVER_ENTRY_CONFLICT));
    assert_eq!(store.queue().unwrap().refused, 1);
}

#[test]
fn a_page_brings_task_roster_and_decision() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (_, handed_in) = visit(&store, 1, b"p", b"o");
    let photo = PictureHash::of(b"admission");
    let approved = Kind::Reviewed(ReviewOutcome::Approved);
    let changes = vec![
        Change::Task(Box::new(task(1))),
        Change::Preset { name: "chsi".into(), toml: "x".into() },
        Change::Roster(Box::new(roster(1, "林*夏", Some(photo)))),
        Change::Roster(Box::new(roster(2, "周*", None))),
        foreign("central", 1, handed_in.id, student(1), approved, &support::central()),
    ];
    let done = store.admit(&page("e1", 5, changes.clone())).unwrap();
    assert_eq!((done.applied, done.set_aside, done.restart), (5, 0, false));
    assert_eq!(store.cursor().unwrap(), ("e1".into(), 5));
    assert_eq!(store.tasks().unwrap(), [task(1)]);
    let found = store.roster_by_enrolment(student(1)).unwrap().unwrap();
    assert_eq!(store.roster_by_unique(&task_id(), &found.unique_number).unwrap(), Some(found));
    assert_eq!(store.roster_matching(&task_id(), MatchBy::NumberLast6("same")).unwrap().len(), 2);
    assert_eq!(store.roster_matching(&task_id(), MatchBy::StudentNumber("s2")).unwrap().len(), 1);
    assert_eq!(store.standing(student(1)).unwrap().unwrap().photo, PhotoState::Approved);

    assert_eq!(store.wanted_photos(9).unwrap(), [photo]);
    let told = store.put_admission_photo(photo, b"another face").unwrap_err();
    assert!(matches!(told, StoreError::PictureOther { .. }));
    store.put_admission_photo(photo, b"admission").unwrap();
    assert!(store.wanted_photos(9).unwrap().is_empty());
    assert_eq!(*store.picture(photo).unwrap().unwrap().bytes, b"admission");

    let again = store.admit(&page("e1", 5, changes)).unwrap();
    assert_eq!((again.applied, again.set_aside), (5, 0), "the same page again is a success");
}

#[test]
fn an_entry_in_the_servers_name_with_another_key_is_kept_listed_and_not_applied() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (_, handed_in) = visit(&store, 1, b"p", b"o");
    let forger = Signer::from_seed(&[9; 32]).unwrap();
    let approved = || Kind::Reviewed(ReviewOutcome::Approved);
    let forged = foreign("central", 1, handed_in.id, student(1), approved(), &forger);
    let unknown = foreign("k-7", 1, handed_in.id, student(1), produced(), &forger);
    let done = store.admit(&page("e", 2, vec![forged, unknown])).unwrap();
    assert_eq!((done.applied, done.set_aside), (0, 2));
    let listed: Vec<_> = store.set_aside().unwrap().into_iter().map(|s| s.reason).collect();
    assert_eq!(listed, [codes::SERVER_ENTRY_SIGNATURE, codes::SERVER_ENTRY_DEVICE]);
    assert_ne!(store.standing(student(1)).unwrap().unwrap().photo, PhotoState::Approved);
}

#[test]
fn another_kiosks_entry_counts_once_the_feed_told_its_key() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let other = Signer::from_seed(&[9; 32]).unwrap();
    let device = collection::DeviceId::new("k-7").unwrap();
    let told = Change::Device { device, journal_key: other.public_key().to_string() };
    let id = collection::EntryId(uuid::Uuid::now_v7());
    let entry = foreign("k-7", 1, id, student(3), produced(), &other);
    assert_eq!(store.admit(&page("e", 2, vec![told, entry])).unwrap().applied, 2);
    assert_eq!(store.enrolment(student(3)).unwrap().productions.values().sum::<u32>(), 1);
    assert!(store.pending_entries(9).unwrap().is_empty(), "it is not ours to send");
}

#[test]
fn a_restored_server_uses_its_numbers_again_and_its_newer_word_counts() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (_, handed_in) = visit(&store, 1, b"p", b"o");
    let approved = Kind::Reviewed(ReviewOutcome::Approved);
    let rejected = Kind::Reviewed(ReviewOutcome::Rejected { reason: "review.ears_covered".into() });
    let lost = foreign("central", 1, handed_in.id, student(1), approved, &support::central());
    store.admit(&page("e1", 1, vec![lost])).unwrap();
    assert_eq!(store.standing(student(1)).unwrap().unwrap().photo, PhotoState::Approved);

    let newer = support::later("central", 1, handed_in.id, student(1), rejected, &support::central());
    store.admit(&page("e2", 1, vec![])).unwrap();
    let done = store.admit(&page("e2", 1, vec![newer])).unwrap();
    assert_eq!((done.applied, done.set_aside), (1, 0));
    assert_eq!(store.standing(student(1)).unwrap().unwrap().photo, PhotoState::Rejected);
    let aside: Vec<_> = store.set_aside().unwrap().into_iter().map(|s| s.reason).collect();
    assert_eq!(aside, [codes::SERVER_ENTRY_SUPERSEDED]);
}

#[test]
fn entries_are_marked_until_somebody_confirmed_the_clock() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let (before, _) = visit(&store, 1, b"p", b"o");
    assert!(before.doubtful, "nobody has said yet what time it is");
    store.confirm_time().unwrap();
    assert!(!store.now().unwrap().doubtful);
    let (after, _) = visit(&store, 2, b"p2", b"o2");
    assert!(!after.doubtful && before.clock < after.clock);
    assert_eq!(store.enrolment(student(1)).unwrap().doubtful.len(), 2);
}

#[test]
fn the_server_s_time_is_trusted_and_not_the_wall_clock() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let wall = store.now().unwrap().millis;
    // The server says that it is a week later than this machine's clock shows.
    let week = 7 * 24 * 3_600_000;
    let heard = store::ServerTime { server_millis: wall + week, kiosk_millis: wall, boot_millis: 0 };
    store.record_server_time(heard).unwrap();
    let now = store.now().unwrap();
    assert!(!now.doubtful && now.millis >= wall + week);
    let (made, _) = visit(&store, 1, b"p", b"o");
    assert!(made.clock.millis >= wall + week && !made.doubtful);
    drop(store);
    let again = support::open(dir.path()).now().unwrap();
    assert!(again.millis >= made.clock.millis, "it is remembered across a restart of the program");
}

#[test]
fn a_kiosk_s_own_word_about_itself_stands_in_no_list_of_students() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let device = collection::EnrolmentId::DEVICE;
    let staff = collection::StaffId::new("lin").unwrap();
    let kind = Kind::Paused { staff, reason: "pause.lunch".into() };
    store.append(draft(device, None, kind), &[]).unwrap();
    assert_eq!(store.entries(device).unwrap().len(), 1);
    assert!(store.standings(&task_id()).unwrap().is_empty());
}

#[test]
fn a_new_epoch_starts_over_sends_again_and_drops_what_the_server_does_not_have() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let photo = PictureHash::of(b"admission");
    let old = vec![
        Change::Task(Box::new(task(1))),
        Change::Roster(Box::new(roster(1, "林*夏", Some(photo)))),
        Change::Roster(Box::new(roster(2, "周*", None))),
    ];
    store.admit(&page("e1", 30, old)).unwrap();
    store.put_admission_photo(photo, b"admission").unwrap();
    let (made, handed_in) = visit(&store, 2, b"p", b"o");
    let taken = [made.id, handed_in.id].map(|id| Accepted { id, wants: vec![] });
    store.mark_accepted(&taken).unwrap();
    store.set_durable(2).unwrap();
    assert!(store.queue().unwrap().is_empty());

    let new = vec![Change::Task(Box::new(task(1))), Change::Roster(Box::new(roster(2, "周*", None)))];
    assert!(store.admit(&page("e2", 2, new.clone())).unwrap().restart);
    assert_eq!(store.cursor().unwrap(), ("e2".into(), 0));
    assert_eq!(store.pending_entries(9).unwrap().len(), 2);
    assert_eq!(store.standing(student(2)).unwrap().unwrap().photo, PhotoState::SavedAwaitingUpload);
    assert_eq!(
        store.roster(&task_id()).unwrap().len(),
        2,
        "nothing is dropped before the new feed is complete"
    );
    store.admit(&page("e2", 2, new)).unwrap();
    assert_eq!(store.roster(&task_id()).unwrap().len(), 1);
    assert!(store.picture(photo).unwrap().is_none(), "nobody's photo is kept");
    store.set_durable(1).unwrap();
    assert_eq!(store.pending_entries(9).unwrap()[0].id, handed_in.id, "the restored server had the first");
}

#[test]
fn a_bound_code_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = support::enrolled(dir.path());
    let token = TokenHash("ab".repeat(32));
    store.append(draft(student(1), None, Kind::TokenBound { token: token.clone() }), &[]).unwrap();
    assert_eq!(store.enrolments_by_token(&task_id(), &token).unwrap(), [student(1)]);
    assert!(store.enrolments_by_token(&task_id(), &TokenHash("cd".repeat(32))).unwrap().is_empty());
}

/// What may happen, in a few numbers.
#[derive(Clone, Debug)]
enum Step {
    Produce(u8),
    Submit(u8),
    Fail(u8),
    Bind(u8, u8),
    Review(bool),
    Forge,
    Durable,
    Version(u32),
    NewEpoch,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..3_u8).prop_map(Step::Produce),
        3 => (0..3_u8).prop_map(Step::Submit),
        1 => (0..3_u8).prop_map(Step::Fail),
        1 => (0..3_u8, 0..3_u8).prop_map(|(s, t)| Step::Bind(s, t)),
        2 => any::<bool>().prop_map(Step::Review),
        1 => Just(Step::Forge),
        1 => Just(Step::Durable),
        1 => (1..4_u32).prop_map(Step::Version),
        1 => Just(Step::NewEpoch),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_projection_is_the_fold_of_all_entries(steps in proptest::collection::vec(step(), 1..24)) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = support::enrolled(dir.path());
        let (mut made, mut handed_in, mut cursor, mut epoch, mut settings) =
            ([None; 3], Vec::new(), 0, 0, vec![]);
        for (n, step) in steps.into_iter().enumerate() {
            match step {
                Step::Produce(s) => {
                    made[s as usize] = Some(store.append(draft(student(s), None, produced()), &[]).unwrap().id);
                }
                Step::Submit(s) => {
                    let bytes = n.to_le_bytes();
                    let given = [PictureIn { bytes: &bytes, role: PictureRole::Portrait }];
                    let kind = submitted(&bytes, &bytes);
                    let entry = store.append(draft(student(s), made[s as usize], kind), &given).unwrap();
                    handed_in.push((entry.id, student(s)));
                }
                Step::Fail(s) => {
                    let kind = Kind::ComparisonFailed { score_tenths: 10 };
                    store.append(draft(student(s), None, kind), &[]).unwrap();
                }
                Step::Bind(s, t) => {
                    let kind = Kind::TokenBound { token: TokenHash(format!("{t}")) };
                    store.append(draft(student(s), None, kind), &[]).unwrap();
                }
                Step::Review(good) => {
                    let Some((about, who)) = handed_in.last().copied() else { continue };
                    let outcome = if good {
                        ReviewOutcome::Approved
                    } else {
                        ReviewOutcome::Rejected { reason: "review.ears_covered".into() }
                    };
                    cursor += 1;
                    let change =
                        foreign("central", cursor, about, who, Kind::Reviewed(outcome), &support::central());
                    store.admit(&page(&format!("e{epoch}"), cursor, vec![change])).unwrap();
                }
                Step::Forge => {
                    let Some((about, who)) = handed_in.last().copied() else { continue };
                    cursor += 1;
                    let forger = Signer::from_seed(&[9; 32]).unwrap();
                    let change = foreign("central", cursor, about, who, Kind::Published, &forger);
                    store.admit(&page(&format!("e{epoch}"), cursor, vec![change])).unwrap();
                }
                Step::Durable => store.set_durable(store.last_sequence().unwrap()).unwrap(),
                Step::Version(version) => {
                    let mut new = task(version);
                    new.settings.resubmissions = version - 1;
                    settings.retain(|(v, _)| *v != version);
                    settings.push((version, new.settings.clone()));
                    cursor += 1;
                    store.admit(&page(&format!("e{epoch}"), cursor, vec![Change::Task(Box::new(new))])).unwrap();
                }
                Step::NewEpoch => {
                    epoch += 1;
                    store.admit(&page(&format!("e{epoch}"), 0, vec![])).unwrap();
                }
                Step::Reopen => {
                    drop(store);
                    store = support::open(dir.path());
                }
            }
        }
        let versions = Versions::new(settings);
        let device = collection::DeviceId::new("k-1").unwrap();
        let durable = Durable::Kiosk { device: &device, sequence: store.durable_sequence().unwrap() };
        let all: Vec<_> = (0..3).flat_map(|s| store.entries(student(s)).unwrap()).collect();
        let folded = collection::fold_all(&all, &versions);
        for s in (0..3).map(student) {
            let (standing, state) = (store.standing(s).unwrap(), folded.get(&s));
            prop_assert_eq!(standing.is_some(), state.is_some());
            let (Some(standing), Some(state)) = (standing, state) else { continue };
            prop_assert_eq!(&store.enrolment(s).unwrap(), state);
            prop_assert_eq!(standing.photo, state.photo_state(durable));
            prop_assert_eq!(standing.draft, state.draft);
            prop_assert_eq!(standing.candidate, state.candidate().map(|c| c.id));
            prop_assert_eq!(standing.submissions as usize, state.submissions.len());
            prop_assert_eq!(standing.cases as usize, state.open_cases().count());
            for token in &state.tokens {
                prop_assert!(store.enrolments_by_token(&task_id(), token).unwrap().contains(&s));
            }
        }
    }
}
