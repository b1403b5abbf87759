"""The lists of mutants fit the code, and scripts/mutants.py notices when one does not."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import mutants  # noqa: E402

MUTANT = mutants.Mutant("n", "src/thing/src/lib.rs", "let a = 1;", "let a = 2;", "thing", "tests::a_is_one")


class TheLists(unittest.TestCase):
    def test_every_line_and_every_test_is_still_there(self):
        self.assertEqual(mutants.check(mutants.mutants()), [])

    def test_there_is_enough_of_it(self):
        portrait = [mutant for mutant in mutants.mutants() if mutant.package == "portrait"]
        self.assertGreaterEqual(len(portrait), 18)


class AMutant(unittest.TestCase):
    def test_exchanges_one_line_and_keeps_its_indentation(self):
        self.assertEqual(MUTANT.applied("fn f() {\n    let a = 1;\n}\n"), "fn f() {\n    let a = 2;\n}\n")

    def test_is_stale_without_its_line_and_with_two(self):
        for text in ["fn f() {}\n", "let a = 1;\nlet a = 1;\n", "let a = 1; // now with a reason\n"]:
            with self.assertRaises(mutants.Stale):
                MUTANT.applied(text)

    def test_names_a_test_that_must_exist(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            source = root / MUTANT.file
            source.parent.mkdir(parents=True)
            (root / "src/thing/Cargo.toml").touch()
            source.write_text("let a = 1;\n", encoding="utf-8")
            with self.assertRaises(mutants.Stale):
                MUTANT.checked(root)
            source.write_text("let a = 1;\nfn a_is_one() {}\n", encoding="utf-8")
            MUTANT.checked(root)

    def test_finds_its_program_by_the_first_part_of_the_name(self):
        with tempfile.TemporaryDirectory() as folder:
            tests = pathlib.Path(folder) / "src/thing/tests"
            tests.mkdir(parents=True)
            (tests.parent / "Cargo.toml").touch()
            (tests / "tool.rs").write_text("#[test]\nfn it_works() {}\n", encoding="utf-8")
            (tests / "tests.rs").write_text("fn another() {}\n", encoding="utf-8")
            root = pathlib.Path(folder)
            # The module is called `tests`, and so is a file of the tests; the function is not in that file.
            selection = MUTANT.selection(root)
            self.assertEqual(selection, (["--package", "thing", "--lib"], "tests::a_is_one"))
            whole = mutants.Mutant("n", "f", "a", "b", "thing", "tool::it_works")
            self.assertEqual(whole.selection(root), (["--package", "thing", "--test", "tool"], "it_works"))


if __name__ == "__main__":
    unittest.main()
