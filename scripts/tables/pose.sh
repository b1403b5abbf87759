#!/usr/bin/env bash
# Error of the head pose where the true change is known: the usable pictures of $FACES_SET, as Markdown.
set -euo pipefail
[ -n "${FACES_SET:-}" ] || { echo "pose: name FACES_SET, a folder of faces with expect.csv" >&2; exit 3; }
"${CARGO_TARGET_DIR:-target}/debug/examples/pose_table" "$FACES_SET"
