"""Draws the table of a set of faces: made, verified again, refused and with which sentence. Files go by number, not by name."""

import collections
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PORTRAIT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "portrait"
STANDARD = ["--preset", "chsi", "--background", "blue"]
# The reasons of expect.csv, and the sentences that say so.
SENTENCES = {
    "hair cut off": ["refusal.hair_cut"],
    "several faces": ["refusal.several_faces"],
    "enlargement": ["refusal.enlargement"],
    "no placement": [
        f"refusal.no_placement_{rule}"
        for rule in ("side_edge", "lower_edge", "face_centred", "hair_top", "eye_line", "face_width")
    ],
}


def main() -> int:
    """Prints the Markdown."""
    faces = pathlib.Path(os.environ["FACES_SET"])
    with open(faces / "expect.csv", encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PORTRAIT, "batch", faces, "-o", folder, *STANDARD], cwd=ROOT, stderr=subprocess.DEVNULL, check=False)
        with open(pathlib.Path(folder) / "verdicts.csv", encoding="utf-8") as file:
            seen = {row["file"]: row for row in csv.DictReader(file)}
        accepted = {name for name in seen if seen[name]["outcome"] == "made" and verified(seen[name]["output"])}
    groups = collections.defaultdict(list)
    for number, row in enumerate(expected, 1):
        groups[row["why"] or "usable"].append((number, seen.get(row["file"], {}), row["file"] in accepted))
    print("| expected | pictures | made | of these accepted by `verify` | refused with the right sentence | otherwise, by number in expect.csv |")
    print("|---|---|---|---|---|---|")
    for why in sorted(groups, key=lambda name: name != "usable"):
        print(line(why, groups[why]))
    return 0


def line(why: str, group: list) -> str:
    """One row of the table."""
    made = [number for number, row, _ in group if row.get("outcome") == "made"]
    accepted = [number for number, _, good in group if good]
    right = [number for number, row, _ in group if row.get("code") in SENTENCES.get(why, [])]
    wrong = [
        f"{number} {row.get('code') or row.get('outcome') or 'missing'}"
        for number, row, good in group
        if not (good if why == "usable" else number in right)
    ]
    cells = [
        "usable" if why == "usable" else f"refused: {why}",
        str(len(group)),
        str(len(made)),
        str(len(accepted)),
        "-" if why == "usable" else str(len(right)),
        ", ".join(wrong) or "-",
    ]
    return "| " + " | ".join(cells) + " |"


def verified(path: str) -> bool:
    """Whether `portrait verify`, a process of its own, accepts the file."""
    command = [PORTRAIT, "verify", path, "--json", *STANDARD]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return ran.returncode == 0 and json.loads(ran.stdout)["verdict"] != "block"


if __name__ == "__main__":
    sys.exit(main())
