#!/usr/bin/env bash
# Checks that tests and programs build every crate with the same features. Otherwise the crate is compiled twice, and with it nearly
# everything that depends on it: minutes in every cold build. Prints such crates. Fix: name the test dependency that adds the feature under
# [dependencies] of the package `tests`.
set -euo pipefail
cd "$(dirname "$0")/.."

features() {
  cargo tree --workspace --locked --edges "$1" --prefix none --format '{p} [{f}]' | sed -E 's/ \((\*|proc-macro)\)//g' | sort --unique
}

programs=$(features normal,build)
both=$(features normal,build,dev)
twice=$(comm -23 <(echo "$programs") <(echo "$both"))
if [ -n "$twice" ]; then
  echo "features: compiled once more for the tests, with other features:" >&2
  echo "$twice" >&2
  exit 1
fi
echo "features: programs and tests see the same ones"
