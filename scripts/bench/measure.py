"""Small helpers: running our programs, their peak memory, medians, and what a row of the table is."""

import json
import os
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
MODELS = ROOT / "models" / "cache"


class NotMeasured(Exception):
    """Why a row has no figure today."""


@dataclass
class Row:
    """One line of the table: the promise, what was seen, and how to see it again."""

    what: str
    budget: str
    seen: str
    command: str


@dataclass
class Ran:
    """What one run of a program left behind."""

    lines: list
    seconds: float
    peak_mb: float
    code: int


def program(name: str) -> str:
    """The path of one of our programs."""
    path = PROGRAMS / name
    if not path.is_file():
        raise NotMeasured(f"{name} is not built (`make build`)")
    return str(path)


# A process begins with its parent's peak memory (Linux counts the time between fork and exec), and this one holds the peers:
# a small one in between starts the program, waits for it, and writes code, seconds and peak to the descriptor of its first argument.
BETWEEN = """
import os, sys, time
started = time.monotonic()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
answer = f"{os.waitstatus_to_exitcode(status)} {time.monotonic() - started} {usage.ru_maxrss / 1024}"
os.write(int(sys.argv[1]), answer.encode())
"""


def run(command: list[str]) -> Ran:
    """Runs a program to its end; lines of JSON on its standard output are parsed, others dropped."""
    reader, writer = os.pipe()
    between = [sys.executable, "-I", "-S", "-c", BETWEEN, str(writer), *command]
    done = subprocess.run(
        between, cwd=ROOT, pass_fds=[writer], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as answer:
        code, seconds, peak_mb = answer.read().split()
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
    return Ran(lines, float(seconds), float(peak_mb), int(code))


def own_peak_mb() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median(values) -> float:
    """The middle value; of nothing, no figure."""
    values = list(values)
    if not values:
        raise NotMeasured("there was nothing to measure")
    return statistics.median(values)


def percentile(values, share: float) -> float:
    """The smallest value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
