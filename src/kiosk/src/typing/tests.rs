use super::*;
use proptest::prelude::*;

fn texts(letters: &str, purpose: Purpose, first: bool) -> Vec<String> {
    candidates(letters, purpose, first).into_iter().map(|c| c.text).collect()
}

/// Types into a field as the screen does, and keeps the field.
struct Desk {
    composer: Composer,
    field: String,
    purpose: Purpose,
    most: usize,
}

impl Desk {
    fn new(purpose: Purpose) -> Desk {
        let mut composer = Composer::default();
        composer.attend(Field::of(1, purpose, ""));
        Desk { composer, field: String::new(), purpose, most: 40 }
    }
    fn press(&mut self, key: Key) -> bool {
        let mut done = false;
        for edit in self.composer.press(key) {
            match edit {
                Edit::Write(c) if self.field.chars().count() < self.most => self.field.push(c),
                Edit::Write(_) => {}
                Edit::Rub => {
                    self.field.pop();
                }
                Edit::Clear => self.field.clear(),
                Edit::Done => done = true,
            }
        }
        self.composer.attend(Field::of(1, self.purpose, &self.field));
        done
    }
    fn keys(&mut self, names: &str) {
        for c in names.chars() {
            self.press(Key::named(&c.to_string()).expect("such a key"));
        }
    }
    fn choose(&mut self, text: &str) {
        while !self.composer.shown().0.iter().any(|c| c.text == text) {
            let before = self.composer.shown().1;
            self.press(Key::Page(true));
            assert_ne!(self.composer.shown().1, before, "{text} is on no sheet");
        }
        let place = self.composer.shown().0.iter().position(|c| c.text == text);
        self.press(Key::Choose(place.expect("it is on this sheet")));
    }
}

#[test]
fn a_name_begins_with_surnames_and_goes_on_with_given_names() {
    assert_eq!(texts("wang", Purpose::Name, true)[..2], ["王", "汪"]);
    assert_eq!(texts("zhang", Purpose::Name, true)[..2], ["张", "章"]);
    assert_eq!(texts("shan", Purpose::Name, true)[0], "单", "a surname by its own reading");
    assert_eq!(texts("ouyang", Purpose::Name, true)[0], "欧阳");
    assert_eq!(texts("zhangwei", Purpose::Name, true)[0], "张伟");
    assert_eq!(texts("ouyangna", Purpose::Name, true)[0], "欧阳娜");
    assert!(texts("yi", Purpose::Name, false)[..12].contains(&"怡".to_owned()));
}

#[test]
fn words_come_before_guesses_and_guesses_before_characters() {
    assert_eq!(texts("daxue", Purpose::Text, true)[0], "大学");
    assert_eq!(texts("shengwu", Purpose::Text, false)[0], "生物");
    assert_eq!(texts("zg", Purpose::Text, true)[0], "中国", "by its initials");
    assert_eq!(texts("daxu", Purpose::Text, true).iter().filter(|t| *t == "大学").count(), 1, "unfinished");
    let xian = texts("xian", Purpose::Text, true);
    assert!(xian.contains(&"西安".to_owned()) && xian.contains(&"先".to_owned()), "one syllable or two");
    assert!(texts("xi'an", Purpose::Text, true)[0] == "西安", "the divider divides");
}

#[test]
fn letters_that_are_no_sound_say_so() {
    let mut desk = Desk::new(Purpose::Text);
    desk.keys("v");
    assert!(desk.composer.is_no_sound());
    desk.press(Key::Space);
    desk.press(Key::Backspace);
    assert!(!desk.composer.is_no_sound());
    assert_eq!(desk.field, "");
}

#[test]
fn names_are_written_in_parts_with_the_dot_between() {
    let mut desk = Desk::new(Purpose::Name);
    desk.keys("ayinuer");
    desk.choose("阿");
    desk.choose("依");
    desk.choose("努");
    desk.choose("尔");
    assert_eq!((desk.field.as_str(), desk.composer.letters()), ("阿依努尔", ""));
    desk.press(Key::Space);
    desk.press(Key::Space);
    desk.keys("maimaitijiang");
    for part in ["买", "买", "提", "江"] {
        desk.choose(part);
    }
    assert_eq!(desk.field, "阿依努尔·买买提江");
    assert!(desk.press(Key::Done));
}

#[test]
fn going_on_takes_first_what_is_being_composed() {
    let mut desk = Desk::new(Purpose::Name);
    desk.keys("lin");
    assert!(!desk.press(Key::Done));
    assert_eq!(desk.field, "林");
    assert!(desk.press(Key::Done));
}

#[test]
fn a_search_understands_its_letters_and_replaces_them_by_what_is_chosen() {
    let mut desk = Desk::new(Purpose::Search);
    desk.keys("daxue");
    assert_eq!(desk.field, "daxue");
    desk.choose("大学");
    assert_eq!((desk.field.as_str(), desk.composer.letters()), ("大学", ""));
    desk.keys("sheng");
    desk.press(Key::Backspace);
    assert_eq!(desk.field, "大学shen");
    desk.press(Key::Clear);
    assert_eq!((desk.field.as_str(), desk.composer.letters()), ("", ""));
}

