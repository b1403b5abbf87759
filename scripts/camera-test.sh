#!/usr/bin/env bash
# The real camera service in an emulated PC with an emulated USB webcam: `camera-test.sh` all cases, `camera-test.sh --short`
# the most important ones, `--only NAME` one of tests/hil/cases.py. The guest is made once and kept below the target folder.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cache=$target/camera-guest

command -v qemu-system-x86_64 >/dev/null || { echo "camera-test: QEMU is missing; run scripts/packages.sh camera" >&2; exit 1; }
tests/hil/build.sh "$cache"
exec python3 -B tests/hil/run.py --cache "$(realpath "$cache")" --probe "$(realpath "$target/debug/examples/probe")" \
  --picture models/cache/demo/person_a_2.jpg "$@"
