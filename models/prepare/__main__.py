"""python -m prepare WAY SOURCE TARGET: one preparation, by the name it has in the manifest."""

import sys

from . import modnet_int8, reblock, tflite_to_onnx

WAYS = {
    "modnet-int8": modnet_int8.convert,
    "reblock": lambda source, target: reblock.reblock(source, target, dynamic_size=False),
    "reblock-dynamic": lambda source, target: reblock.reblock(source, target, dynamic_size=True),
    "tflite": tflite_to_onnx.convert,
}


def main() -> None:
    """Runs the preparation; a mistake is a traceback, since only a programmer can fix it."""
    way, source, target = sys.argv[1:]
    WAYS[way](source, target)


if __name__ == "__main__":
    main()
