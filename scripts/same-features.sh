#!/usr/bin/env bash
# Checks that the demo, the programs and the tests build every crate with the same features. Otherwise the crate is compiled twice, and with
# it nearly everything that depends on it: minutes in every cold build. Prints such crates. Fix: name the test dependency that adds the
# feature under [dependencies] of the package `tests`; a feature that only `tests` or `eval` adds goes into the lists of ui/Cargo.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

# usage: features EDGES [PACKAGES]
features() {
  cargo tree --workspace --locked --edges "$@" --prefix none --format '{p} [{f}]' | sed -E 's/ \((\*|proc-macro)\)//g' | sort --unique
}

both=$(features normal,build,dev)
twice=$(comm -23 <(sort --unique <(features normal,build) <(features normal,build --exclude eval --exclude tests)) <(echo "$both"))
if [ -n "$twice" ]; then
  echo "features: compiled once more for other tests or programs, with other features:" >&2
  echo "$twice" >&2
  exit 1
fi
echo "features: demo, programs and tests see the same ones"
