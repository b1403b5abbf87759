"""The camera service and the kiosk before an emulated webcam: boots the guest, runs the cases, prints a line each.

    run.py --cache DIR --programs DIR --models DIR [--short] [--only NAME]...

Ends with `N passed, M failed` and exit code 1 if any failed. The short form leaves out the slower cases and the screen.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import cases
import preview
from guest import Guest, GuestError, bring

SHORT = {"frames_wanted": 60, "cycles_wanted": 10}
WHOLE = {"frames_wanted": 300, "cycles_wanted": 100}


def main():
    sys.stdout.reconfigure(line_buffering=True)
    options = arguments()
    chosen = cases.SHORT if options.short else cases.ALL
    if options.only:
        chosen = [case for case in cases.ALL if case.__name__ in options.only]
    pictures = render(options)
    passed, failed = try_service(options, chosen, pictures) if chosen else (0, 0)
    if not options.short and (not options.only or "preview" in options.only):
        film = [picture.read_bytes() for picture in sorted((pictures / "1280x720").glob("*.jpg"))]
        seen, unseen = preview.look(options, film)
        passed, failed = passed + seen, failed + unseen
    print(f"camera-test: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def try_service(options, chosen, pictures):
    """Runs the cases in one guest; gives how many passed and how many failed."""
    share = options.cache / "share"
    bring(options.programs / "camera-probe", share)
    guest = Guest(options.cache, share)
    outcomes = []
    try:
        print(f"  the guest takes commands after {guest.boot():.0f} s")
        guest.load("uvcvideo")
        start_probe(guest)
        bench = cases.Bench(guest, pictures, **(SHORT if options.short else WHOLE))
        for case in chosen:
            outcomes.append(run(case, bench))
    except GuestError as error:
        print(f"FAIL  the guest: {error}")
        outcomes.append(False)
    finally:
        guest.close()
    return outcomes.count(True), outcomes.count(False)


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("cache", "programs", "models"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", action="append", default=[])
    return parser.parse_args()


def render(options):
    """The webcam's frames, rendered once on this machine."""
    folder = options.cache / "pictures"
    if not (folder / "black.jpg").exists():
        picture = options.models / "demo" / "person_a_2.jpg"
        subprocess.run([options.programs / "camera-probe", "render", folder, picture], check=True)
    return folder


def start_probe(guest):
    # A serial port can be opened only once, so both directions share the descriptor.
    guest.run("/share/bin/camera-probe 4<>$PROBE_PORT <&4 >&4 2>/tmp/probe.log & echo $! >/tmp/probe.pid")


def run(case, bench):
    """Runs one case; true if what it says holds."""
    began = time.monotonic()
    says = case.__doc__.strip()
    try:
        bench.clear()
        found = case(bench)
    except (AssertionError, KeyError, RuntimeError, ValueError, OSError, GuestError) as error:
        print(f"FAIL  {says} ({time.monotonic() - began:.0f} s): {error!r}")
        print_log(bench.guest)
        restart_probe(bench.guest)
        return False
    print(f"ok    {says}{': ' + found if found else ''} ({time.monotonic() - began:.0f} s)")
    return True


def print_log(guest):
    log = guest.run("tail -n 12 /tmp/probe.log; dmesg | tail -n 6", check=False)
    print("\n".join(f"      | {line}" for line in log.splitlines()))


def restart_probe(guest):
    """A case that failed may have left the probe in the middle of an answer."""
    guest.run("kill -9 $(cat /tmp/probe.pid) $(cat /tmp/hold.pid 2>/dev/null) 2>/dev/null; sleep 1; true")
    while True:
        try:
            guest.probe.receive(2)
        except GuestError:
            break
    start_probe(guest)


if __name__ == "__main__":
    sys.exit(main())
