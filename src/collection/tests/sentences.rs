//! Every code that the rules can emit has a sentence, a screen's code has both lines, and no sentence is left with a hole.

use collection::payload::CodeFault;
use collection::{
    CaseKind, DeliveryState, More, NameFault, Participation, PaymentState, PhotoState,
    REPLACEMENT_UNCONFIRMED,
};
use jiff::civil::date;
use sentences::{Code, Lang, say, say_with};

fn faults() -> Vec<CodeFault> {
    let day = date(2026, 3, 1);
    let phone = || "8000".to_owned();
    vec![
        CodeFault::OtherSchool,
        CodeFault::OtherTask,
        CodeFault::NotOpen { opens: day, phone: phone() },
        CodeFault::Closed { closes: day, phone: phone() },
        CodeFault::Expired,
        CodeFault::Forged,
        CodeFault::UnknownKey,
        CodeFault::UsedByAnother,
        CodeFault::WebLink,
        CodeFault::PaymentCode,
        CodeFault::UnknownToken,
        CodeFault::NotOnRoster { phone: phone() },
        CodeFault::Conflict { phone: phone() },
        CodeFault::DecoderTimedOut,
        CodeFault::DecoderFailed,
        CodeFault::Empty,
        CodeFault::TooLong,
        CodeFault::Damaged,
    ]
}

#[test]
fn every_wrong_code_has_both_lines_without_a_hole() {
    for fault in faults() {
        let code = fault.code();
        for line in [code, code.remedy().unwrap_or_else(|| panic!("{code} has no remedy"))] {
            for lang in Lang::ALL {
                let said = say_with(line, lang, &fault.args());
                assert!(!said.contains('–') && !said.contains('{'), "{line}: {said}");
            }
        }
    }
}

#[test]
fn every_wrong_code_has_its_own_sentence() {
    for lang in Lang::ALL {
        let mut said: Vec<String> = faults().iter().map(|f| say(f.code(), lang, &[])).collect();
        said.sort();
        let all = said.len();
        said.dedup();
        assert_eq!(said.len(), all);
    }
}

#[test]
fn every_state_and_case_has_a_remedy() {
    let codes = (PhotoState::ALL.map(PhotoState::code).into_iter())
        .chain(PaymentState::ALL.map(PaymentState::code))
        .chain(DeliveryState::ALL.map(DeliveryState::code))
        .chain(CaseKind::ALL.map(CaseKind::code))
        .chain(Participation::LEAVING.into_iter().filter_map(Participation::code))
        .chain([REPLACEMENT_UNCONFIRMED]);
    for code in codes {
        assert!(code.remedy().is_some(), "{code}");
    }
}

#[test]
fn every_refusal_has_a_remedy() {
    let rights: Vec<Code> = Code::all().filter(|c| c.as_str().starts_with("rights.")).collect();
    assert!(rights.len() >= 82, "{rights:?}");
    for code in rights {
        assert!(code.remedy().is_some() || code.as_str().ends_with(".remedy"), "{code}");
    }
}

#[test]
fn every_question_for_more_has_both_lines() {
    for more in [More::WholeNumber, More::StudentNumber, More::Teacher] {
        assert!(more.code().remedy().is_some(), "{more:?}");
    }
}

#[test]
fn every_mistake_in_a_task_is_said_without_a_hole() {
    let naming = [
        NameFault::Length,
        NameFault::Brace,
        NameFault::Unknown("x".to_owned()),
        NameFault::Forbidden('/'),
        NameFault::Collides,
        NameFault::Missing("class"),
    ];
    for fault in &naming {
        let said = say_with(fault.code(), Lang::Zh, &fault.args());
        assert!(!said.contains('–'), "{said}");
    }
}
