#!/usr/bin/env python3
"""Finds circles of files within a crate: file A imports from file B, and B, directly or not, from A.

An import is a name that a file uses and another file of the same crate defines, followed through `use` and `pub use` to the
definition. Declaring a module (`mod x;`) and re-exporting its names (`pub use x::Y;`) is no import; calling `x::f()` is. Code under
`#[cfg(test)]` does not count. Methods are not followed: whoever calls one has the type from somewhere.

Prints every circle with the imports that close it, and ends with 1 if there is one whose files are not all listed in
file-circles.txt: the files that still stood in circles when this check was introduced. The list may only shrink.

  --imports CRATE   what each file of a crate imports, and why
  --all             prints the circles that are still allowed too
  --shrink          takes the files that stand in no circle any more off the list
"""

import pathlib
import re
import sys
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "scripts" / "file-circles.txt"

COMMENT_OR_TEXT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|b?r(\#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?'(?:\\(?:x..|u\{[^}]*\}|.)|[^'\\\n])'""", re.S
)
TEST_ITEM = re.compile(r"#\[cfg\(test\)\]\s*(?:#\[[^\]]*\]\s*)*")
ITEM = re.compile(r"\b(?:fn|struct|enum|trait|type|const|static|union)\s+(?:mut\s+)?(\w+)|\bmacro_rules!\s*(\w+)")
MODULE = re.compile(r"\bmod\s+(\w+)\s*([;{])")
USE = re.compile(r"(\bpub(?:\([^)]*\))?\s+)?\buse\s+([^;]+);")
PATH = re.compile(r"(?<![\w:.])((?:[A-Za-z_]\w*::)+)([A-Za-z_]\w*)")


def blank(match: re.Match) -> str:
    """Whatever was matched as spaces, so that lines stay where they are."""
    return re.sub(r"[^\n]", " ", match.group(0))


def end_of_item(text: str, start: int) -> int:
    """Where the item that begins at `start` ends: at its semicolon, or at the brace that closes it."""
    depth = 0
    for position in range(start, len(text)):
        char = text[position]
        if char in "{([":
            depth += 1
        elif char in "})]":
            depth -= 1
            if depth == 0 and char == "}":
                return position + 1
        elif char == ";" and depth == 0:
            return position + 1
    return len(text)


def without_tests(text: str) -> tuple[str, set[str]]:
    """The text without what only tests compile, and the names of the modules that only tests have."""
    modules = set()
    while found := TEST_ITEM.search(text):
        end = end_of_item(text, found.end())
        item = text[found.start() : end]
        if module := MODULE.search(item):
            modules.add(module.group(1))
        text = text[: found.start()] + re.sub(r"[^\n]", " ", item) + text[end:]
    return text, modules


def leaves(tree: str) -> list[tuple[list[str], str]]:
    """The paths of a `use` tree, each with the name it has in this file; `*` for a glob."""
    tree = tree.strip()
    if "{" not in tree:
        path, _, alias = tree.partition(" as ")
        parts = [part.strip() for part in path.split("::") if part.strip()]
        if not parts:
            return []
        return [(parts, alias.strip() or parts[-1])]
    before, _, rest = tree.partition("{")
    prefix = [part.strip() for part in before.split("::") if part.strip()]
    inside, depth, start, branches = rest.rpartition("}")[0], 0, 0, []
    for position, char in enumerate(inside + ","):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "," and depth == 0:
            branches.append(inside[start:position])
            start = position + 1
    below = [leaf for branch in branches for leaf in leaves(branch)]
    return [
        (prefix, prefix[-1] if name == "self" else name) if path == ["self"] and prefix else (prefix + path, name)
        for path, name in below
    ]


@dataclass
class Module:
    """A module of a crate; an inline module belongs to the file around it."""

    path: tuple[str, ...]
    file: pathlib.Path
    text: str
    items: set[str] = field(default_factory=set)
    uses: dict[str, list[str]] = field(default_factory=dict)
    globs: list[list[str]] = field(default_factory=list)
    # Names that are handed on (`pub use`), and all other names that are imported, with their lines.
    reexported: list[tuple[list[str], str, int]] = field(default_factory=list)
    imported: list[tuple[list[str], int]] = field(default_factory=list)
    body: str = ""


