#!/usr/bin/env bash
# What known faults, made from good pictures, do to every check: the usable pictures of $FACES_SET, as Markdown.
set -euo pipefail
[ -n "${FACES_SET:-}" ] || { echo "faults: name FACES_SET, a folder of faces with expect.csv" >&2; exit 3; }
"${CARGO_TARGET_DIR:-target}/debug/examples/faults_table" "$FACES_SET"
