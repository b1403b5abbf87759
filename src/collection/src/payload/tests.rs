//! What must hold of payloads: good codes are read, every wrong one has its name, no bytes panic.

use super::*;
use crate::fold::stories::task;
use crate::signature::Signer;
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;

fn signer(seed: u8) -> Signer {
    Signer::from_seed(&[seed; 32]).unwrap()
}

fn school() -> Task {
    let public_key = signer(1).public_key().to_string();
    let mut task = task();
    task.decoders = vec![Decoder::Signed { key_id: "k1".to_owned(), public_key }, Decoder::Token];
    task
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-03-10T02:00:00Z")
}

fn number() -> UniqueNumber {
    UniqueNumber::new("9900120260000017").unwrap()
}

fn code(task: &Task, key: u8, key_id: &str) -> String {
    sign_code(&signer(key), key_id, task, &number(), at("2026-03-20T00:00:00Z")).unwrap()
}

/// Whether these bytes are taken for a student's code.
fn is_believed(bytes: &[u8]) -> bool {
    matches!(read(bytes, &[school()], now()), Ok(Claim::Student { .. }))
}

fn fault(text: &str, when: Timestamp) -> CodeFault {
    read(text.as_bytes(), &[school()], when).unwrap_err()
}

static GOOD: LazyLock<String> = LazyLock::new(|| code(&school(), 1, "k1"));

#[test]
fn a_good_code_names_its_student() {
    let claim = read(GOOD.as_bytes(), &[school()], now()).unwrap();
    let enrolment = enrolment_id(&school().key().unwrap(), &number());
    assert_eq!(claim, Claim::Student { task: school().id, enrolment, unique_number: number() });
    let typed = format!("{}\r\n", *GOOD);
    assert_eq!(read(typed.as_bytes(), &[school()], now()).unwrap(), claim);
}

#[test]
fn every_wrong_code_has_its_own_fault() {
    let mut other_school = school();
    other_school.school_code = "99002".to_owned();
    assert_eq!(fault(&code(&other_school, 1, "k1"), now()), CodeFault::OtherSchool);
    assert_eq!(fault(&code(&other_school, 2, "k2"), now()), CodeFault::OtherSchool);
    let mut other_task = school();
    other_task.id = TaskId::new("autumn-2026").unwrap();
    assert_eq!(fault(&code(&other_task, 1, "k1"), now()), CodeFault::OtherTask);
    assert_eq!(fault(&code(&school(), 2, "k1"), now()), CodeFault::Forged);
    assert_eq!(fault(&code(&school(), 1, "k2"), now()), CodeFault::UnknownKey);
    assert_eq!(fault(&GOOD, at("2026-03-20T00:00:00Z")), CodeFault::Expired);
    assert_eq!(fault(&GOOD, at("2026-02-28T15:59:59Z")).code(), "code.not_open");
    assert_eq!(fault(&GOOD, at("2026-03-31T16:00:00Z")).code(), "code.closed");
    assert_eq!(fault("wxp://f2f0x", now()), CodeFault::PaymentCode);
    assert_eq!(fault("https://my.chsi.com.cn", now()), CodeFault::WebLink);
    assert_eq!(fault(" \n", now()), CodeFault::Damaged);
    assert_eq!(read(&[b'a'; MAX_PAYLOAD_BYTES + 1], &[school()], now()), Err(CodeFault::Damaged));
    assert_eq!(read(b"CHSI-PAYLOAD", &[], now()), Err(CodeFault::UnknownToken));
}

#[test]
fn the_task_opens_at_midnight_of_the_school_s_own_day() {
    assert!(read(GOOD.as_bytes(), &[school()], at("2026-02-28T16:00:00Z")).is_ok());
    assert_eq!(school().day(at("2026-02-28T16:00:00Z")), date(2026, 3, 1));
}

#[test]
fn a_code_that_brings_its_own_algorithm_is_forged() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let body = GOOD.split('.').nth(1).unwrap();
    let hs256 = format!("{}.{body}.AAAA", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","kid":"k1"}"#));
    assert_eq!(fault(&hs256, now()), CodeFault::Forged);
    let none = format!("{}.{body}.AAAA", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"k1"}"#));
    assert_eq!(fault(&none, now()), CodeFault::Damaged);
    let unsigned = format!("{}.{body}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
    assert!(!is_believed(unsigned.as_bytes()));
}

#[test]
fn a_key_vouches_only_for_tasks_that_list_it() {
    let mut second = school();
    second.id = TaskId::new("autumn-2026").unwrap();
    second.decoders = vec![Decoder::Token];
    let text = code(&second, 1, "k1");
    assert_eq!(read(text.as_bytes(), &[school(), second], now()), Err(CodeFault::UnknownKey));
}

#[test]
fn an_unknown_payload_is_a_token_of_each_task_that_asks() {
    let Claim::Token(tokens) = read(b"\x01\x02 anything", &[school(), school()], now()).unwrap() else {
        panic!("not a token")
    };
    assert_eq!(tokens.len(), 2);
    assert_eq!(tokens[0].hash, school().key().unwrap().token(b"\x01\x02 anything"));
}

#[test]
fn any_bit_flipped_is_refused() {
    let good = GOOD.as_bytes();
    for bit in 0..good.len() * 8 {
        let mut bytes = good.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(!is_believed(&bytes), "bit {bit}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!is_believed(&bytes));
    }

    #[test]
    fn no_text_of_a_code_s_shape_panics(text in "eyJ[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,90}") {
        prop_assert!(!is_believed(text.as_bytes()));
    }

    #[test]
    fn several_bytes_changed_are_refused(changes in proptest::collection::vec((any::<proptest::sample::Index>(), 1_u8..), 1..5)) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, with) in changes {
            let at = at.index(bytes.len());
            bytes[at] ^= with;
        }
        if bytes != GOOD.as_bytes() {
            prop_assert!(!is_believed(&bytes));
        }
    }
}
