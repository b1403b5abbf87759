use super::*;
use proptest::prelude::*;

fn texts(letters: &str, purpose: Purpose, first: bool) -> Vec<String> {
    candidates(letters, purpose, first).into_iter().map(|c| c.text).collect()
}

/// Types into a field as the screen does, and holds the field.
struct Typist {
    composer: Composer,
    field: String,
    purpose: Purpose,
    most: usize,
}

impl Typist {
    fn new(purpose: Purpose) -> Typist {
        let mut composer = Composer::default();
        composer.attend(Field::of(1, purpose, ""));
        Typist { composer, field: String::new(), purpose, most: 40 }
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
fn letters_that_are_no_syllable_are_reported() {
    let mut typist = Typist::new(Purpose::Text);
    typist.keys("v");
    assert!(typist.composer.is_no_sound());
    typist.press(Key::Space);
    typist.press(Key::Backspace);
    assert!(!typist.composer.is_no_sound());
    assert_eq!(typist.field, "");
}

#[test]
fn names_are_written_in_parts_with_the_dot_between() {
    let mut typist = Typist::new(Purpose::Name);
    typist.keys("ayinuer");
    typist.choose("阿");
    typist.choose("依");
    typist.choose("努");
    typist.choose("尔");
    assert_eq!((typist.field.as_str(), typist.composer.letters()), ("阿依努尔", ""));
    typist.press(Key::Space);
    typist.press(Key::Space);
    typist.keys("maimaitijiang");
    for part in ["买", "买", "提", "江"] {
        typist.choose(part);
    }
    assert_eq!(typist.field, "阿依努尔·买买提江");
    assert!(typist.press(Key::Done));
}

#[test]
fn going_on_takes_first_what_is_being_composed() {
    let mut typist = Typist::new(Purpose::Name);
    typist.keys("lin");
    assert!(!typist.press(Key::Done));
    assert_eq!(typist.field, "林");
    assert!(typist.press(Key::Done));
}

#[test]
fn a_search_understands_its_letters_and_replaces_them_by_what_is_chosen() {
    let mut typist = Typist::new(Purpose::Search);
    typist.keys("daxue");
    assert_eq!(typist.field, "daxue");
    typist.choose("大学");
    assert_eq!((typist.field.as_str(), typist.composer.letters()), ("大学", ""));
    typist.keys("sheng");
    typist.press(Key::Backspace);
    assert_eq!(typist.field, "大学shen");
    typist.press(Key::Clear);
    assert_eq!((typist.field.as_str(), typist.composer.letters()), ("", ""));
}

#[test]
fn a_full_field_keeps_what_stands_in_it() {
    let mut typist = Typist::new(Purpose::Search);
    typist.most = 4;
    typist.keys("daxuesheng");
    assert_eq!(typist.field, "daxu");
    typist.press(Key::Space);
    assert!(typist.field.chars().count() <= 4);
}

#[test]
fn a_passport_is_written_in_capitals_and_signs_have_their_plane() {
    let mut typist = Typist::new(Purpose::Latin);
    typist.keys("e");
    typist.keys("1");
    assert_eq!(typist.field, "E1");
    let mut typist = Typist::new(Purpose::Text);
    typist.press(Key::Digits);
    assert_eq!(typist.composer.plane(), Plane::Digits);
    typist.keys("12-号");
    typist.press(Key::Digits);
    assert_eq!((typist.field.as_str(), typist.composer.plane()), ("12-号", Plane::Pinyin));
    typist.press(Key::Language);
    typist.keys("ab");
    assert_eq!(typist.field, "12-号ab");
}

#[test]
fn another_field_overwrites_what_was_composed() {
    let mut typist = Typist::new(Purpose::Name);
    typist.keys("linzhixia");
    assert!(!typist.composer.shown().0.is_empty());
    typist.composer.attend(Field::of(2, Purpose::Name, ""));
    assert_eq!(typist.composer.letters(), "");
    assert!(typist.composer.shown().0.is_empty());
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
fn every_city_lies_in_its_province() {
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
    fn any_letters_give_well_formed_candidates(letters in "[a-z']{0,60}", first: bool) {
        for candidate in candidates(&letters, Purpose::Name, first) {
            prop_assert!(candidate.letters > 0 && candidate.letters <= letters.len());
            prop_assert!(!candidate.text.is_empty());
        }
    }

    #[test]
    fn any_keys_keep_the_field_within_its_limits(
        keys in proptest::collection::vec((0_u8..12, "[a-z]", 0_usize..30), 0..60), search: bool,
    ) {
        let mut typist = Typist::new(if search { Purpose::Search } else { Purpose::Name });
        for (kind, letter, n) in keys {
            let letter = letter.chars().next().unwrap_or('a');
            typist.press(match kind {
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
            prop_assert!(typist.field.chars().count() <= 40);
            prop_assert!(typist.composer.letters().len() <= 48);
        }
    }

    #[test]
    fn what_is_marked_lies_within_the_name(name in "[青屿大学院a-z啊一]{0,70}", query in "[a-z青大啊']{0,70}") {
        if let Some(at) = marked(&name, &query) {
            prop_assert!(at.start < at.end && at.end <= name.chars().count());
        }
    }
}
