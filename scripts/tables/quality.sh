#!/usr/bin/env bash
# Our mappings against the pairs of raw value and score in $QUALITY_SET, as Markdown.
set -euo pipefail
[ -n "${QUALITY_SET:-}" ] || { echo "quality: name QUALITY_SET, a folder of published raw values and scores" >&2; exit 3; }
"${CARGO_TARGET_DIR:-target}/debug/examples/quality_table" "$QUALITY_SET"
