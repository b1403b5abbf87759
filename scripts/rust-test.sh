#!/usr/bin/env bash
# All Rust tests. The programs are built first: the end-to-end tests run them as real processes.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --workspace --all-targets --locked
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --workspace --locked --no-fail-fast
else
  cargo test --workspace --all-targets --locked --no-fail-fast
fi

# Documentation examples: only of crates that have any, because looking for them takes seconds in each.
mapfile -t crates < <(grep --recursive --files-with-matches --extended-regexp '^ *//[/!] *```' --include='*.rs' src/*/src ui/src tests/src |
  sed -E 's#/src/.*##' | sort --unique)
for crate in "${crates[@]}"; do
  name=$(sed -nE 's/^name = "(.*)"/\1/p' "$crate/Cargo.toml" | head -n 1)
  if [ -f "$crate/src/lib.rs" ]; then
    cargo test --doc --locked --package "$name"
  fi
done
