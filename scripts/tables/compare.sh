#!/usr/bin/env bash
# Cosines and error rates of comparing two pictures. FACES_SET names a folder of faces with people.csv.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -n "${FACES_SET:-}" ] || exit 3
exec "${CARGO_TARGET_DIR:-target}/debug/examples/compare_table" "$FACES_SET"
