#!/usr/bin/env bash
# Compiles the demo's programs, and meanwhile fetches the models: the one waits for the processor, the other for the network.
#   scripts/build-demo.sh CARGO-ARGUMENTS
set -euo pipefail
cd "$(dirname "$0")/.."

python3 models/fetch.py &
models=$!
if ! cargo build "$@"; then
  kill "$models" 2>/dev/null || true
  wait "$models" 2>/dev/null || true
  exit 1
fi
if ! wait "$models"; then
  echo "build-demo: the programs are there, the models are not; the reason is above. make run goes on where this ended" >&2
  exit 1
fi
