#!/usr/bin/env bash
# How much the program asks of a small server: its size, how soon an existing data folder is served, what it
# holds in memory at rest, and what stands in it then. Needs no peer: there is none of its kind.
#   RUNS=5 scripts/bench.sh small
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${RUNS:-5}
port=${PORT:-8190}
program=${KEXUN_BIN:-${CARGO_TARGET_DIR:-target}/release/kexun}
[[ -n ${KEXUN_BIN:-} ]] || make --silent release >&2
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

"$program" demo --scale small --build-only --data "$work/data" >&2
ready() { curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; }
resident() { awk '/^'"$1"':/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; }
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

for ((run = 0; run < runs; run++)); do
  begun=$(date +%s%N)
  "$program" serve --data "$work/data" --listen "127.0.0.1:$port" >"$work/log" 2>&1 &
  server=$!
  until ready; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.005
  done
  echo $((($(date +%s%N) - begun) / 1000000)) >>"$work/starts"
  # What starting takes for a moment is given back by then; a minute at rest shows the same.
  sleep "${REST:-10}"
  resident VmRSS >>"$work/rest"
  echo >>"$work/rest"
  resident VmHWM >>"$work/peak"
  echo >>"$work/peak"
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
done

cat <<TABLE
| what | figure | aim |
|---|---|---|
| size of the program | $(awk -v b="$(stat --format %s "$program")" 'BEGIN { printf "%.1f MB", b / 1048576 }') | ≤ 60 MB |
| start on the small demonstration to the first answer, median of $runs (all: $(sort -n "$work/starts" | paste -sd' ')) | $(median <"$work/starts") ms | ≤ 300 ms |
| memory at rest, ${REST:-10} s later, median | $(median <"$work/rest") MB | ≤ 60 MB |
| the most it held until then, median | $(median <"$work/peak") MB | |
TABLE
