#!/usr/bin/env bash
# Gives random input to what reads files and texts of strangers: each target of crates/fuzz for FUZZ_SECONDS
# (default 60), or those named. Says executions, executions a second and finds; a found input is written to
# target/fuzz-finds, with the command that repeats it.
#
#   scripts/fuzz.sh [target…]
set -euo pipefail
cd "$(dirname "$0")/.."
# Optimised as the dev profile is, with its checks for overflow: that is what finds most.
cargo build --locked --quiet --package kexun-fuzz
# A target that asks for endless memory ends, instead of the machine.
ulimit -v $((8 << 20))
exec "${CARGO_TARGET_DIR:-target}/debug/kexun-fuzz" --seconds "${FUZZ_SECONDS:-60}" ${FUZZ_SEED:+--seed "$FUZZ_SEED"} "$@"
