"""Measures the budgets and writes them into docs/MEASUREMENTS.md, between its two markers.

One run, one machine, peers beside ours: the ratios are what counts. Run by scripts/bench.sh.
"""

import datetime
import os
import subprocess
import sys
import traceback

import codes
import portraits
import rest
from measure import ROOT, NotMeasured, Row

PAGE = ROOT / "docs" / "MEASUREMENTS.md"
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
EMPTY_PAGE = f"""# Measurements

Written by `make bench`; everything between the markers is replaced. Figures of peers were taken in the same run.

{BEGIN}
{END}
"""


def main() -> int:
    """Exit code: 0 unless a measurement broke off; a budget that is missed is a figure, not an error."""
    broken = 0
    table = []
    for what, budget, command, measure in [*codes.rows(), *portraits.rows(), *rest.rows()]:
        print(f"bench: {what} ...", flush=True)
        try:
            seen = measure()
        except NotMeasured as reason:
            seen = f"not measured yet: {reason}"
        except Exception as error:  # one broken row must not cost the others
            traceback.print_exc()
            seen = f"the measurement broke off: {error}"
            broken += 1
        print(f"bench:   {seen}", flush=True)
        table.append(Row(what, budget, seen, command))
    write(table)
    print(f"bench: written to {PAGE.relative_to(ROOT)}")
    return 1 if broken else 0


def write(table: list[Row]) -> None:
    """Replaces what stands between the markers."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else EMPTY_PAGE
    before, _, rest_of_page = page.partition(BEGIN)
    _, _, after = rest_of_page.partition(END)
    lines = [BEGIN, circumstances(), "", "| what | budget | measured | command |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.budget} | {row.seen} | `{row.command}` |" for row in table]
    lines += [END]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(before + "\n".join(lines) + after, encoding="utf-8")


def circumstances() -> str:
    """When, on what, and how busy it was."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    processor = models[0] if models else "unknown processor"
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    load = os.getloadavg()[0]
    day = datetime.date.today().isoformat()
    return f"{day}, commit {commit}, {len(os.sched_getaffinity(0))} cores of {processor}, load {load:.1f} at the end."


if __name__ == "__main__":
    sys.exit(main())
