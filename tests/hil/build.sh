#!/usr/bin/env bash
# build.sh CACHE: makes the guest's kernel and first file system out of Debian packages, once.
# The kernel comes from the distribution's own linux-image package, unpacked and not installed; everything else is busybox,
# the modules that are needed, and guest-init. Programs are brought in over 9p when the guest runs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
PATH=$PATH:/usr/sbin:/sbin # depmod and modprobe, for those who are not root
mkdir -p "$cache"
cd "$cache"

fail() { echo "camera-test: $*" >&2; exit 1; }

package=$(apt-cache depends linux-image-amd64 | awk '$1 == "Depends:" && $2 ~ /^linux-image/ { print $2; exit }')
[ -n "$package" ] || fail "apt knows no linux-image-amd64; run apt-get update"
version=${package#linux-image-}

if [ ! -e "kernel-$version/complete" ]; then
  rm -rf kernel-* unpacked download
  mkdir download && (cd download && apt-get download --quiet "$package" >/dev/null 2>&1) \
    || fail "$package cannot be downloaded; run apt-get update"
  dpkg-deb -x download/*.deb unpacked
  mkdir "kernel-$version"
  cp "unpacked/boot/vmlinuz-$version" "kernel-$version/vmlinuz"
  depmod -b unpacked "$version"
  # In the order in which they must be loaded, first those for the disk-less start, then the camera's and the screen's.
  : > "kernel-$version/early" && : > "kernel-$version/late"
  mkdir "kernel-$version/modules"
  gather() { # LIST MODULE...: copies modules with what they need
    local list=$1 module file name
    shift
    for module in "$@"; do
      modprobe -d unpacked -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }' | while read -r file; do
        name=$(basename "$file")
        grep -qsx "$name" "kernel-$version/early" "kernel-$version/late" && continue
        cp "$file" "kernel-$version/modules/" && echo "$name" >> "kernel-$version/$list"
      done
    done
  }
  gather early virtio_pci virtio_console 9pnet_virtio 9p
  gather late xhci_pci uvcvideo vivid virtio_gpu virtio_input evdev
  touch "kernel-$version/complete"
  rm -rf unpacked download
fi

# The first file system is made anew when anything that goes into it is newer.
if [ ! -e initrd.gz ] || [ "$here/guest-init" -nt initrd.gz ] || [ "$0" -nt initrd.gz ] || [ "kernel-$version/complete" -nt initrd.gz ]; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  mkdir -p "$root"/{bin,dev,proc,sys,run,tmp,etc,modules,share,lib,usr}
  cp /bin/busybox "$root/bin/busybox"
  cp "$here/guest-init" "$root/init" && chmod 755 "$root/init"
  cp "kernel-$version/modules/"* "$root/modules/"
  cp "kernel-$version/early" "kernel-$version/late" "$root/modules/"
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) > initrd.tmp
  mv initrd.tmp initrd.gz
fi
ln -sfn "kernel-$version" kernel
