"""Lines that say what is going on: one that moves on a terminal, a few that stay elsewhere."""

import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

MEGA = 1_000_000
SECONDS_BETWEEN_LINES = 10  # where lines stay (CI logs)


def say(text: str) -> None:
    """A line of its own."""
    print(f"models: {text}", flush=True)


@contextmanager
def growing(folder: Path, what: str, total: int):
    """While the block runs, shows how much of `total` bytes has arrived in `folder`."""
    done = threading.Event()
    thread = threading.Thread(target=_watch, args=(folder, what, total, done), daemon=True)
    started = time.monotonic()
    say(f"fetching {what}, {total / MEGA:.1f} MB")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    say(f"{what} is here after {time.monotonic() - started:.0f} s")


def _watch(folder: Path, what: str, total: int, done: threading.Event) -> None:
    terminal = sys.stdout.isatty()
    step = 0.3 if terminal else SECONDS_BETWEEN_LINES
    while not done.wait(step):
        have = min(_size(folder), total)
        line = f"models: {what}: {have / MEGA:.1f} of {total / MEGA:.1f} MB ({have * 100 // total} %)"
        print(f"\r\033[K{line}" if terminal else line, end="" if terminal else "\n", flush=True)
    if terminal:
        print("\r\033[K", end="", flush=True)


def _size(folder: Path) -> int:
    """Bytes of the largest file below `folder`: pip keeps what it fetches in a folder of its own."""
    sizes = [0]
    for path in folder.rglob("*"):
        try:
            sizes.append(path.stat().st_size if path.is_file() else 0)
        except FileNotFoundError:  # moved between the listing and the look
            continue
    return max(sizes)
