#!/usr/bin/env bash
# Frames without a code: what is read in them is false. Some twenty processor minutes; a run that was broken off goes on
# where it was, from target/codes-free.log. Delete that file after a change to the reader.
#   FACES_SET=DIR   a folder of faces, for the frames with people
#   FRAMES          how many (100,000)
set -euo pipefail
[ -n "${FACES_SET:-}" ] || exit 3
target="${CARGO_TARGET_DIR:-target}"
"$target/debug/examples/codes" free "${FRAMES:-100000}" "$target/codes-free.log"
