#!/usr/bin/env bash
# Whether edits of a photograph are told from other photographs. FACES_SET names a folder of faces with people.csv.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -n "${FACES_SET:-}" ] || exit 3
exec "${CARGO_TARGET_DIR:-target}/debug/examples/same_photo_table" "$FACES_SET"
