#!/usr/bin/env bash
# The journeys in Chromium, on SQLite and on PostgreSQL, with fresh data each. Builds nothing: the
# program is KEXUN_BIN (target/debug/kexun), with the web pages in it. A word as argument chooses
# the files of e2e/journeys whose name has it.
set -euo pipefail
cd "$(dirname "$0")/.."
export KEXUN_BIN=${KEXUN_BIN:-${CARGO_TARGET_DIR:-target}/debug/kexun}
export KEXUN_CHROMIUM=${KEXUN_CHROMIUM:-$(command -v chromium || true)}
if [[ ! -x $KEXUN_BIN || ! -e web/dist/index.html ]]; then
  echo "journeys: first build the program and its pages: make release, or make test" >&2
  exit 1
fi
if [[ -z $KEXUN_CHROMIUM ]]; then
  echo "journeys: no Chromium; on Debian: apt-get install chromium; elsewhere set KEXUN_CHROMIUM" >&2
  exit 1
fi
make --silent e2e/node_modules/.package-lock.json
# A cluster of their own: what the tests left is not theirs.
unset KEXUN_TEST_PG
exec scripts/with-postgres.sh node e2e/run.mjs "$@"
