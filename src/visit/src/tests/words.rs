//! The words that the table's scenarios are written in: each is one thing that happens.

use super::world::{Scenario, known, shot};
use crate::*;
use collection::{ComparisonBand, DeliveryState, PhotoState, StaffId};
use sentences::{Code, codes};
use standard::Verdict;

fn compared(band: ComparisonBand) -> Reply {
    Reply::Compared(Compared { band, score_tenths: Some(500), same_photo: false })
}

fn portrait() -> Made {
    Made { portrait: FrameId(90), bytes: 33_000, checks: Vec::new() }
}

fn card() -> TaskCard {
    TaskCard {
        task: "2027 届本科".into(),
        school: "青屿大学".into(),
        state: PhotoState::Rejected,
        reason: None,
        tries_left: 2,
        again: None,
        bound: true,
        delivery: None,
        address: false,
        fresh: true,
    }
}

fn code(text: &str) -> Code {
    Code::find(text).unwrap_or_else(|| panic!("no sentence has the code {text}"))
}

impl Scenario {
    /// What happens by this word.
    pub(super) fn happens(&mut self, word: &str) {
        let (what, value) = word.split_once(':').unwrap_or((word, ""));
        if let Some(touch) = touched(what) {
            return self.touch(touch);
        }
        if self.typed_flow(what, value) {
            return;
        }
        match what {
            "code" => self.put(Input::Code(b"code".to_vec().into())),
            "known" => self.answer(Reply::Code(CodeOutcome::Matched(Box::new(known(value))))),
            "unknown" => {
                self.answer(Reply::Code(CodeOutcome::Unknown(Sentence::plain(codes::CODE_UNKNOWN))));
                self.schools(if value.is_empty() { "one" } else { value });
            }
            "refused" => {
                self.answer(Reply::Code(CodeOutcome::Refused(Sentence::plain(code(value)))));
            }
            "type" => {
                for c in value.chars() {
                    let digit = c.to_digit(10).and_then(|d| u8::try_from(d).ok());
                    self.touch(Touch::Key(digit.map_or(Keystroke::X, Keystroke::Digit)));
                }
            }
            "one" => self.answer(Reply::Found(FoundOutcome::One(Box::new(known(value))))),
            "more" => {
                self.answer(Reply::Found(FoundOutcome::More(Sentence::plain(codes::CODE_AMBIGUOUS))));
            }
            "nobody" => {
                self.answer(Reply::Found(FoundOutcome::Nobody(Sentence::plain(codes::ENTRY_NOBODY))));
            }
            "right" => self.answer(Reply::Birth(Ok(()))),
            "wrong" => self.answer(Reply::Birth(Err(value.parse().expect("tries left")))),
            "bound" => self.answer(Reply::Bound(BindOutcome::Bound)),
            "second" => self.answer(Reply::Bound(BindOutcome::SecondClaimant)),
            "draft-here" => {
                let compared = Compared { band: ComparisonBand::Pass, score_tenths: None, same_photo: false };
                let draft = Draft { made: portrait(), original: FrameId(91), compared };
                self.answer(Reply::Draft(Some(draft)));
            }
            "draft-elsewhere" => self.answer(Reply::Draft(None)),
            "frames" => self.answer(Reply::Burst(vec![shot(1, Verdict::Pass), shot(2, Verdict::Warn)])),
            "blocked" => self.answer(Reply::Burst(vec![shot(1, Verdict::Block)])),
            "alike" => self.answer(compared(ComparisonBand::Pass)),
            "unlike" => self.answer(compared(ComparisonBand::Below)),
            "made" => self.answer(Reply::Make(MakeOutcome::Made(portrait()))),
            "stored" => {
                let receipt = Receipt { number: "K7-1".into(), page: String::new(), uploaded: false };
                self.answer(Reply::Stored(StoreOutcome::Stored(receipt)));
            }
            "not-stored" => {
                self.answer(Reply::Stored(StoreOutcome::Failed(Sentence::plain(codes::STORE_FULL))));
            }
            "staff" => {
                let staff = StaffId::new("zhou").expect("a slug");
                self.answer(Reply::Pin(PinOutcome::Known { staff, name: "周老师".into() }));
            }
            "nobodys-pin" => self.answer(Reply::Pin(PinOutcome::Wrong)),
            "kept" => self.answer(Reply::Kept(KeptOutcome::Kept)),
            "not-kept" => self.answer(Reply::Kept(KeptOutcome::Failed)),
            "cards" => self.answer(Reply::Tasks(vec![card()])),
            "cards-with-prints" => {
                let delivery = Some(DeliveryState::None);
                self.answer(Reply::Tasks(vec![TaskCard { delivery, address: true, ..card() }]));
            }
            "unbound" => self.answer(Reply::Unbound(true)),
            "paid" => self.answer(Reply::Paid(PayOutcome::Paid)),
            "not-connected" => self.answer(Reply::Paid(PayOutcome::NotConnected)),
            "pays-not" => {
                self.answer(Reply::Paid(PayOutcome::Refused(Sentence::plain(codes::PAYMENT_VOUCHER_USED))));
            }
            "camera-gone" => self.put(Input::Camera(CameraNews::Lost { code: codes::CAMERA_UNPLUGGED })),
            "camera-back" => self.put(Input::Camera(CameraNews::Live)),
            "paused" => self.put(Input::Pause(Some(Sentence::plain(codes::PAUSE_LUNCH)))),
            "resumed" => self.put(Input::Pause(None)),
            "assisted" => self.put(Input::Assisted(super::world::subject().entry.enrolment)),
            "seconds" => self.pass(value.parse::<u64>().expect("seconds") * 1_000),
            "minutes" => {
                for _ in 0..value.parse::<u32>().expect("minutes") * 4 {
                    self.pass(15_000);
                }
            }
            other => panic!("{other} is no word of these scenarios"),
        }
    }
}

fn touched(word: &str) -> Option<Touch> {
    Some(match word {
        "help" => Touch::Help,
        "my-tasks" => Touch::MyTasks,
        "not-on-roster" => Touch::NotOnRoster,
        "give-address" => Touch::GiveAddress,
        "go-on" => Touch::GoOn,
        "me" => Touch::Primary,
        "not-me" => Touch::NotMe,
        "agree" => Touch::Consent(Consent::Service),
        "agree-to-compare" => Touch::Consent(Consent::Comparison),
        "start" => Touch::Start,
        "disagree" => Touch::RefuseConsent,
        "shoot" => Touch::Shutter,
        "use" => Touch::Use,
        "make" => Touch::Make,
        "submit" => Touch::Submit,
        "retake" => Touch::Retake,
        "ask-teacher" => Touch::AskTeacher,
        "reason" => Touch::Reason(0),
        "confirm" => Touch::Accept,
        "other-way" => Touch::OtherWay,
        "unbind" => Touch::Unbind,
        "back" => Touch::Back,
        "exit" => Touch::Exit,
        "stay" => Touch::StillHere,
        "on" => Touch::Primary,
        "done" => Touch::Done,
        _ => return None,
    })
}
