#!/usr/bin/env bash
# Coverage-guided fuzzing of the photo engine with libFuzzer and the address sanitizer.
#   scripts/fuzz.sh MINUTES [TARGET ...]   each target that long; both if none is named
#   scripts/fuzz.sh seeds                  rewrites the seeds from the tests' generators
# Targets: decode (any bytes), verdict (pictures of people, distorted by scripts, from decoding to verification).
# Findings go to $CARGO_TARGET_DIR/fuzz; a crash is reported with its file, which belongs, minimised, into fuzz/seeds/TARGET.
# The sanitizers are unstable, so RUSTC_BOOTSTRAP permits them; the product is never built that way.
set -euo pipefail
cd "$(dirname "$0")/.."
export ORT_DISABLE_TELEMETRY=1 # the fuzzer has threads before the library is loaded

home="$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")/fuzz"
machine="$(rustc -vV | sed -n 's/^host: //p')"
seeds="$PWD/fuzz/seeds"

build() {
  # The flags of cargo-fuzz 0.13.
  RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$home" RUSTFLAGS="-Zsanitizer=address -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 -Ccodegen-units=1 --cfg fuzzing" \
    cargo build --manifest-path fuzz/Cargo.toml --release --target "$machine" --bin "$1"
}

if [ "${1:-}" = seeds ]; then
  CARGO_TARGET_DIR="$home/plain" cargo run --quiet --manifest-path fuzz/Cargo.toml --bin seeds "$seeds"
  exit
fi

minutes="${1:?how many minutes?}"
shift
targets=("${@:-decode verdict}")
code=0
# shellcheck disable=SC2068 # the default is two words
for target in ${targets[@]}; do
  build "$target"
  corpus="$home/corpus/$target"
  found="$home/found/$target"
  mkdir -p "$corpus" "$found"
  # Memory: 60 megapixels, progressive, as coefficients and pixels. Time: one slow verdict under the sanitizer.
  limits=(-rss_limit_mb=4096 -timeout=60 -max_len=32768 -len_control=20)
  [ "$target" = verdict ] && limits=(-rss_limit_mb=6144 -timeout=120 -max_len=96)
  echo "fuzz: $target for $minutes min"
  ASAN_OPTIONS="detect_leaks=0:abort_on_error=1" "$home/$machine/release/$target" "$corpus" "$seeds/$target" \
    -max_total_time=$((minutes * 60)) -artifact_prefix="$found/" -print_final_stats=1 -verbosity=1 "${limits[@]}" \
    >"$home/$target.log" 2>&1 || code=1
  grep --extended-regexp '^stat::|^Done|SUMMARY|panicked|Test unit written' "$home/$target.log" || true
done
exit "$code"