#[test]
fn a_full_field_keeps_what_stands_in_it() {
    let mut desk = Desk::new(Purpose::Search);
    desk.most = 4;
    desk.keys("daxuesheng");
    assert_eq!(desk.field, "daxu");
    desk.press(Key::Space);
    assert!(desk.field.chars().count() <= 4);
}

#[test]
fn a_passport_is_written_in_capitals_and_signs_have_their_plane() {
    let mut desk = Desk::new(Purpose::Latin);
    desk.keys("e");
    desk.keys("1");
    assert_eq!(desk.field, "E1");
    let mut desk = Desk::new(Purpose::Text);
    desk.press(Key::Digits);
    assert_eq!(desk.composer.plane(), Plane::Digits);
    desk.keys("12-号");
    desk.press(Key::Digits);
    assert_eq!((desk.field.as_str(), desk.composer.plane()), ("12-号", Plane::Pinyin));
    desk.press(Key::Language);
    desk.keys("ab");
    assert_eq!(desk.field, "12-号ab");
}

#[test]
fn another_field_overwrites_what_was_composed() {
    let mut desk = Desk::new(Purpose::Name);
    desk.keys("linzhixia");
    assert!(!desk.composer.shown().0.is_empty());
    desk.composer.attend(Field::of(2, Purpose::Name, ""));
    assert_eq!(desk.composer.letters(), "");
    assert!(desk.composer.shown().0.is_empty());
}

#[test]
fn every_character_of_gb_2312_can_be_written() {
    let missing: Vec<char> = (0xB0_u8..0xF8)
        .flat_map(|row| (0xA1_u8..0xFF).map(move |cell| [row, cell]))
        .filter_map(|bytes| {
            let (text, _, wrong) = encoding_rs::GB18030.decode(&bytes);
            text.chars().next().filter(|c| !wrong && ('\u{4e00}'..='\u{9fff}').contains(c))
        })
        .filter(|c| {
            let sounds = lexicon::lexicon().readings(*c);
            !sounds.iter().any(|s| candidates(s, Purpose::Name, true).iter().any(|k| k.text == c.to_string()))
        })
        .take(20)
        .collect();
    assert_eq!(missing, Vec::<char>::new());
}

#[test]
fn a_school_is_marked_by_characters_by_pinyin_and_by_initials() {
    let at = |query: &str| marked("青屿大学", query);
    assert_eq!(at("青屿"), Some(0..2));
    assert_eq!(at("qingyu"), Some(0..2));
    assert_eq!(at("qydx"), Some(0..4));
    assert_eq!(at("qyda"), Some(0..3));
    assert_eq!(at("大xue"), Some(2..4));
    assert_eq!(marked("云州庆余职业技术学院", "qing'yu"), Some(2..4));
    assert_eq!(marked("长春大学", "changchun"), Some(0..2), "a character with two readings");
    assert_eq!(at("shifan"), None);
    assert_eq!(at(""), None);
}

#[test]
fn regions_hang_together() {
    let provinces = regions::within(None);
    assert_eq!(provinces.len(), 34);
    let cities = regions::within(Some(420_000));
    assert!(cities.iter().any(|r| r.name == "武汉市") && !cities.iter().any(|r| r.name == "江岸区"));
    assert!(regions::within(Some(420_100)).iter().any(|r| r.name == "江岸区"));
    assert!(regions::within(Some(420_102)).is_empty());
    for province in &provinces {
        for city in regions::within(Some(province.code)) {
            assert!(city.code / 10_000 == province.code / 10_000, "{} in {}", city.name, province.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_letters_make_it_stumble(letters in "[a-z']{0,60}", first: bool) {
        for candidate in candidates(&letters, Purpose::Name, first) {
            prop_assert!(candidate.letters > 0 && candidate.letters <= letters.len());
            prop_assert!(!candidate.text.is_empty());
        }
    }

    #[test]
    fn no_keys_make_it_stumble(
        keys in proptest::collection::vec((0_u8..12, "[a-z]", 0_usize..30), 0..60), search: bool,
    ) {
        let mut desk = Desk::new(if search { Purpose::Search } else { Purpose::Name });
        for (kind, letter, n) in keys {
            let letter = letter.chars().next().unwrap_or('a');
            desk.press(match kind {
                0 => Key::Backspace,
                1 => Key::Space,
                2 => Key::Choose(n),
                3 => Key::Page(n % 2 == 0),
                4 => Key::Divide,
                5 if n == 0 => Key::Language,
                6 if n == 0 => Key::Digits,
                7 if n == 0 => Key::Sheet,
                _ => Key::Letter(letter),
            });
            prop_assert!(desk.field.chars().count() <= 40);
            prop_assert!(desk.composer.letters().len() <= 48);
        }
    }

    #[test]
    fn what_is_marked_lies_within_the_name(name in "[青屿大学院a-z啊一]{0,70}", query in "[a-z青大啊']{0,70}") {
        if let Some(at) = marked(&name, &query) {
            prop_assert!(at.start < at.end && at.end <= name.chars().count());
        }
    }
}
