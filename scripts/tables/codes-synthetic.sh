#!/usr/bin/env bash
# Generated codes, axis by axis. VIEWS codes for each step (30).
set -euo pipefail
"${CARGO_TARGET_DIR:-target}/debug/examples/codes" synthetic "${VIEWS:-30}"
