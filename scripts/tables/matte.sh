#!/usr/bin/env bash
# Routes to a matte on scenes with known alpha, and what EdgeFringe sees at good and bad edges, as Markdown (`make tables`).
#   FACES_SET=DIR   a folder of faces with expect.csv
set -euo pipefail
cd "$(dirname "$0")/../.."
[[ -n "${FACES_SET:-}" ]] || exit 3
exec python3 -B scripts/tables/matte.py
