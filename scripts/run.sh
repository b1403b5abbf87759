#!/usr/bin/env bash
# The demo (`make run`): central on loopback with its demo school, then the kiosk, enrolled with it. Ctrl-C ends both.
# The kiosk opens in a window if there is a display, full-screen if there is only a screen; with neither, one visit plays by itself, and
# the paths of the pictures are printed.
#   scripts/run.sh headless   plays the visit by itself in any case
set -euo pipefail
cd "$(dirname "$0")/.."

programs="${CARGO_TARGET_DIR:-target}/debug"
state="${KIOSK_STATE:-${XDG_DATA_HOME:-$HOME/.local/share}/campus-portrait-kiosk/demo}"
out="out/demo"
ready_timeout=120 # seconds for central to make its school and be ready

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
  local until=$((SECONDS + ready_timeout))
  until grep --quiet '^ready ' "$state/central.ready" 2>/dev/null; do
    if ! kill -0 "$central" 2>/dev/null; then
      echo "run: central did not start. It said:" >&2
      tail -n 12 "$state/central.log" >&2
      exit 1
    fi
    if [ "$SECONDS" -ge "$until" ]; then
      echo "run: central is not ready after $ready_timeout s; see $state/central.log" >&2
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

# Prints how the kiosk is shown: "headless" if that is asked for, or if there is nothing to show it on.
output_mode() {
  if [ "${1:-}" = headless ]; then
    echo headless
  elif has_display; then
    echo window
  elif has_screen; then
    echo screen
  else
    echo headless
  fi
}

start_kiosk() {
  case "$1" in
    window)
      echo "run: opening the kiosk in a window"
      SLINT_BACKEND="${SLINT_BACKEND:-winit-software}" "$programs/kiosk" --config "$state/kiosk.toml"
      ;;
    screen)
      echo "run: opening the kiosk full-screen"
      SLINT_BACKEND="${SLINT_BACKEND:-linuxkms-software}" "$programs/kiosk" --config "$state/kiosk.toml"
      ;;
    headless)
      play_a_visit
      ;;
  esac
}

# The scripts name pictures relative to themselves, so scripts and faces are put where the codes are, and the PIN is filled in.
prepare_scripts() {
  ln --symbolic --force --no-dereference "$(realpath "${KIOSK_MODELS:-models/cache}")/demo" "$state/faces"
  local pin script
  pin=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["staff"]["pin"])' "$state/demo.json")
  for script in kiosk-config/demo/*.toml; do
    sed "s/@PIN@/$pin/" "$script" >"$state/$(basename "$script")"
  done
}

play_a_visit() {
  echo "run: no display and no screen is used; one visit plays by itself (about half a minute)"
  prepare_scripts
  rm -rf "$out"
  mkdir -p "$out"
  local code=0
  "$programs/kiosk" --config "$state/kiosk.toml" play "$state/visit.toml" --out "$out" >/dev/null 2>"$state/kiosk.log" || code=$?
  echo "run: the screens:"
  find "$out" -maxdepth 1 -name '*.png' | sort | sed 's/^/  /'
  if [ "$code" -ne 0 ]; then
    echo "run: the visit did not reach its end; out/demo/summary.json and $state/kiosk.log say why" >&2
    tail -n 12 "$state/kiosk.log" >&2
    exit "$code"
  fi
  echo "run: the finished portrait:"
  find "$out" -maxdepth 1 -name '*.jpg' | sort | sed 's/^/  /'
}

mode=$(output_mode "${1:-}")
if [ "$mode" = headless ]; then
  # A student submits once, so a visit that plays by itself needs a new school each time.
  state="$state/headless"
  rm -rf "$state"
  mkdir -p "$state"
fi
start_central
start_kiosk "$mode"
