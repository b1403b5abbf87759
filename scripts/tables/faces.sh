#!/usr/bin/env bash
# What `portrait batch` makes of a set of faces, beside what is expected of it, as Markdown (`make tables`).
#   FACES_SET=DIR   a folder of faces with expect.csv
set -euo pipefail
cd "$(dirname "$0")/../.."
[[ -n "${FACES_SET:-}" ]] || exit 3
exec python3 -B scripts/tables/faces.py