class Crate:
    """The modules of one crate root, and which file imports which."""

    def __init__(self, root: pathlib.Path):
        self.modules: dict[tuple[str, ...], Module] = {}
        self.imports: dict[pathlib.Path, dict[pathlib.Path, str]] = {}
        self.load((), root, root.parent)
        for module in list(self.modules.values()):
            self.connect(module)

    def load(self, path: tuple[str, ...], file: pathlib.Path, folder: pathlib.Path) -> None:
        text = COMMENT_OR_TEXT.sub(blank, file.read_text(encoding="utf-8"))
        text, tests = without_tests(text)
        self.imports.setdefault(file, {})
        self.read(Module(path, file, text), folder, tests)

    def read(self, module: Module, folder: pathlib.Path, tests: set[str]) -> None:
        self.modules[module.path] = module
        text = module.text
        inline = []
        for found in MODULE.finditer(text):
            name = found.group(1)
            if found.group(2) == "{":
                inline.append((name, found.start(), end_of_item(text, found.start())))
            elif name not in tests:
                for file in [folder / f"{name}.rs", folder / name / "mod.rs"]:
                    if file.exists():
                        self.load((*module.path, name), file, folder / name)
        for name, start, end in inline:
            head = text.index("{", start) + 1
            lines = "\n" * text.count("\n", 0, head)
            self.read(Module((*module.path, name), module.file, lines + text[head : end - 1]), folder / name, tests)
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        module.items = {found.group(1) or found.group(2) for found in ITEM.finditer(text)}
        for found in USE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            for parts, name in leaves(re.sub(r"\s+", " ", found.group(2))):
                if name == "*":
                    module.globs.append(parts[:-1])
                elif name != "_":
                    module.uses[name] = parts
                if found.group(1):
                    module.reexported.append((parts, name, line))
                else:
                    module.imported.append((parts, line))
        module.body = USE.sub(blank, text)

    def resolve(self, module: Module, parts: list[str], seen: frozenset = frozenset()) -> Module | None:
        """The module that defines what a path names, or the module that it names."""
        key = (module.path, tuple(parts))
        # A name that is imported from another crate under its own name leads to itself with ever more parts.
        if key in seen or not parts or len(seen) > 20:
            return None
        seen = seen | {key}
        first, rest = parts[0], parts[1:]
        if first == "crate":
            return self.walk(self.modules[()], rest, seen)
        if first == "self":
            return self.walk(module, rest, seen)
        if first == "super":
            return self.walk(self.modules[module.path[:-1]], rest, seen) if module.path else None
        if (*module.path, first) in self.modules or first in module.uses:
            return self.walk(module, parts, seen)
        return None

    def walk(self, module: Module, parts: list[str], seen: frozenset) -> Module | None:
        if not parts or parts[0] == "*":
            return module
        first, rest = parts[0], parts[1:]
        if first == "super":
            return self.walk(self.modules[module.path[:-1]], rest, seen) if module.path else None
        below = self.modules.get((*module.path, first))
        if below is not None:
            return self.walk(below, rest, seen)
        if first in module.items:
            return module
        if first in module.uses:
            return self.resolve(module, module.uses[first] + rest, seen)
        for glob in module.globs:
            target = self.resolve(module, glob, seen)
            if target is not None and target is not module and (first in target.items or first in target.uses):
                return self.walk(target, parts, seen)
        return None

    def names_module(self, module: Module, parts: list[str]) -> bool:
        """Whether the path names a module and not a thing in it."""
        target = self.resolve(module, parts)
        return target is not None and parts[-1] not in target.items and target.path[-1:] == (parts[-1],)

    def connect(self, module: Module) -> None:
        def add(parts: list[str], line: int) -> None:
            target = self.resolve(module, parts)
            if target is not None and target.file != module.file:
                self.imports[module.file].setdefault(target.file, f"{'::'.join(parts)} in line {line}")

        for parts, line in module.imported:
            # A module that is imported by name is judged by what is then taken from it.
            if not self.names_module(module, parts):
                add(parts, line)
        for parts, name, line in module.reexported:
            if name != "*" and not self.names_module(module, parts) and re.search(rf"\b{name}\b", module.body):
                add(parts, line)
        for found in PATH.finditer(module.body):
            parts = found.group(1).rstrip(":").split("::") + [found.group(2)]
            add(parts, module.body.count("\n", 0, found.start()) + 1)

    def circles(self) -> list[list[pathlib.Path]]:
        """The strongly connected groups of more than one file."""
        reach: dict[pathlib.Path, set[pathlib.Path]] = {}
        for file in self.imports:
            todo, found = [file], set()
            while todo:
                for target in self.imports[todo.pop()]:
                    if target not in found:
                        found.add(target)
                        todo.append(target)
            reach[file] = found
        groups, done = [], set()
        for file in sorted(self.imports):
            group = sorted({file, *(f for f in reach[file] if file in reach[f])})
            if len(group) > 1 and file not in done:
                groups.append(group)
                done.update(group)
        return groups


def roots(root: pathlib.Path) -> list[pathlib.Path]:
    """The library and the program of every crate."""
    folders = [*sorted((root / "src").iterdir()), root / "ui", root / "tests"]
    files = [folder / "src" / name for folder in folders for name in ["lib.rs", "main.rs"]]
    return [file for file in files if file.exists()]


def described(crate: Crate, group: list[pathlib.Path], root: pathlib.Path) -> str:
    lines = [f"circle of {len(group)} files:"]
    for file in group:
        for target, why in sorted(crate.imports[file].items()):
            if target in group:
                lines.append(f"  {file.relative_to(root)} -> {target.relative_to(root)}  ({why})")
    return "\n".join(lines)


def imports(crates: list[str]) -> None:
    for file in roots(ROOT):
        if file.parent.parent.name in crates:
            for source, targets in sorted(Crate(file).imports.items()):
                print(source.relative_to(ROOT))
                for target, why in sorted(targets.items()):
                    print(f"  {target.relative_to(ROOT)}  ({why})")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--imports"]:
        imports(arguments[1:])
        return 0
    allowed = set(LIST.read_text(encoding="utf-8").split()) if LIST.exists() else set()
    new, left = 0, set()
    for file in roots(ROOT):
        crate = Crate(file)
        for group in crate.circles():
            names = {str(member.relative_to(ROOT)) for member in group}
            left |= names & allowed
            if not names <= allowed:
                new += 1
            if not names <= allowed or "--all" in arguments:
                print(described(crate, group, ROOT))
    if allowed - left and "--shrink" in arguments:
        LIST.write_text("".join(f"{name}\n" for name in sorted(left)), encoding="utf-8")
    elif allowed - left:
        print(f"{len(allowed - left)} files of {LIST.name} stand in no circle any more: run it with --shrink")
    print(f"{new} circles of files; {len(left)} files stand in circles that are still allowed")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
