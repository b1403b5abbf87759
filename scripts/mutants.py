"""Mutation tests (`make mutants`): changes the product one line at a time and checks that a named test fails.

A mutant is an entry of scripts/mutants/*.toml: its name says what it breaks; one exact line of one file (without its indentation,
occurring exactly once), the line that replaces it, and the test that must fail. Each is applied alone in a scratch copy of the last commit
below the target folder. A mutant is caught if the test was built, ran and failed. One that does not compile, whose line is gone, or whose
test passes is a failure: a gap in the tests, or an entry to renew. The tests must pass without any mutant, which is checked first.

    scripts/mutants.py                  all mutants
    scripts/mutants.py NAME ...         those whose name contains one of the words
    scripts/mutants.py --check          only whether every line and every test still exists; takes no time
"""

import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = ROOT / "scripts" / "mutants"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "mutants"
TREE = TARGET / "tree"
TEST_TIMEOUT = 600  # seconds for one test; a mutated loop may never end
BUILD_TIMEOUT = 3600  # seconds for building it; the first time everything below it is compiled
# What is rebuilt for every mutant is optimised less than the product: a third of the time.
FAST = ["--config", "profile.dev.package.portrait.opt-level=1"]
KEYS = {"name", "file", "old", "new", "package", "test"}


class Stale(Exception):
    """A mutant that no longer fits the code."""


@dataclasses.dataclass(frozen=True)
class Mutant:
    """One line exchanged. `test` is `path::to::test` of the library, or `FILE::test` of the package's tests folder."""

    name: str
    file: str
    old: str
    new: str
    package: str
    test: str

    def applied(self, text: str) -> str:
        """`text` with the one line exchanged, its indentation kept."""
        lines = text.split("\n")
        places = [i for i, line in enumerate(lines) if line.strip() == self.old]
        if len(places) != 1:
            raise Stale(f"{self.file} has this line {len(places)} times: {self.old}")
        line = lines[places[0]]
        lines[places[0]] = line[: len(line) - len(line.lstrip())] + self.new
        return "\n".join(lines)

    def folder(self, root: pathlib.Path) -> pathlib.Path:
        """The package's folder."""
        for manifest in [root / "src" / self.package / "Cargo.toml", root / self.package / "Cargo.toml"]:
            if manifest.is_file():
                return manifest.parent
        raise Stale(f"there is no package {self.package}")

    def selection(self, root: pathlib.Path) -> tuple[list[str], str]:
        """Arguments that build the test's program, and the test's name inside of it."""
        head, _, rest = self.test.partition("::")
        file = self.folder(root) / "tests" / f"{head}.rs"
        # A module of the library may have the name of a file of the tests; the function tells them apart.
        if rest and file.is_file() and self.function().search(file.read_text(encoding="utf-8")):
            return ["--package", self.package, "--test", head], rest
        return ["--package", self.package, "--lib"], self.test

    def function(self) -> re.Pattern[str]:
        """The beginning of the test's function."""
        return re.compile(rf"\bfn {re.escape(self.test.rsplit('::', 1)[-1])}\b")

    def checked(self, root: pathlib.Path) -> None:
        """Raises `Stale` unless the line and the test's function exist."""
        path = root / self.file
        if not path.is_file():
            raise Stale(f"there is no file {self.file}")
        self.applied(path.read_text(encoding="utf-8"))
        sources = self.folder(root).rglob("*.rs")
        if not any(self.function().search(source.read_text(encoding="utf-8")) for source in sources):
            raise Stale(f"there is no test {self.test} in {self.package}")


def mutants(folder: pathlib.Path = LISTS) -> list[Mutant]:
    """All mutants of all lists. Raises ValueError if one is incomplete or two have one name."""
    found: list[Mutant] = []
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]:
            if set(entry) != KEYS or entry["old"] == entry["new"]:
                raise ValueError(f"{path.name}: {entry.get('name', entry)} needs {sorted(KEYS)} and two different lines")
            found.append(Mutant(**entry))
    names = [mutant.name for mutant in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"more than one mutant has the name {', '.join(sorted(twice))}")
    return found


def check(wanted: list[Mutant], root: pathlib.Path = ROOT) -> list[str]:
    """A message for each mutant that is stale."""
    stale = []
    for mutant in wanted:
        try:
            mutant.checked(root)
        except Stale as why:
            stale.append(f"{mutant.name}: {why}")
    return stale


