#!/usr/bin/env bash
# Time of live frames beside both plain decoders.
#   QR_SET=DIR   a folder of photographed codes with expected.jsonl
set -euo pipefail
[ -n "${QR_SET:-}" ] || exit 3
"${CARGO_TARGET_DIR:-target}/debug/examples/codes" time "$QR_SET"
