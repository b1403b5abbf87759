"""scripts/file-circles.py sees the imports between files, and only those."""

import importlib.util
import pathlib
import tempfile
import unittest

PATH = pathlib.Path(__file__).resolve().parent.parent / "file-circles.py"
SPEC = importlib.util.spec_from_file_location("file_circles", PATH)
file_circles = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(file_circles)


def circles(**files: str) -> list[list[str]]:
    """The circles of a crate with these files; `__` in a name stands for a folder."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder)
        for name, text in files.items():
            file = source / (name.replace("__", "/") + ".rs")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        found = file_circles.Crate(source / "lib.rs").circles()
        return [[str(file.relative_to(source)) for file in group] for group in found]


class Circles(unittest.TestCase):
    def test_two_files_that_import_each_other(self):
        self.assertEqual(
            circles(lib="mod a;\nmod b;", a="use crate::b::B;\npub struct A;", b="use crate::a::A;\npub struct B;"),
            [["a.rs", "b.rs"]],
        )

    def test_three_files_in_a_ring_and_one_outside_it(self):
        self.assertEqual(
            circles(
                lib="mod a;\nmod b;\nmod c;\nmod d;",
                a="use crate::b::B; pub struct A;",
                b="use super::c::{C, D as E}; pub struct B;",
                c="pub fn c(_: crate::a::A) {} pub struct C; pub struct D;",
                d="use crate::a::A;",
            ),
            [["a.rs", "b.rs", "c.rs"]],
        )

    def test_a_module_that_calls_its_child_which_takes_its_type(self):
        self.assertEqual(
            circles(lib="mod a;", a__mod="mod child;\npub struct A;\nfn f() { child::g(A) }", a__child="use super::A;\npub fn g(_: A) {}"),
            [["a/child.rs", "a/mod.rs"]],
        )

    def test_a_name_is_followed_through_re_exports(self):
        self.assertEqual(
            circles(
                lib="mod a;\nmod b;\npub use a::A;\npub use b::*;",
                a="use crate::B;\npub struct A;",
                b="use crate::A;\npub struct B;",
            ),
            [["a.rs", "b.rs"]],
        )


class NoCircles(unittest.TestCase):
    def test_re_exporting_what_a_child_defines(self):
        self.assertEqual(
            circles(lib="mod a;\npub use a::A;\npub enum Lang { Zh }", a="use crate::Lang;\npub struct A(Lang);"), []
        )

    def test_what_only_tests_import(self):
        self.assertEqual(
            circles(
                lib="mod a;\nmod b;",
                a="pub struct A;\n#[cfg(test)]\nmod tests {\n    use crate::b::B;\n}",
                b="use crate::a::A;\npub struct B;",
            ),
            [],
        )

    def test_comments_and_texts(self):
        self.assertEqual(
            circles(
                lib="mod a;\nmod b;",
                a="// use crate::b::B;\npub struct A;\nconst T: &str = \"crate::b::B\";\nconst C: char = '\"';",
                b="use crate::a::A;\npub struct B;",
            ),
            [],
        )

    def test_names_of_other_crates(self):
        self.assertEqual(circles(lib="mod tests_of;\nuse rand;\nfn f() { rand::rand::x() }", tests_of="use serde::de;"), [])


if __name__ == "__main__":
    unittest.main()
