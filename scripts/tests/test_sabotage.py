"""The list of sabotage stays true to the code, and its program sees when it does not."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import sabotage  # noqa: E402

PATCH = sabotage.Patch("n", "src/thing/src/lib.rs", "let a = 1;", "let a = 2;", "thing", "tests::a_is_one")


class TheList(unittest.TestCase):
    def test_every_line_and_every_test_is_still_there(self):
        self.assertEqual(sabotage.check(sabotage.patches()), [])

    def test_there_is_enough_of_it(self):
        portrait = [patch for patch in sabotage.patches() if patch.package == "portrait"]
        self.assertGreaterEqual(len(portrait), 18)


class APatch(unittest.TestCase):
    def test_exchanges_one_line_and_keeps_its_indentation(self):
        self.assertEqual(PATCH.applied("fn f() {\n    let a = 1;\n}\n"), "fn f() {\n    let a = 2;\n}\n")

    def test_is_stale_without_its_line_and_with_two(self):
        for text in ["fn f() {}\n", "let a = 1;\nlet a = 1;\n", "let a = 1; // now with a reason\n"]:
            with self.assertRaises(sabotage.Stale):
                PATCH.applied(text)

    def test_names_a_test_that_must_exist(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            source = root / PATCH.file
            source.parent.mkdir(parents=True)
            (root / "src/thing/Cargo.toml").touch()
            source.write_text("let a = 1;\n", encoding="utf-8")
            with self.assertRaises(sabotage.Stale):
                PATCH.checked(root)
            source.write_text("let a = 1;\nfn a_is_one() {}\n", encoding="utf-8")
            PATCH.checked(root)

    def test_finds_its_program_by_the_first_part_of_the_name(self):
        with tempfile.TemporaryDirectory() as folder:
            tests = pathlib.Path(folder) / "src/thing/tests"
            tests.mkdir(parents=True)
            (tests.parent / "Cargo.toml").touch()
            (tests / "tool.rs").write_text("#[test]\nfn it_works() {}\n", encoding="utf-8")
            (tests / "tests.rs").write_text("fn another() {}\n", encoding="utf-8")
            root = pathlib.Path(folder)
            # The module is called `tests`, and so is a file of the tests; the function is not in that file.
            selection = PATCH.selection(root)
            self.assertEqual(selection, (["--package", "thing", "--lib"], "tests::a_is_one"))
            whole = sabotage.Patch("n", "f", "a", "b", "thing", "tool::it_works")
            self.assertEqual(whole.selection(root), (["--package", "thing", "--test", "tool"], "it_works"))


if __name__ == "__main__":
    unittest.main()
