"""Writes the accuracy tables into docs/MEASUREMENTS.md, each between its own two markers (`make tables`).

A table is a program in scripts/tables/ that prints Markdown: `scripts/tables/NAME.sh`. What it prints replaces what stands
between `<!-- table:NAME:begin -->` and `<!-- table:NAME:end -->`; the heading and the explanation above the markers are written
by hand and hold no figures. Exit code 3 of a program means that a set it needs was not named; its old table stays.

    scripts/tables.py            all of them
    scripts/tables.py NAME ...   only these
"""

import datetime
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "MEASUREMENTS.md"
PROGRAMS = ROOT / "scripts" / "tables"
NOT_NAMED = 3


def main(names: list[str]) -> int:
    """Exit code: 0 if every table that was asked for was written or had no set to be measured on."""
    wanted = names or sorted(path.stem for path in PROGRAMS.glob("*.sh"))
    broken = 0
    for name in wanted:
        print(f"tables: {name} ...", flush=True)
        ran = subprocess.run(["bash", str(PROGRAMS / f"{name}.sh")], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if ran.returncode == NOT_NAMED:
            print(f"tables:   {name} stays as it is")
        elif ran.returncode != 0 or not replace(name, ran.stdout.strip()):
            print(f"tables:   {name} broke off with exit code {ran.returncode}; its old table stays")
            broken += 1
    return 1 if broken else 0


def replace(name: str, table: str) -> bool:
    """Replaces one table; false if the page has no place for it or there is nothing to write."""
    begin, end = f"<!-- table:{name}:begin -->", f"<!-- table:{name}:end -->"
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed and table):
        return False
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    stamp = f"{datetime.date.today().isoformat()}, commit {commit}."
    PAGE.write_text(f"{before}{begin}\n{stamp}\n\n{table}\n{end}{after}", encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
