#!/usr/bin/env bash
# Fuzzes every target for FUZZ_SECONDS (default 60). Needs cargo-fuzz and a nightly compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
  echo "fuzz: needs a nightly compiler and cargo-fuzz: rustup toolchain install nightly && cargo install cargo-fuzz" >&2
  exit 1
fi
found=0
for fuzz in crates/*/fuzz; do
  [[ -d $fuzz ]] || continue
  for target in $(cd "$fuzz" && cargo +nightly fuzz list); do
    found=1
    (cd "$fuzz" && cargo +nightly fuzz run "$target" -- -max_total_time="${FUZZ_SECONDS:-60}")
  done
done
[[ $found == 1 ]] || { echo "fuzz: there is no target below crates/*/fuzz" >&2; exit 1; }
