#!/usr/bin/env bash
# The demo (`make run`): central on loopback with its demo school, then the kiosk, enrolled with it. Ctrl-C ends both.
# The kiosk opens in a window where there is a display, full-screen where there is only a screen, and with neither it plays one visit
# by itself and says where the pictures lie.
#   scripts/run.sh headless   plays the visit by itself wherever it is
set -euo pipefail
cd "$(dirname "$0")/.."

programs="${CARGO_TARGET_DIR:-target}/debug"
state="${KIOSK_STATE:-${XDG_DATA_HOME:-$HOME/.local/share}/campus-portrait-kiosk/demo}"
out="out/demo"
patience=120 # seconds for central to seed its school and be ready

mkdir -p "$state"

central=""
stop() {
  if [ -n "$central" ] && kill -0 "$central" 2>/dev/null; then
    kill -TERM "$central"
    wait "$central" 2>/dev/null || true
  fi
}
trap stop EXIT
trap 'exit 130' INT TERM

start_central() {
  echo "run: starting central; its data is in $state, its log in $state/central.log"
  "$programs/central" demo --state "$state" >"$state/central.ready" 2>"$state/central.log" &
  central=$!
  local until=$((SECONDS + patience))
  until grep --quiet '^ready ' "$state/central.ready" 2>/dev/null; do
    if ! kill -0 "$central" 2>/dev/null; then
      echo "run: central did not start. It said:" >&2
      tail -n 12 "$state/central.log" >&2
      exit 1
    fi
    if [ "$SECONDS" -ge "$until" ]; then
      echo "run: central is not ready after $patience s; see $state/central.log" >&2
      exit 1
    fi
    sleep 0.1
  done
  grep '^ready ' "$state/central.ready" | sed 's/^/run: central is /'
}

has_display() { [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; }

has_screen() {
  compgen -G '/dev/dri/card*' >/dev/null && grep --quiet --line-regexp connected /sys/class/drm/card*-*/status 2>/dev/null
}

start_kiosk() {
  if [ "$1" = headless ]; then
    play_a_visit
  elif has_display; then
    echo "run: opening the kiosk in a window"
    SLINT_BACKEND="${SLINT_BACKEND:-winit-software}" "$programs/kiosk" --config "$state/kiosk.toml"
  elif has_screen; then
    echo "run: opening the kiosk full-screen"
    SLINT_BACKEND="${SLINT_BACKEND:-linuxkms-software}" "$programs/kiosk" --config "$state/kiosk.toml"
  else
    play_a_visit
  fi
}

play_a_visit() {
  echo "run: no display and no screen is used; one visit plays by itself"
  mkdir -p "$out"
  "$programs/kiosk" --config "$state/kiosk.toml" play kiosk-config/demo/visit.toml --out "$out"
  echo "run: the screens:"
  find "$out" -maxdepth 1 -name '*.png' | sort | sed 's/^/  /'
  echo "run: the finished portrait:"
  find "$out" -maxdepth 1 -name '*.jpg' | sort | sed 's/^/  /'
}

start_central
start_kiosk "${1:-}"
