#!/usr/bin/env bash
# Codes held up by hand before the recorded camera: time to a live binding.
#   QR_SET=DIR   a folder of photographed codes with expected.jsonl
set -euo pipefail
[ -n "${QR_SET:-}" ] || exit 3
"${CARGO_TARGET_DIR:-target}/debug/examples/codes" sequences "$QR_SET"
