#!/usr/bin/env bash
# Lighthouse on the home page of every role, on a fresh demonstration: performance and accessibility, median of five.
# The program is KEXUN_BIN (target/release/kexun), the browser KEXUN_CHROMIUM (Debian's chromium). RUNS=1 and
# ROLES="agent,supervisor" make it short.
set -euo pipefail
cd "$(dirname "$0")/../.."
export KEXUN_BIN=${KEXUN_BIN:-${CARGO_TARGET_DIR:-target}/release/kexun}
export KEXUN_CHROMIUM=${KEXUN_CHROMIUM:-$(command -v chromium || true)}
if [[ ! -x $KEXUN_BIN ]]; then
  echo "lighthouse: first build the program: make release" >&2
  exit 1
fi
if [[ -z $KEXUN_CHROMIUM ]]; then
  echo "lighthouse: no Chromium; on Debian: apt-get install chromium; elsewhere set KEXUN_CHROMIUM" >&2
  exit 1
fi
make --silent scripts/bench/lighthouse/node_modules/.package-lock.json >&2
exec node scripts/bench/lighthouse/run.mjs
