"""The peers of `eval`, which are Python packages: zxing-cpp for codes, and MODNet in ONNX Runtime for portraits.

    peers.py zxing FOLDER            reads a set of photographed codes; prints one JSON object
    peers.py modnet MODEL PICTURE... for each line on standard input runs MODNet once on every picture and prints the seconds of
                                     one picture

Run by `eval bench` and `eval codes-set`, in the environment that scripts/bench.sh sets up.
"""

import json
import os
import sys
import time
from pathlib import Path

# ONNX Runtime contacts a telemetry host when it is loaded, unless this is set before.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def zxing(folder: Path) -> None:
    """Reads every picture of the set once and prints how many were read rightly, wrongly and not at all."""
    import zxingcpp
    from PIL import Image

    read = right = wrong = missed = 0
    millis = []
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        picture = Image.open(folder / entry["file"]).convert("L")
        started = time.thread_time()
        texts = [code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]
        millis.append((time.thread_time() - started) * 1000)
        read += entry["text"] in texts
        if not texts:
            missed += 1
        elif all(text == entry["text"] for text in texts):
            right += 1
        else:
            wrong += 1
    print(json.dumps({"read": read, "right": right, "wrong": wrong, "missed": missed, "millis": millis}))


def modnet(model: Path, pictures: list[Path]) -> None:
    """MODNet as HivisionIDPhotos runs it: the whole picture at short side 512, two threads, no checks."""
    import numpy as np
    import onnxruntime
    from PIL import Image

    def tensor(path: Path):
        image = Image.open(path).convert("RGB")
        scale = 512 / min(image.size)
        size = [max(32, round(side * scale / 32) * 32) for side in image.size]
        pixels = np.asarray(image.resize(size, Image.Resampling.BOX), np.float32)
        return ((pixels - 127.5) / 127.5).transpose(2, 0, 1)[None]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
    tensors = [tensor(path) for path in pictures]
    for _ in sys.stdin:
        started = time.monotonic()
        for values in tensors:
            session.run(None, {"input": values})
        print((time.monotonic() - started) / len(tensors), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "zxing":
        zxing(Path(sys.argv[2]))
    else:
        modnet(Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
