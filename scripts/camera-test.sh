#!/usr/bin/env bash
# The real camera service, and the kiosk, in an emulated PC with an emulated USB webcam.
#   scripts/camera-test.sh               all cases
#   scripts/camera-test.sh --short       the most important ones, about two minutes
#   scripts/camera-test.sh --only NAME   one of tests/hil/cases.py, or `preview`, the kiosk's screen
# The guest is built once and kept in the target folder.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cache=$target/camera-guest

command -v qemu-system-x86_64 >/dev/null || { echo "camera-test: QEMU is missing; run scripts/packages.sh camera" >&2; exit 1; }
tests/hil/build.sh "$cache"
exec python3 -B tests/hil/run.py --cache "$(realpath "$cache")" --programs "$(realpath "$target/debug")" \
  --models "$(realpath "${KIOSK_MODELS:-models/cache}")" "$@"
