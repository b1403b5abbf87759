#!/usr/bin/env python3
"""Counts crates, files, lines and functions of the product's Rust code, for the table in docs/development.md.

    scripts/structure.py            of the working tree
    scripts/structure.py COMMIT     of a commit

Counted are the files of src/*/src and ui/src, without tests (files named tests.rs or ending in _tests.rs, folders named tests,
property_tests, properties or story). A function is counted by its lines from `fn` to the closing brace, as rustfmt sets them; one-line functions count as 1.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CODE = re.compile(r"^(src/[^/]+|ui)/src/.*\.rs$")
TEST = re.compile(r"/(tests|properties|story)/|/(tests|properties)\.rs$|_tests\.rs$")
FUNCTION = re.compile(r"^( *)(?:pub(?:\([a-z]+\))? )?(?:const )?(?:async )?(?:unsafe )?fn \w+")
LONG = 60  # lines


def git(*arguments: str) -> str:
    return subprocess.run(["git", "-C", ROOT, *arguments], check=True, capture_output=True, text=True).stdout


def functions(text: str) -> list[int]:
    """Lines of every function that has a body."""
    lengths, start, indent = [], None, ""
    for number, line in enumerate(text.splitlines()):
        found = FUNCTION.match(line)
        if found and start is None:
            if line.endswith("}"):
                lengths.append(1)
            elif not line.endswith(";"):
                start, indent = number, found.group(1)
        elif start is not None and line.startswith(indent) and line[len(indent) :] in ("}", ") {}"):
            lengths.append(number - start + 1)
            start = None
        elif start is not None and line.startswith(indent + ")") and line.endswith(";"):
            start = None  # a declaration in a trait
    return lengths


def at(values: list[int], share: float) -> int:
    return sorted(values)[int((len(values) - 1) * share)]


def main() -> None:
    commit = sys.argv[1] if len(sys.argv) > 1 else None
    paths = (git("ls-tree", "-r", "--name-only", commit) if commit else git("ls-files")).splitlines()
    crates = [path for path in paths if re.match(r"^(src/[^/]+|ui|tests)/Cargo\.toml$", path)]
    lines, lengths = [], []
    for path in paths:
        if not CODE.match(path) or TEST.search(path) or not (commit or (ROOT / path).is_file()):
            continue
        text = git("show", f"{commit}:{path}") if commit else (ROOT / path).read_text()
        text = text.split("#[cfg(test)]\nmod tests {")[0]
        lines.append(text.count("\n"))
        lengths += functions(text)
    long = sum(length > LONG for length in lengths)
    print(f"crates: {len(crates)}")
    print(f"files: {len(lines)}, lines median {at(lines, 0.5)}, 9th decile {at(lines, 0.9)}, longest {max(lines)}")
    print(
        f"functions: {len(lengths)}, lines median {at(lengths, 0.5)}, 9th decile {at(lengths, 0.9)}, "
        f"over {LONG} lines {long} ({long / len(lengths):.1%})"
    )


if __name__ == "__main__":
    main()
