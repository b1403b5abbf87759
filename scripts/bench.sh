#!/usr/bin/env bash
# Runs `eval` with its Python peers, which are installed from the package registry into an environment below the target folder.
#   scripts/bench.sh bench                     the budgets (`make bench`)
#   scripts/bench.sh codes-set --write         a table that needs a peer
#   QR_SET=DIR   a folder of photographed codes with expected.jsonl ({"file","text"} a line), for the rows about codes
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
venv="$target/bench/venv"
wanted=scripts/bench/requirements.txt
if ! cmp --silent "$wanted" "$venv/requirements.txt"; then
  echo "bench: installing the peers (about 60 MB, once)"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
  cp "$wanted" "$venv/requirements.txt"
fi
exec "$target/debug/eval" "$@" --peers "$venv/bin/python"
