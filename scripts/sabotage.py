"""Breaks the product on purpose, one line at a time, and asks whether a named test notices (`make sabotage`).

A patch is an entry of scripts/sabotage/*.toml: one exact line of one file (without its indentation, there exactly once), what stands
there instead, and the test that must turn red. Each is applied alone in a scratch copy of the last commit below the target folder. Red
means: the test was built, ran and failed. A patch that does not compile, whose line is gone, or whose test stays green, is a failure: a
hole in the tests, or a patch to renew. The tests must be green without any patch, which is seen first.

    scripts/sabotage.py                  all patches
    scripts/sabotage.py NAME ...         those whose name contains one of the words
    scripts/sabotage.py --check          only whether every line and every test is still there; takes no time
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
LISTS = ROOT / "scripts" / "sabotage"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "sabotage"
TREE = TARGET / "tree"
PATIENCE = 600  # seconds for one test; a sabotaged loop may never end
BUILDING = 3600  # seconds for building it; the first time everything below it is compiled
# What is rebuilt for every patch is optimised less than the product: a third of the time.
FAST = ["--config", "profile.dev.package.portrait.opt-level=1"]
KEYS = {"name", "file", "old", "new", "package", "test"}


class Stale(Exception):
    """A patch that no longer fits the code."""


@dataclasses.dataclass(frozen=True)
class Patch:
    """One act of sabotage. `test` is `unit::path::to::test` of the library, or `FILE::test` of the package's tests folder."""

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
        """The package's folder: the nearest one above the patched file's package name."""
        for manifest in [root / "src" / self.package / "Cargo.toml", root / self.package / "Cargo.toml"]:
            if manifest.is_file():
                return manifest.parent
        raise Stale(f"there is no package {self.package}")

    def selection(self, root: pathlib.Path) -> tuple[list[str], str]:
        """Arguments that build the test's program, and the test's name inside of it."""
        head, _, rest = self.test.partition("::")
        file = self.folder(root) / "tests" / f"{head}.rs"
        # A module of the library may be called like a file of the tests; the function tells them apart.
        if rest and file.is_file() and self.function().search(file.read_text(encoding="utf-8")):
            return ["--package", self.package, "--test", head], rest
        return ["--package", self.package, "--lib"], self.test

    def function(self) -> re.Pattern[str]:
        """The beginning of the test's function."""
        return re.compile(rf"\bfn {re.escape(self.test.rsplit('::', 1)[-1])}\b")

    def checked(self, root: pathlib.Path) -> None:
        """Raises `Stale` unless the line and the test's function are there."""
        path = root / self.file
        if not path.is_file():
            raise Stale(f"there is no file {self.file}")
        self.applied(path.read_text(encoding="utf-8"))
        sources = self.folder(root).rglob("*.rs")
        if not any(self.function().search(source.read_text(encoding="utf-8")) for source in sources):
            raise Stale(f"there is no test {self.test} in {self.package}")


def patches(folder: pathlib.Path = LISTS) -> list[Patch]:
    """All patches of all lists. Raises ValueError if one is not whole or two have one name."""
    found: list[Patch] = []
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["patch"]:
            if set(entry) != KEYS or entry["old"] == entry["new"]:
                raise ValueError(f"{path.name}: {entry.get('name', entry)} needs {sorted(KEYS)} and two different lines")
            found.append(Patch(**entry))
    names = [patch.name for patch in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"more than one patch is called {', '.join(sorted(twice))}")
    return found


def check(wanted: list[Patch], root: pathlib.Path = ROOT) -> list[str]:
    """What is stale, in words."""
    stale = []
    for patch in wanted:
        try:
            patch.checked(root)
        except Stale as why:
            stale.append(f"{patch.name}: {why}")
    return stale


def scratch() -> None:
    """The last commit, checked out below the target folder. Files that did not change keep their times, so little is rebuilt."""
    head = git("rev-parse", "HEAD", cwd=ROOT)
    if git("status", "--porcelain", "--untracked-files=no", cwd=ROOT):
        print("sabotage: what is not committed is not looked at")
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
    """What git says."""
    return subprocess.run(["git", *args], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def cargo(*args: str, patience: int = PATIENCE) -> subprocess.CompletedProcess[str]:
    """One call of cargo in the scratch copy. `returncode` 124 if it took too long."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(TARGET / "build"), "CARGO_TERM_COLOR": "never", "RUST_BACKTRACE": "0"}
    command = ["cargo", "test", "--locked", *FAST, *args]
    try:
        return subprocess.run(
            command, cwd=TREE, env=environment, capture_output=True, text=True, check=False, timeout=patience
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "it did not end")


def build(selection: list[str]) -> str | None:
    """Builds a test program; the compiler's words if it does not compile."""
    ran = cargo(*selection, "--no-run", patience=BUILDING)
    return None if ran.returncode == 0 else ran.stderr.strip()


def outcome(selection: list[str], test: str) -> str:
    """Runs one test: "green", "red", or why it is neither."""
    ran = cargo(*selection, "--", "--exact", test)
    if f"test {test} ... FAILED" in ran.stdout:
        return "red"
    if ran.returncode == 0 and f"test {test} ... ok" in ran.stdout:
        return "green"
    return "it did not run: " + (ran.stderr.strip().splitlines() or ["nothing was said"])[-1]


def baseline(wanted: list[Patch]) -> None:
    """Every named test is green as things are; else a red one proves nothing."""
    for selection, test in {(tuple(s), t) for s, t in (patch.selection(TREE) for patch in wanted)}:
        if errors := build(list(selection)):
            sys.exit(f"sabotage: the last commit does not compile\n{errors}")
        seen = outcome(list(selection), test)
        if seen != "green":
            sys.exit(f"sabotage: {test} is {seen} without any sabotage")


def attempt(patch: Patch) -> str | None:
    """Applies one patch and takes it back; None if its test turned red, else why not."""
    path = TREE / patch.file
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(patch.applied(before), encoding="utf-8")
        selection, test = patch.selection(TREE)
        if errors := build(selection):
            first = next((line for line in errors.splitlines() if line.startswith("error")), errors[-200:])
            return f"it does not compile: {first}"
        seen = outcome(selection, test)
        return None if seen == "red" else f"{patch.test} is {seen}"
    except Stale as why:
        return str(why)
    finally:
        path.write_text(before, encoding="utf-8")


def main(words: list[str]) -> int:
    """Exit code: 0 if every patch was noticed."""
    only_check = "--check" in words
    words = [word for word in words if word != "--check"]
    wanted = [p for p in patches() if not words or any(word in p.name for word in words)]
    if only_check:
        stale = check(wanted)
        print("\n".join([*stale, f"sabotage: {len(wanted) - len(stale)} of {len(wanted)} patches fit the code"]))
        return 1 if stale else 0
    scratch()
    print("sabotage: every named test without sabotage ...", flush=True)
    baseline([patch for patch in wanted if not check([patch], TREE)])
    failed = 0
    for patch in wanted:
        started = time.monotonic()
        why = attempt(patch)
        failed += why is not None
        said = "noticed" if why is None else f"NOT NOTICED: {why}"
        print(f"sabotage: {patch.name}: {said} ({time.monotonic() - started:.0f} s)", flush=True)
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
