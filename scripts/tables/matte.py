"""Draws the table of routes to a matte: each route in a process of its own, so that its memory is its own."""

import csv
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "examples"
PRESET = ROOT / "kiosk-config" / "presets" / "chsi.toml"
ROUTES = 9
# Enlarged faces make soft truth; so do tiny ones.
SHARP = 0.8
# Persons: five scenes each and nine routes take their time.
MOST = 8


def main() -> int:
    """Prints the Markdown; exit code 0 unless a program breaks off."""
    faces = pathlib.Path(os.environ["FACES_SET"])
    with open(faces / "expect.csv", encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    usable = [row for row in listed if row["expect"] == "make"]
    sharp = [str(faces / row["file"]) for row in usable if row["enlargement"] and float(row["enlargement"]) <= SHARP]
    rows = [json.loads(run("matte_table", str(PRESET), str(route), *sharp[:MOST])) for route in range(ROUTES)]
    peer = rows[0]["median_millis"]
    print(f"{rows[0]['people']} persons, each before {len(rows[0]['walls'])} walls: {rows[0]['scenes']:.0f} scenes a route.\n")
    print("| route | time, finding and placing included | peak memory | SAD / 1000 | gradient error | dE on blue |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        sad, gradient, colour = (mean(row, k) for k in range(3))
        ratio, memory = row["median_millis"] / peer, row["peak_mb"]
        print(f"| {row['route']} | {ratio:.2f} | {memory:.0f} MB | {sad:.2f} | {gradient:.0f} | {colour:.2f} |")
    print("\nBy wall, SAD / gradient error / dE:\n")
    print("| route | " + " | ".join(wall["wall"] for wall in rows[0]["walls"]) + " |")
    print("|---" * (len(rows[0]["walls"]) + 1) + "|")
    for row in rows:
        cells = ("{:.1f} / {:.0f} / {:.1f}".format(*wall["errors"]) for wall in row["walls"])
        print(f"| {row['route']} | " + " | ".join(cells) + " |")
    print("\nEdgeFringe, per cent of the edge:\n")
    print(run("fringe_table", str(PRESET), *(str(faces / row["file"]) for row in usable)))
    return 0


def mean(row: dict, k: int) -> float:
    """The mean of one error over all walls."""
    return sum(wall["errors"][k] for wall in row["walls"]) / len(row["walls"])


def run(name: str, *arguments: str) -> str:
    """What one of the examples prints."""
    command = [str(EXAMPLES / name), *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
