#!/usr/bin/env bash
# Measures the budgets (`make bench`). Peers come from the package registry into an environment below the target folder.
#   QR_SET=DIR   a folder of photographed codes with expected.jsonl ({"file","text"} a line), for the rows about codes
set -euo pipefail
cd "$(dirname "$0")/.."

venv="${CARGO_TARGET_DIR:-target}/bench/venv"
wanted=scripts/bench/requirements.txt
if ! cmp --silent "$wanted" "$venv/requirements.txt"; then
  echo "bench: setting up the peers (about 60 MB, once)"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
  cp "$wanted" "$venv/requirements.txt"
fi
exec "$venv/bin/python" -B scripts/bench/bench.py
