"""Rows about the whole: screens, memory, search, the visit, the server. What cannot be run yet says why."""

import json
import tempfile

from measure import ROOT, NotMeasured, program, run


def rows():
    """Each row as (name, budget, command, function)."""
    return [
        ("UI frame with a 1280x720 preview", "<= 8 ms", "-", not_yet("the app does not time its frames")),
        ("start to usable", "<= 2 s", "-", not_yet("the app does not mark the end of its start")),
        ("memory", "<= 250 MB idle, flat over 10,000 visits", "-", not_yet("needs a long run of visits")),
        ("search", "100,000 entries, <= 20 ms a keystroke", "examples/task_search", search),
        ("the common visit", "<= 6 touches, <= 47 s", "scripts/run.sh headless", visit),
        ("central", "200 kiosks, p99 journal call <= 500 ms", "-", not_yet("the load driver is not built")),
    ]


def visit() -> str:
    """The demo's visit against a fresh server, played by real processes."""
    program("kiosk")
    with tempfile.TemporaryDirectory() as state:
        ran = run(["env", f"KIOSK_STATE={state}", "scripts/run.sh", "headless"])
    if ran.code != 0:
        raise NotMeasured(f"the demo's visit ended with exit code {ran.code}")
    summary = json.loads((ROOT / "out" / "demo" / "summary.json").read_text(encoding="utf-8"))
    return (
        f"{summary['touches']} touches, {summary['seconds']:.1f} s of machine time "
        f"(the student's own time is not in it), {len(summary['screens'])} screens"
    )


def search() -> str:
    """Every prefix of eight texts among 100,000 tasks of 20,000 schools, on one thread."""
    ran = run([program("examples/task_search"), "100000"])
    if ran.code != 0 or not ran.lines:
        raise NotMeasured(f"task_search ended with exit code {ran.code}")
    seen = ran.lines[0]
    return (
        f"median {seen['median_ms']:.1f} ms, p95 {seen['p95_ms']:.1f} ms, slowest {seen['max_ms']:.1f} ms of "
        f"{seen['keystrokes']} keystrokes; the index takes {seen['index_ms']:.0f} ms once"
    )


def not_yet(reason: str):
    """A row that says why it has no figure."""

    def measure() -> str:
        raise NotMeasured(reason)

    return measure