def scratch() -> None:
    """Checks the last commit out below the target folder. Files that did not change keep their times, so little is rebuilt."""
    head = git("rev-parse", "HEAD", cwd=ROOT)
    if git("status", "--porcelain", "--untracked-files=no", cwd=ROOT):
        print("mutants: changes that are not committed are not included")
    if not (TREE / ".git").exists():
        TREE.parent.mkdir(parents=True, exist_ok=True)
        git("worktree", "prune", cwd=ROOT)
        git("worktree", "add", "--quiet", "--force", "--detach", str(TREE), head, cwd=ROOT)
    else:
        git("checkout", "--quiet", "--force", "--detach", head, cwd=TREE)
    cache = TREE / "models" / "cache"
    if not cache.exists():
        cache.parent.mkdir(exist_ok=True)
        cache.symlink_to((ROOT / "models" / "cache").resolve())


def git(*args: str, cwd: pathlib.Path) -> str:
    """The output of a git command."""
    return subprocess.run(["git", *args], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def cargo(*args: str, timeout: int = TEST_TIMEOUT) -> subprocess.CompletedProcess[str]:
    """Calls `cargo test` in the scratch copy. `returncode` is 124 if it took too long."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(TARGET / "build"), "CARGO_TERM_COLOR": "never", "RUST_BACKTRACE": "0"}
    command = ["cargo", "test", "--locked", *FAST, *args]
    try:
        return subprocess.run(
            command, cwd=TREE, env=environment, capture_output=True, text=True, check=False, timeout=timeout
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "timed out")


def build(selection: list[str]) -> str | None:
    """Builds a test program; returns the compiler's output if it does not compile."""
    ran = cargo(*selection, "--no-run", timeout=BUILD_TIMEOUT)
    return None if ran.returncode == 0 else ran.stderr.strip()


def outcome(selection: list[str], test: str) -> str:
    """Runs one test: "passed", "failed", or why it is neither."""
    ran = cargo(*selection, "--", "--exact", test)
    if f"test {test} ... FAILED" in ran.stdout:
        return "failed"
    if ran.returncode == 0 and f"test {test} ... ok" in ran.stdout:
        return "passed"
    return "not run: " + (ran.stderr.strip().splitlines() or ["no output"])[-1]


def baseline(wanted: list[Mutant]) -> None:
    """Exits unless every named test passes without a mutant; else a failing one proves nothing."""
    for selection, test in {(tuple(s), t) for s, t in (mutant.selection(TREE) for mutant in wanted)}:
        if errors := build(list(selection)):
            sys.exit(f"mutants: the last commit does not compile\n{errors}")
        seen = outcome(list(selection), test)
        if seen != "passed":
            sys.exit(f"mutants: without any mutant {test} is {seen}")


def attempt(mutant: Mutant) -> str | None:
    """Applies one mutant and reverts it; None if its test failed, else why the mutant was not caught."""
    path = TREE / mutant.file
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(mutant.applied(before), encoding="utf-8")
        selection, test = mutant.selection(TREE)
        if errors := build(selection):
            first = next((line for line in errors.splitlines() if line.startswith("error")), errors[-200:])
            return f"it does not compile: {first}"
        seen = outcome(selection, test)
        return None if seen == "failed" else f"{mutant.test} {seen}"
    except Stale as why:
        return str(why)
    finally:
        path.write_text(before, encoding="utf-8")


def main(words: list[str]) -> int:
    """Exit code: 0 if every mutant was caught."""
    only_check = "--check" in words
    words = [word for word in words if word != "--check"]
    wanted = [m for m in mutants() if not words or any(word in m.name for word in words)]
    if only_check:
        stale = check(wanted)
        print("\n".join([*stale, f"mutants: {len(wanted) - len(stale)} of {len(wanted)} fit the code"]))
        return 1 if stale else 0
    scratch()
    print("mutants: running every named test without a mutant ...", flush=True)
    baseline([mutant for mutant in wanted if not check([mutant], TREE)])
    failed = 0
    for mutant in wanted:
        started = time.monotonic()
        why = attempt(mutant)
        failed += why is not None
        result = "caught" if why is None else f"NOT CAUGHT: {why}"
        print(f"mutants: {mutant.name}: {result} ({time.monotonic() - started:.0f} s)", flush=True)
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
