#!/usr/bin/env bash
# Installs the Debian packages that are missing, and does nothing where none is.
#   scripts/packages.sh         what building and running need
#   scripts/packages.sh test    what the tests need besides: headless Chromium for the review page, a display without a screen, and
#                               `ip`, for a network namespace with nothing but loopback
#   scripts/packages.sh camera  what `make camera-test` needs besides: an emulated PC and what its guest is made of
set -euo pipefail

wanted=(
  build-essential pkg-config ca-certificates
  libclang-dev       # bindgen, for the camera's kernel interface
  libudev-dev libinput-dev libgbm-dev libxkbcommon-dev # full screen without a display server
  libfontconfig-dev fonts-noto-cjk # without a Chinese font, Chinese is drawn as nothing
  fonts-dejavu-core  # accented Latin letters, in the names of those who took the demo pictures
  libssl-dev         # SQLCipher's cipher
  python3-venv       # make models
)
[ "${1:-}" = test ] && wanted+=(chromium chromium-driver xvfb iproute2)
[ "${1:-}" = camera ] && wanted+=(qemu-system-x86 busybox-static cpio kmod xkb-data libinput-bin)

if ! command -v apt-get >/dev/null; then
  echo "packages: this is no Debian. Install your system's forms of: ${wanted[*]}"
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null || true)
  [ "$state" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "packages: all ${#wanted[@]} are here"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "packages: missing: ${missing[*]}. Only root can install them: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "packages: installing ${missing[*]}"
"${as_root[@]}" apt-get update --quiet
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
