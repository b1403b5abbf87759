//! School and task search, and the notice of the one that was touched.

use super::OnTouch;
use super::keyboard::Writing;
use super::scene::{Face, Scene, Shown};
use crate::typing::{Purpose, marked};
use collection::Category;
use jiff::civil::Date;
use sentences::codes;
use sentences::{Code, Lang};
use slint::{ComponentHandle as _, ModelRc, SharedString, VecModel};
use ui::{AppWindow, Reset as _, SchoolRow, SchoolView, Screen};
use visit::{Keystroke, SchoolStage, TaskRow, Touch};

/// The field among those of a visit.
const PLACE: u64 = 1;

pub(super) fn wire(window: &AppWindow, touch: &OnTouch) {
    let view = window.global::<SchoolView<'_>>();
    let t = touch.clone();
    view.on_choose_tab(move |n| t(Touch::Category(usize::try_from(n).unwrap_or_default())));
    let t = touch.clone();
    view.on_choose_row(move |n| t(Touch::Row(usize::try_from(n).unwrap_or_default())));
    let t = touch.clone();
    view.on_clear(move || t(Touch::Key(Keystroke::Clear)));
    let t = touch.clone();
    view.on_mine(move || t(Touch::Accept));
    let t = touch.clone();
    view.on_other(move || t(Touch::Back));
}

/// A day as people say it, without its year: 6 月 30 日, 30 June.
fn day(date: Date, lang: Lang) -> String {
    let form = if lang == Lang::En { "%-d %B" } else { "%-m 月 %-d 日" };
    date.strftime(form).to_string()
}

/// Sentence code of a kind of study.
pub(super) fn category(category: Category) -> Code {
    match category {
        Category::Undergraduate => codes::WORD_UNDERGRADUATE,
        Category::Postgraduate => codes::WORD_POSTGRADUATE,
        Category::AdultEducation => codes::WORD_ADULT_EDUCATION,
    }
}

fn row(scene: &Scene<'_>, found: &TaskRow, typed: &str) -> SchoolRow {
    let at = marked(&found.school, typed).unwrap_or_default();
    let part = |from: usize, to: usize| -> SharedString {
        found.school.chars().skip(from).take(to - from).collect::<String>().into()
    };
    let detail = scene.say_with(
        codes::SCHOOL_CLOSES,
        &[("task", found.name.clone()), ("day", day(found.closes, scene.lang()))],
    );
    let end = found.school.chars().count();
    SchoolRow { before: part(0, at.start), hit: part(at.start, at.end), after: part(at.end, end), detail }
}

impl Shown for SchoolStage {
    fn face(&self) -> Face {
        if self.is_loading() { super::loading::FACE } else { Face::of("school", Screen::School) }
    }

    fn show(&self, scene: &Scene<'_>) {
        if self.is_loading() {
            return;
        }
        let view = scene.window.global::<SchoolView<'_>>();
        // The reason has been read once something is typed, and the results need its place.
        let why = self.problem.as_ref().filter(|_| self.typed.is_empty());
        view.set_lead(why.map(|why| scene.say_with(why.code, &why.args)).unwrap_or_default());
        view.set_typed(self.typed.as_str().into());
        view.set_tab(i32::try_from(self.category).unwrap_or_default());
        let rows: Vec<SchoolRow> = self.found.iter().map(|found| row(scene, found, &self.typed)).collect();
        view.set_none(rows.is_empty());
        view.set_rows(ModelRc::new(VecModel::from(rows)));
        view.set_chosen(self.chosen.is_some());
        if let Some(chosen) = &self.chosen {
            show_notice(scene, &view, chosen);
            scene.keyboard.rest(scene.window);
        } else {
            show_keyboard(scene, self);
        }
    }

    fn has_keyboard(&self) -> bool {
        true
    }
}

fn show_notice(scene: &Scene<'_>, view: &SchoolView<'_>, chosen: &TaskRow) {
    view.set_school(chosen.school.as_str().into());
    view.set_task(chosen.name.as_str().into());
    view.set_category(scene.say(category(chosen.category)));
    let days = [("from", day(chosen.opens, scene.lang())), ("to", day(chosen.closes, scene.lang()))];
    view.set_days(scene.say_with(codes::SCHOOL_DAYS, &days));
    view.set_notice(chosen.notice.as_str().into());
}

/// The search runs with every key: the last key only takes what is composed.
fn show_keyboard(scene: &Scene<'_>, stage: &SchoolStage) {
    let writing = Writing {
        place: PLACE,
        purpose: Purpose::Search,
        text: &stage.typed,
        can_go_on: stage.found.len() == 1,
        busy: false,
        done: scene.say(codes::SCHOOL_OPEN),
        missing: scene.say(codes::SCHOOL_TOUCH),
    };
    scene.keyboard.show(scene.window, scene.visit.number(), writing);
}

pub(super) fn clear(window: &AppWindow) {
    window.global::<SchoolView<'_>>().reset();
}
