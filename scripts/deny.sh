#!/usr/bin/env bash
# Licences, bans and sources of everything that is linked, by the rules of deny.toml.
#   scripts/deny.sh                   check
#   scripts/deny.sh install VERSION   install cargo-deny if it is missing (about 90 s of one core)
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" = install ]; then
  cargo deny --version >/dev/null 2>&1 && exit 0
  echo "deny: installing cargo-deny $2"
  # Unoptimised: it compiles four times faster, and a check still takes two seconds. Without its default
  # features it cannot fetch advisories, which are not checked here.
  exec cargo install cargo-deny --locked --version "$2" --debug --no-default-features
fi

# Duplicate versions are only warnings, because dependencies pin them; DENY_LOG=warn shows them.
cargo deny --log-level "${DENY_LOG:-error}" check licenses bans sources
