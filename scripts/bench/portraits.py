"""Rows about the portrait, each against MODNet alone at short side 512 in ONNX Runtime, in one run."""

import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from measure import MODELS, ROOT, NotMeasured, median, program, run

ROUNDS = 5
COPIES = 6  # of every picture in the long batch: the slope between one and many is the time of a picture
PROMISE = "<= 0.68 of the peer's time"
STANDARD = ["--preset", "chsi", "--background", "blue"]
LIVE = "examples/live_times"
BATCH = "portrait batch DIR -o OUT --preset chsi --background blue"


def rows():
    """Each row as (name, budget, command, function)."""
    return [
        ("portrait, all checks and verification, against MODNet alone", PROMISE, BATCH, against_peer),
        ("portrait, peak memory", "<= 396 MB", BATCH, peak),
        ("portrait of 12 megapixels", "<= 1 s", BATCH, large),
        ("live verdict", "<= 60 ms", f"{LIVE} PRESET IMG...", live),
    ]


def pictures() -> list[Path]:
    """The demo pictures that become a portrait: a refusal returns early and would flatter us."""
    made = []
    for path in sorted((MODELS / "demo").glob("*.*g")):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.jpg"
            run([program("portrait"), "make", str(path), "-o", str(out), "--json", *STANDARD])
            if out.is_file():
                made.append(path)
    if not made:
        raise NotMeasured("no demo picture became a portrait")
    return made


def batch_seconds(paths: list[Path], copies: int) -> tuple[float, float]:
    """Seconds of one `portrait batch` over `copies` of each picture, and its peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for path in paths:
            for copy in range(copies):
                shutil.copy(path, source / f"{path.stem}-{copy}{path.suffix}")
        ran = run([program("portrait"), "batch", str(source), "-o", str(Path(folder) / "out"), *STANDARD])
    return ran.seconds, ran.peak_mb


def our_seconds(paths: list[Path]) -> float:
    """Seconds of one portrait, start and loading taken out."""
    short, _ = batch_seconds(paths, 1)
    long, _ = batch_seconds(paths, COPIES)
    return (long - short) / (len(paths) * (COPIES - 1))


class Peer:
    """MODNet as HivisionIDPhotos runs it: the whole picture at short side 512, two threads, no checks."""

    def __init__(self, paths: list[Path]):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(MODELS / "modnet.onnx", options, ["CPUExecutionProvider"])
        self.tensors = [self.tensor(path) for path in paths]

    @staticmethod
    def tensor(path: Path):
        image = Image.open(path).convert("RGB")
        scale = 512 / min(image.size)
        size = [max(32, round(side * scale / 32) * 32) for side in image.size]
        pixels = np.asarray(image.resize(size, Image.Resampling.BOX), np.float32)
        return ((pixels - 127.5) / 127.5).transpose(2, 0, 1)[None]

    def seconds(self) -> float:
        """Seconds of one picture, averaged over all of them."""
        started = time.monotonic()
        for tensor in self.tensors:
            self.session.run(None, {"input": tensor})
        return (time.monotonic() - started) / len(self.tensors)


def against_peer() -> str:
    paths = pictures()
    peer = Peer(paths)
    peer.seconds()  # the first run allocates
    ours, theirs = [], []
    for _ in range(ROUNDS):  # interleaved, so that a busy machine is busy for both
        theirs.append(peer.seconds())
        ours.append(our_seconds(paths))
    ratio = median(mine / other for mine, other in zip(ours, theirs))
    return (
        f"{ratio:.2f} (ours {median(ours) * 1000:.0f} ms, MODNet alone {median(theirs) * 1000:.0f} ms; "
        f"{len(paths)} pictures, {ROUNDS} rounds, medians)"
    )


def peak() -> str:
    _, peak_mb = batch_seconds(pictures(), 2)
    return f"{peak_mb:.0f} MB"


def large() -> str:
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "big.jpg"
        path = pictures()[0]
        image = Image.open(path).convert("RGB")
        scale = (12_000_000 / (image.width * image.height)) ** 0.5
        image = image.resize([round(side * scale) for side in image.size], Image.Resampling.LANCZOS)
        image.save(big, quality=92)
        return f"{median(our_seconds([big]) for _ in range(3)):.2f} s ({image.width} x {image.height})"


def live() -> str:
    demo = [str(path) for path in sorted((MODELS / "demo").glob("*.*g"))]
    preset = str(ROOT / "kiosk-config" / "presets" / "chsi.toml")
    [line] = run([program(LIVE), preset, *demo]).lines
    return (
        f"median {line['median_millis']:.0f} ms, p95 {line['p95_millis']:.0f} ms over {line['frames']} frames of 1280x720"
    )
