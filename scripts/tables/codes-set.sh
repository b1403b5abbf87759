#!/usr/bin/env bash
# Photographed codes: one live frame and thorough, beside plain rqrr, rxing and zxing-cpp.
#   QR_SET=DIR   a folder of photographed codes with expected.jsonl
set -euo pipefail
[ -n "${QR_SET:-}" ] || exit 3
"${CARGO_TARGET_DIR:-target}/debug/examples/codes" set "$QR_SET"
# The peer that make bench sets up; without it its row is missing.
venv="${CARGO_TARGET_DIR:-target}/bench/venv/bin/python"
if [ -x "$venv" ]; then PYTHONPATH=scripts/bench "$venv" -B -c 'import codes; codes.print_peer_row()'; fi
