//! What must hold of payloads: good codes are read, every wrong one has its name, no bytes panic.

use super::*;
use crate::fold::scenario_tests::task;
use crate::signature::Signer;
use crate::{
    EnrolmentId, RosterEntry, Stars, TaskId, TokenHash, UniqueNumber, enrolment_id, mask_name, mask_number,
    matching,
};
use jiff::civil::date;
use proptest::prelude::*;
use sentences::codes;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::LazyLock;

/// A kiosk's records in memory: a roster, bound tokens, and commands with prepared replies.
#[derive(Clone, Default)]
struct Lookup {
    roster: Vec<RosterEntry>,
    tokens: Vec<(TaskId, TokenHash, EnrolmentId)>,
    has_submitted: Vec<EnrolmentId>,
    replies: BTreeMap<String, Result<Vec<u8>, Failure>>,
    /// Commands that were run.
    ran: Vec<String>,
}

impl RosterLookup for Lookup {
    type Error = Infallible;

    fn decode(&mut self, decoder: &str, _: &[u8]) -> Result<Vec<u8>, Failure> {
        self.ran.push(decoder.to_owned());
        self.replies.get(decoder).cloned().unwrap_or(Err(Failure::Failed))
    }

    fn student(&mut self, task: &TaskId, number: &UniqueNumber) -> Result<Option<RosterEntry>, Infallible> {
        Ok(self.roster.iter().find(|e| e.task == *task && e.unique_number == *number).cloned())
    }

    fn holders(&mut self, task: &TaskId, token: &TokenHash) -> Result<Vec<EnrolmentId>, Infallible> {
        let bound = self.tokens.iter().filter(|(t, hash, _)| t == task && hash == token);
        Ok(bound.map(|(_, _, holder)| *holder).collect())
    }

    fn enrolled(&mut self, enrolment: EnrolmentId) -> Result<Option<RosterEntry>, Infallible> {
        Ok(self.roster.iter().find(|e| e.enrolment == enrolment).cloned())
    }

    fn has_submitted(&mut self, enrolment: EnrolmentId) -> Result<bool, Infallible> {
        Ok(self.has_submitted.contains(&enrolment))
    }
}

fn signer(seed: u8) -> Signer {
    Signer::from_seed(&[seed; 32]).unwrap()
}

fn key(id: &str, seed: u8, until: Option<Timestamp>) -> Decoder {
    Decoder::Signed { key_id: id.to_owned(), public_key: signer(seed).public_key().to_string(), until }
}

fn school() -> Task {
    let mut task = task();
    task.decoders = vec![key("k1", 1, None), Decoder::Token];
    task
}

