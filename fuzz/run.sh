#!/usr/bin/env bash
# Fuzzes each target for so many seconds, two at a time, and prints what was tried. Needs nightly Rust; installs cargo-fuzz.
#
#     fuzz/run.sh [SECONDS] [TARGET...]
#
# What breaks a target lies in fuzz/finds/TARGET afterwards, where `cargo test --test fuzz` replays it until it is mended.
set -euo pipefail
cd "$(dirname "$0")"

CARGO_FUZZ=0.13.2
# A page is far longer than this; what is wrong with one shows in a short one.
LONGEST=16384
# No input so short may take a second, nor all of them together more memory than this.
SECONDS_AN_INPUT=1
MEGABYTES=256

seconds=${1:-120}
[ $# -gt 0 ] && shift
all=(snapshot page price structured state rules ledger notice)
targets=("${all[@]}")
[ $# -eq 0 ] || targets=("$@")
fail() { printf 'fuzz: %s\n' "$*" >&2; exit 1; }

rustup toolchain list | grep -q '^nightly' || fail "nightly Rust is missing: rustup toolchain install nightly --profile minimal"
cargo +nightly fuzz --version 2>/dev/null | grep -q "$CARGO_FUZZ" || cargo +nightly install --quiet --locked "cargo-fuzz@$CARGO_FUZZ"
(cd .. && cargo run --quiet --locked --package xtask -- seeds)
# The product has no unsafe code that a sanitizer could watch, and runs three times as often without one.
cargo +nightly fuzz build --release --sanitizer none >/dev/null 2>&1 || fail "the targets do not build: cargo +nightly fuzz build --release --sanitizer none"
programs=target/$(rustc +nightly -vV | sed -n 's/^host: //p')/release
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

one() {
  local target=$1 status=0
  mkdir -p "finds/$target" "corpus/$target" "kept/$target"
  "$programs/$target" "corpus/$target" "kept/$target" -max_total_time="$seconds" -max_len="$LONGEST" -timeout="$SECONDS_AN_INPUT" \
    -rss_limit_mb="$MEGABYTES" -artifact_prefix="finds/$target/" -print_final_stats=1 >"$logs/$target" 2>&1 || status=$?
  stat() { sed -n "s/^stat::$1: *//p" "$logs/$target"; }
  printf '%-11s %9s runs  %5s s  %4s MB at most  slowest %s s  %s\n' "$target" "$(stat number_of_executed_units)" "$seconds" \
    "$(stat peak_rss_mb)" "$(stat slowest_unit_time_sec)" "$([ $status = 0 ] && echo ok || echo BROKEN)"
  rmdir "finds/$target" 2>/dev/null || true
  [ $status = 0 ] || { grep -m3 -E 'panicked|ERROR|SUMMARY' "$logs/$target"; return 1; }
}

broken=0
running=()
for target in "${targets[@]}"; do
  one "$target" &
  running+=($!)
  if [ ${#running[@]} = 2 ]; then
    for job in "${running[@]}"; do wait "$job" || broken=1; done
    running=()
  fi
done
for job in "${running[@]}"; do wait "$job" || broken=1; done
exit $broken
