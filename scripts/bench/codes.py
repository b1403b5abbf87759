"""Rows about codes: how many of a set of photographs are read, and how long a camera frame takes."""

import json
import os
import tempfile
import time
from pathlib import Path

from PIL import Image

from measure import NotMeasured, median, percentile, program, run

FRAME = (1280, 720)
PROMISE = ">= 150 of 160, 0 wrong, <= 500 ms each; peer zxing-cpp"
PROMISE_LIVE = "median <= 15 ms, p95 and give-up <= 40 ms"


def rows():
    """Each row as (name, budget, command, function)."""
    return [
        ("codes read", PROMISE, "QR_SET=DIR make bench", read_set),
        ("code time, 1280x720, live mode", PROMISE_LIVE, "QR_SET=DIR make bench", live),
        ("false reads", "0 over >= 100,000 code-free frames", "make tables TABLE=codes-false", false_reads),
    ]


def picture_set() -> tuple[Path, dict]:
    """The folder of pictures and what each of them says."""
    folder = os.environ.get("QR_SET")
    if not folder:
        raise NotMeasured("QR_SET names no folder of pictures with its expected.jsonl")
    expected = {}
    for line in (Path(folder) / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        expected[entry["file"]] = entry["text"]
    return Path(folder), expected


def read_set() -> str:
    folder, expected = picture_set()
    ran = run([program("scan"), "--json", *(str(folder / name) for name in expected)])
    right = wrong = 0
    for line in ran.lines:
        texts = [text for text in line["texts"] if text is not None]
        wanted = expected[Path(line["file"]).name]
        right += wanted in texts
        wrong += any(text != wanted for text in texts)
    slowest = max(line["millis"] for line in ran.lines)
    peer_right, peer_wrong = _peer(folder, expected)
    return (
        f"{right} of {len(expected)}, {wrong} wrong, slowest {slowest:.0f} ms with decoding the file; "
        f"zxing-cpp {peer_right}, {peer_wrong} wrong"
    )


def _peer(folder: Path, expected: dict) -> tuple[int, int]:
    import zxingcpp

    right = wrong = 0
    for name, wanted in expected.items():
        picture = Image.open(folder / name).convert("L")
        texts = [code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]
        right += wanted in texts
        wrong += any(text != wanted for text in texts)
    return right, wrong


def print_peer_row() -> None:
    """One row of the table codes-set: zxing-cpp as it comes."""
    import zxingcpp

    folder, expected = picture_set()
    right = wrong = 0
    millis = []
    for name, wanted in expected.items():
        picture = Image.open(folder / name).convert("L")
        started = time.thread_time()
        texts = [code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]
        millis.append((time.thread_time() - started) * 1000)
        right += texts != [] and all(text == wanted for text in texts)
        wrong += any(text != wanted for text in texts)
    missed = len(expected) - right - wrong
    print(
        f"| zxing-cpp | {right} | {wrong} | {missed} | - | {median(millis):.1f} | {percentile(millis, 0.95):.1f} "
        f"| {max(millis):.1f} |"
    )


def live() -> str:
    """Frames are drawn from the set's pictures: fitted into a camera's frame on grey."""
    folder, expected = picture_set()
    with tempfile.TemporaryDirectory() as frames:
        names = [_frame(folder / name, Path(frames)) for name in expected]
        empty = Path(frames) / "empty.bmp"
        Image.effect_noise(FRAME, 40).convert("RGB").save(empty)
        started = time.monotonic()
        lines = run([program("scan"), "--json", "--mode", "live", *names]).lines
        wall = (time.monotonic() - started) * 1000 / len(lines)
        give_up = run([program("scan"), "--json", "--mode", "live", *[str(empty)] * 40]).lines
    read = [line["millis"] for line in lines if line["texts"]]
    every = [line["millis"] for line in lines]
    return (
        f"median {median(read):.1f} ms over {len(read)} frames read, p95 of all {len(every)} "
        f"{percentile(every, 0.95):.1f} ms, noise given up after {median(x['millis'] for x in give_up):.1f} ms; "
        f"with reading an uncompressed file each; {wall:.1f} ms a frame on the wall clock"
    )


def _frame(picture: Path, folder: Path) -> str:
    frame = Image.new("RGB", FRAME, (128, 128, 128))
    image = Image.open(picture).convert("RGB")
    image.thumbnail(FRAME)
    frame.paste(image, ((FRAME[0] - image.width) // 2, (FRAME[1] - image.height) // 2))
    path = folder / (picture.stem + ".bmp")
    frame.save(path)
    return str(path)


def false_reads() -> str:
    raise NotMeasured("takes twenty processor minutes; `make tables TABLE=codes-false` counts them")