fn with(decoders: Vec<Decoder>) -> Task {
    Task { decoders, ..task() }
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

fn entry(task: &Task, name: &str, number: &UniqueNumber) -> RosterEntry {
    let (key, id_number) = (task.key().unwrap(), "99000020040101001X");
    RosterEntry {
        enrolment: enrolment_id(&key, number),
        task: task.id.clone(),
        unique_number: number.clone(),
        masked_name: mask_name(name),
        masked_number: mask_number(id_number),
        class: String::new(),
        programme: String::new(),
        matching: matching(&key, id_number, "2022001", "0101"),
        admission_photo: None,
    }
}

/// A lookup that knows 林知夏.
fn lookup() -> Lookup {
    Lookup { roster: vec![entry(&task(), "林知夏", &number())], ..Lookup::default() }
}

fn code(task: &Task, key: u8, key_id: &str) -> String {
    sign_code(&signer(key), key_id, task, &number(), at("2026-03-20T00:00:00Z")).unwrap()
}

fn ask(lookup: &mut Lookup, bytes: &[u8], tasks: &[Task], when: Timestamp) -> Result<EnrolmentId, CodeFault> {
    let Ok(answer) = resolve(bytes, tasks, when, lookup);
    answer.map(|found| {
        assert_eq!(found.task.id, found.entry.task);
        found.entry.enrolment
    })
}

fn read(bytes: &[u8], tasks: &[Task]) -> Result<EnrolmentId, CodeFault> {
    ask(&mut lookup(), bytes, tasks, now())
}

/// Whether these bytes are taken for a student's code.
fn is_believed(bytes: &[u8]) -> bool {
    read(bytes, &[school()]).is_ok()
}

fn fault(text: &str, when: Timestamp) -> CodeFault {
    ask(&mut lookup(), text.as_bytes(), &[school()], when).unwrap_err()
}

fn me() -> EnrolmentId {
    enrolment_id(&task().key().unwrap(), &number())
}

static GOOD: LazyLock<String> = LazyLock::new(|| code(&school(), 1, "k1"));

#[test]
fn a_good_code_names_its_student() {
    assert_eq!(read(GOOD.as_bytes(), &[school()]), Ok(me()));
    let typed = format!("{}\r\n", *GOOD);
    assert_eq!(read(typed.as_bytes(), &[school()]), Ok(me()));
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
    assert_eq!(fault(&GOOD, at("2026-02-28T15:59:59Z")).code(), codes::CODE_NOT_OPEN);
    assert_eq!(fault(&GOOD, at("2026-03-31T16:00:00Z")).code(), codes::CODE_CLOSED);
    assert_eq!(fault("wxp://f2f0x", now()), CodeFault::PaymentCode);
    assert_eq!(fault("https://my.chsi.com.cn", now()), CodeFault::WebLink);
    assert_eq!(fault(" \n", now()), CodeFault::Empty);
    assert_eq!(read(&[b'a'; MAX_PAYLOAD_BYTES + 1], &[school()]), Err(CodeFault::TooLong));
    assert_eq!(read(b"CHSI-PAYLOAD", &[]), Err(CodeFault::UnknownToken));
    assert_eq!(fault("eyJh.eyJz.AAA", now()), CodeFault::Damaged);
    let nobody = ask(&mut Lookup::default(), GOOD.as_bytes(), &[school()], now());
    assert_eq!(nobody, Err(CodeFault::not_on_roster(&school())));
}

#[test]
fn the_task_opens_at_midnight_of_the_school_s_own_day() {
    assert!(ask(&mut lookup(), GOOD.as_bytes(), &[school()], at("2026-02-28T16:00:00Z")).is_ok());
    assert_eq!(school().day(at("2026-02-28T16:00:00Z")), date(2026, 3, 1));
}

#[test]
fn after_the_last_day_those_who_submitted_may_still_look() {
    let late = at("2026-04-02T02:00:00Z");
    let long = sign_code(&signer(1), "k1", &school(), &number(), at("2026-12-31T00:00:00Z")).unwrap();
    assert_eq!(fault(&long, late).code(), codes::CODE_CLOSED);
    let mut lookup = Lookup { has_submitted: vec![me()], ..lookup() };
    assert_eq!(ask(&mut lookup, long.as_bytes(), &[school()], late), Ok(me()));
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
    assert_eq!(read(text.as_bytes(), &[school(), second]), Err(CodeFault::UnknownKey));
}

#[test]
fn while_one_key_follows_another_both_are_good_and_then_the_old_one_is_not() {
    let rotated = with(vec![key("k2", 2, None), key("k1", 1, Some(at("2026-03-15T00:00:00Z")))]);
    let (old, new) = (code(&rotated, 1, "k1"), code(&rotated, 2, "k2"));
    let tasks = [rotated];
    for text in [&old, &new] {
        assert_eq!(read(text.as_bytes(), &tasks), Ok(me()));
    }
    let later = at("2026-03-15T00:00:00Z");
    assert_eq!(ask(&mut lookup(), old.as_bytes(), &tasks, later), Err(CodeFault::Expired));
    assert_eq!(ask(&mut lookup(), new.as_bytes(), &tasks, later), Ok(me()));
}

#[test]
fn a_token_is_known_by_its_one_holder_and_nobody_is_guessed_between_two() {
    let hash = school().key().unwrap().token(Payload::new(b"\x01\x02 anything"));
    let mut lookup = lookup();
    assert_eq!(ask(&mut lookup, b"\x01\x02 anything", &[school()], now()), Err(CodeFault::UnknownToken));
    lookup.tokens.push((task().id, hash.clone(), me()));
    assert_eq!(ask(&mut lookup, b"\x01\x02 anything", &[school()], now()), Ok(me()));
    let bound = |payload: &[u8], lookup: &mut Lookup| {
        let Ok(answer) = resolve(payload, &[school()], now(), lookup);
        answer.unwrap().bound
    };
    assert!(bound(b"\x01\x02 anything", &mut lookup) && !bound(GOOD.as_bytes(), &mut lookup));
    lookup.tokens.push((task().id, hash, EnrolmentId::from_bytes([9; 16])));
    assert_eq!(ask(&mut lookup, b"\x01\x02 anything", &[school()], now()), Err(CodeFault::UsedByAnother));
}

fn columns() -> Masked {
    Masked {
        format: Format::Columns("|".to_owned()),
        unique_number: "2".to_owned(),
        name: Some("3".to_owned()),
        number: Some("4".to_owned()),
        school: Some("1".to_owned()),
        stars: Stars::Exact,
    }
}

#[test]
fn a_readable_code_is_read_in_every_format_and_held_against_the_roster() {
    let json = Masked {
        format: Format::Json,
        unique_number: "/d/wyh".to_owned(),
        name: Some("/d/xm".to_owned()),
        number: None,
        school: None,
        stars: Stars::Any,
    };
    let query = Masked {
        format: Format::Query,
        unique_number: "wyh".to_owned(),
        name: Some("xm".to_owned()),
        ..json.clone()
    };
    let tasks = [with(vec![Decoder::Masked(columns()), Decoder::Masked(json), Decoder::Masked(query)])];
    for good in [
        "99001|9900120260000017|林*夏|9900**********001x",
        "示范大学| 9900 1202 6000 0017 |林 知夏|９９０００＊＊＊＊＊＊＊＊＊００１Ｘ|more",
        r#"{"v":1,"d":{"wyh":"9900120260000017","xm":"林*"}}"#,
        r#"{"d":{"wyh":9900120260000017,"xm":"*夏"}}"#,
        "https://collector.example/c?wyh=9900120260000017&xm=%E6%9E%97%2A%2A",
    ] {
        assert_eq!(read(good.as_bytes(), &tasks), Ok(me()), "{good}");
    }
    let gbk = encoding_rs::GB18030.encode("99001|9900120260000017|林**|9900**********001X").0;
    assert_eq!(read(&gbk, &tasks), Ok(me()), "collectors write GB 18030 too");
    let wrong = |text: &str| read(text.as_bytes(), &tasks).unwrap_err().code();
    assert_eq!(wrong("99002|9900120260000017|林*夏|9900**********001X"), codes::CODE_OTHER_SCHOOL);
    assert_eq!(wrong("99001|9900120260000018|林*夏|9900**********001X"), codes::CODE_NOT_ON_ROSTER);
    assert_eq!(wrong("99001|9900120260000017|陈*夏|9900**********001X"), codes::CODE_CONFLICT);
    assert_eq!(wrong("99001|9900120260000017|林*夏|9900**********0013"), codes::CODE_CONFLICT);
    // What lacks a field is no such code, and the look of it decides.
    assert_eq!(wrong("99001|9900120260000017|林*夏|"), codes::CODE_UNKNOWN);
    assert_eq!(wrong("https://collector.example/c?wyh=9900120260000017"), codes::CODE_WEB_LINK);
    assert_eq!(
        wrong("https://c.example/?wyh=9900120260000017&wyh=9900120260000018&xm=a"),
        codes::CODE_WEB_LINK
    );
}

#[test]
fn a_field_that_cannot_be_is_told_when_the_task_is_made() {
    assert!(columns().mistakes().is_empty());
    let wrong = Masked { name: Some("0".to_owned()), format: Format::Columns(String::new()), ..columns() };
    assert_eq!(wrong.mistakes().len(), 2);
    let twice = [key("k1", 1, None), key("k1", 2, None), Decoder::Masked(wrong), Decoder::Token];
    assert_eq!(mistakes(&twice).len(), 3);
    assert!(mistakes(&everything().decoders).is_empty());
    let text = "kind = \"masked\"\nformat = \"query\"\nunique_number = \"wyh\"\nstars = \"any\"\n";
    assert!(matches!(toml::from_str::<Decoder>(text), Ok(Decoder::Masked(m)) if m.stars == Stars::Any));
    let odd = "kind = \"masked\"\nformat = { columns = \"|\" }\nunique_number = \"1\"\nnmae = \"2\"\n";
    assert!(toml::from_str::<Decoder>(odd).is_err(), "a misspelt field is told");
    let json = serde_json::to_string(&Decoder::Masked(columns())).unwrap();
    assert_eq!(serde_json::from_str::<Decoder>(&json).unwrap(), Decoder::Masked(columns()));
}

fn external(reply: Result<&str, Failure>) -> Result<EnrolmentId, CodeFault> {
    let tasks = [with(vec![Decoder::External { name: "chsi".to_owned() }, Decoder::Token])];
    let mut lookup = lookup();
    lookup.replies.insert("chsi".to_owned(), reply.map(|text| text.as_bytes().to_vec()));
    ask(&mut lookup, b"9A3F77C0D1E24B58", &tasks, now())
}

#[test]
fn a_collector_s_command_is_believed_as_far_as_the_roster_agrees() {
    assert_eq!(external(Ok(r#"{"unique_number":"9900120260000017","name":"林**","more":[1]}"#)), Ok(me()));
    for (reply, said) in [
        (Ok(r#"{"unique_number":"9900120260000017","name":"陈**"}"#), codes::CODE_CONFLICT),
        (Ok(r#"{"unique_number":"9900120260000099"}"#), codes::CODE_NOT_ON_ROSTER),
        (Ok(r#"{"unique_number":"9900120260000017","school":"99002"}"#), codes::CODE_OTHER_SCHOOL),
        (Ok(r#"{"error":"other_school"}"#), codes::CODE_OTHER_SCHOOL),
        (Ok(r#"{"error":"other_task"}"#), codes::CODE_OTHER_TASK),
        (Ok(r#"{"error":"expired"}"#), codes::CODE_EXPIRED),
        (Ok(r#"{"error":"forged"}"#), codes::CODE_FORGED),
        (Ok(r#"{"error":"unknown_key"}"#), codes::CODE_UNKNOWN_KEY),
        (Ok(r#"{"error":"damaged"}"#), codes::CODE_DAMAGED),
        (Ok(r#"{"error":"not_mine"}"#), codes::CODE_UNKNOWN),
        (Ok(r#"{"error":"expired","unique_number":"9900120260000017"}"#), codes::CODE_DECODER_FAILED),
        (Ok(r#"{"error":"sorry"}"#), codes::CODE_DECODER_FAILED),
        (Ok(r#"{"unique_number":"'; DROP"}"#), codes::CODE_DECODER_FAILED),
        (Ok("{}"), codes::CODE_DECODER_FAILED),
        (Ok("garbage"), codes::CODE_DECODER_FAILED),
        (Ok(""), codes::CODE_DECODER_FAILED),
        (Err(Failure::Failed), codes::CODE_DECODER_FAILED),
        (Err(Failure::TimedOut), codes::CODE_DECODER_TIMED_OUT),
    ] {
        let fault = external(reply).unwrap_err();
        assert_eq!(fault.code(), said, "{reply:?}");
        assert_eq!(
            fault.offers_typing(),
            said.as_str().starts_with("code.decoder") || said == codes::CODE_UNKNOWN
        );
    }
}

#[test]
fn decoders_take_turns_in_the_task_s_order_and_the_first_that_knows_the_code_decides() {
    let outside = || Decoder::External { name: "chsi".to_owned() };
    let tasks = [with(vec![key("k1", 1, None), outside(), Decoder::Token])];
    let mut lookup = lookup();
    assert_eq!(ask(&mut lookup, GOOD.as_bytes(), &tasks, now()), Ok(me()));
    assert!(lookup.ran.is_empty(), "our own code needs no command");
    for own in ["wxp://f2f0x", ""] {
        assert!(ask(&mut lookup, own.as_bytes(), &tasks, now()).is_err());
    }
    assert!(lookup.ran.is_empty(), "a payment code is nobody's business");
    // A command that fails passes the code on, and a token that is known is known.
    let hash = task().key().unwrap().token(Payload::new(b"opaque"));
    lookup.tokens.push((task().id, hash, me()));
    assert_eq!(ask(&mut lookup, b"opaque", &tasks, now()), Ok(me()));
    assert_eq!(lookup.ran, ["chsi"]);
    // Two tasks that list the same command ask it once.
    let second = Task { id: TaskId::new("autumn-2026").unwrap(), ..tasks[0].clone() };
    assert!(ask(&mut lookup, b"stranger", &[tasks[0].clone(), second], now()).is_err());
    assert_eq!(lookup.ran, ["chsi", "chsi"]);
}

#[test]
fn of_two_tasks_that_know_the_student_the_one_that_collects_today_is_meant() {
    let open = with(vec![Decoder::Masked(Masked { school: None, ..columns() })]);
    let over = Task {
        id: TaskId::new("a-2025").unwrap(),
        opens: date(2025, 3, 1),
        closes: date(2025, 3, 31),
        ..open.clone()
    };
    let mut lookup = lookup();
    lookup.roster.insert(0, entry(&over, "林知夏", &number()));
    let text = "x|9900120260000017|林*夏|9900**********001X";
    for tasks in [[over.clone(), open.clone()], [open.clone(), over.clone()]] {
        let Ok(answer) = resolve(text.as_bytes(), &tasks, now(), &mut lookup);
        assert_eq!(answer.unwrap().task.id, open.id);
    }
    let Ok(answer) = resolve(text.as_bytes(), &[over], now(), &mut lookup);
    assert_eq!(answer.unwrap_err().code(), codes::CODE_CLOSED);
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

/// A task that tries everything on every payload.
fn everything() -> Task {
    let masked = |format| Decoder::Masked(Masked { format, ..columns() });
    let outside = Decoder::External { name: "chsi".to_owned() };
    let formats = [Format::Columns("|".to_owned()), Format::Json, Format::Query].map(masked);
    with([vec![key("k1", 1, None)], formats.to_vec(), vec![outside, Decoder::Token]].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!is_believed(&bytes));
        prop_assert!(read(&bytes, &[everything()]).is_err());
    }

    #[test]
    fn no_text_of_a_code_s_shape_panics(text in "eyJ[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,90}") {
        prop_assert!(!is_believed(text.as_bytes()));
    }

    #[test]
    fn no_text_of_a_readable_code_s_shape_panics(text in "[{\\[\"|]?(\\PC|[\"|=&%:,*0-9]){0,80}[}\\]]?") {
        prop_assert!(read(text.as_bytes(), &[everything()]).is_err());
    }

    #[test]
    fn no_reply_panics_and_only_the_number_itself_finds_somebody(
        reply in proptest::collection::vec(any::<u8>(), 0..200),
        fields in "(\"(error|unique_number|name|stars|x)\":(\"[a-z0-9_*]{0,12}\"|[0-9]{1,5}|null|\\{\\}|\\[\\]),?){0,4}",
    ) {
        for reply in [reply, format!("{{{}}}", fields.trim_end_matches(',')).into_bytes()] {
            let tasks = [everything()];
            let mut lookup = lookup();
            lookup.replies.insert("chsi".to_owned(), Ok(reply));
            prop_assert!(ask(&mut lookup, b"payload", &tasks, now()).is_err());
        }
    }

    /// A binding made through one scanner holds for every other: white space at the ends changes neither the hash nor the holder.
    #[test]
    fn a_bound_token_is_found_whatever_white_space_a_scanner_adds(
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
        opaque in "[0-9A-F]{8,40}",
        ends in proptest::collection::vec("[ \t\r\n]{0,3}", 4),
    ) {
        let key = school().key().unwrap();
        let framed = |inner: &[u8], at: usize| [ends[at].as_bytes(), inner, ends[at + 1].as_bytes()].concat();
        let hash = |inner: &[u8], at: usize| key.token(Payload::new(&framed(inner, at)));
        prop_assert_eq!(hash(&bytes, 0), hash(&bytes, 2));
        let mut lookup = lookup();
        lookup.tokens.push((task().id, hash(opaque.as_bytes(), 0), me()));
        prop_assert_eq!(ask(&mut lookup, &framed(opaque.as_bytes(), 2), &[school()], now()), Ok(me()));
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
