#!/usr/bin/env bash
# What it costs to bring messages into the service record, durably, and how soon their figures are answered;
# beside DuckDB, which only reads the same file and computes the same figures (and must come to the same numbers).
#   MESSAGES="1000000 3000000 10000000" DATABASES="sqlite postgres" scripts/bench.sh import
# Files are made once and kept in ${TMPDIR:-/tmp}/kexun-bench. KEXUN_BIN and CHATS_BIN name programs built elsewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
read -ra sizes <<<"${MESSAGES:-1000000 3000000 10000000}"
read -ra databases <<<"${DATABASES:-sqlite postgres}"
requests=${REQUESTS:-500}
port=${PORT:-8191}
built=${CARGO_TARGET_DIR:-target}/release
program=${KEXUN_BIN:-$built/kexun}
chats=${CHATS_BIN:-$built/chats}
[[ -n ${KEXUN_BIN:-} ]] || make --silent release >&2
[[ -n ${CHATS_BIN:-} ]] || cargo build --quiet --release --package kexun-bench --bin chats >&2
files=${TMPDIR:-/tmp}/kexun-bench
work=$(mktemp -d)
server= cluster=
stop() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  [[ -z $cluster ]] || "${as_owner[@]}" "$postgres/pg_ctl" --pgdata "$cluster" --mode immediate stop >/dev/null || true
  rm -rf "$work" ${cluster:+"${cluster%/data}"}
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

python=$files/venv/bin/python
if [[ ! -x $python ]]; then
  python3 -m venv "$files/venv"
  "$files/venv/bin/pip" install --quiet duckdb >&2
fi
watch() { "$python" scripts/bench/peers/import_watch.py "$@"; }
field() { "$python" -c 'import json, sys; print(format(json.loads(sys.argv[1])[sys.argv[2]], sys.argv[3]))' "$@"; }
times() { "$python" -c 'import sys; print(f"{float(sys.argv[1]) / float(sys.argv[2]):.1f}")' "$@"; }
micros() { "$python" -c 'import sys; print(f"{float(sys.argv[1]) * 1e6 / float(sys.argv[2]):.2f}")' "$@"; }

# A PostgreSQL with its settings as they come, but for the socket: it syncs every commit.
as_owner=()
start_postgres() {
  postgres=$(dirname "$(readlink -f "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")")
  if [[ $(id -u) == 0 ]]; then as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups); fi
  local folder
  folder=$(mktemp -d /tmp/kexun-bench-pg.XXXXXX)
  [[ ${#as_owner[@]} -eq 0 ]] || chown postgres "$folder"
  cluster=$folder/data
  "${as_owner[@]}" "$postgres/initdb" --pgdata "$cluster" --username kexun --auth trust --encoding UTF8 \
    --locale C.UTF-8 >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
  "${as_owner[@]}" "$postgres/pg_ctl" --pgdata "$cluster" --wait --log "$folder/log" \
    --options "-k $folder -c listen_addresses=''" start >/dev/null
}
place() {
  if [[ $1 == postgres ]]; then
    "${as_owner[@]}" "$postgres/createdb" --host "${cluster%/data}" --username kexun "import$2" >&2
    echo "--data $work/data-$1-$2 --database-url postgres://kexun@localhost/import$2?host=${cluster%/data}"
  else
    echo "--data $work/data-$1-$2"
  fi
}

answers=$work/answers
few="conversations rounds customer_messages agent_messages first_response average_response"
# What the API takes for a month of all agents: at the first request of a server just started, and warm.
ask_api() {
  local database=$1 size=$2 words=$3 asked keys begun cold token url seen warm
  # shellcheck disable=SC2086
  "$program" user create bench --tenant bench --role admin $words >/dev/null
  # shellcheck disable=SC2086
  token=$("$program" token create --account bench --tenant bench $words | tail -1)
  for asked in six all; do
    keys=
    [[ $asked == all ]] || keys=${few// /,}
    url="http://127.0.0.1:$port/api/v1/kpi?from=2026-01-01&to=2026-01-31&by=agent&keys=$keys"
    begun=$(date +%s%N)
    # shellcheck disable=SC2086
    "$program" serve $words --listen "127.0.0.1:$port" >"$work/log" 2>&1 &
    server=$!
    until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; do
      kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
      sleep 0.01
    done
    seen=$(watch ask "$url" "$token" 1)
    cold=$((($(date +%s%N) - begun) / 1000000))
    warm=$(watch ask "$url" "$token" "$requests")
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
    echo "| $size | $database | $asked | $(field "$warm" rows d) | $cold | $(field "$seen" most .0f) |" \
      "$(field "$warm" p50 .1f) | $(field "$warm" p99 .1f) |" >>"$answers"
  done
}
mkdir -p "$files"
for database in "${databases[@]}"; do [[ $database != postgres ]] || start_postgres; done
echo "### Import beside DuckDB"
echo
echo "| messages | database | seconds | CPU s of kexun | peak MB | µs a message | read s | merge s | count s | DuckDB s | DuckDB MB | times |"
echo "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
for size in "${sizes[@]}"; do
  file=$files/chats-$size.csv
  [[ -s $file ]] || { "$chats" --messages "$size" --out "$file.part" >&2; mv "$file.part" "$file"; }
  cat "$file" >/dev/null
  begun=$(date +%s%N)
  /usr/bin/time --format %M --output "$work/peak" "$python" scripts/bench/peers/figures_duckdb.py "$file" >"$work/theirs"
  peer=$(times $((($(date +%s%N) - begun) / 1000000)) 1000)
  for database in "${databases[@]}"; do
    words=$(place "$database" "$size")
    # shellcheck disable=SC2086
    "$program" tenant create bench --name 测试 $words >/dev/null
    # shellcheck disable=SC2086
    took=$(watch run "$program" import conversations "$file" --tenant bench $words)
    # shellcheck disable=SC2086
    "$program" kpi --tenant bench --from 2026-01-01 --to 2026-02-28 --by agent --per day --keys "${few// /,}" \
      --format csv $words >"$work/ours"
    "$python" scripts/bench/peers/figures_duckdb.py --compare "$work/ours" "$work/theirs"
    wall=$(field "$took" wall .1f)
    echo "| $size | $database | $wall | $(field "$took" cpu .1f) | $(field "$took" peak_mb .0f) |" \
      "$(micros "$wall" "$size") | $(field "$took" read .1f) | $(field "$took" merge .1f) |" \
      "$(field "$took" count .1f) | $peer | $(($(<"$work/peak") / 1024)) | $(times "$wall" "$peer") |"
    ask_api "$database" "$size" "$words"
    rm -rf "$work/data-$database-$size"
    [[ $database != postgres ]] || "${as_owner[@]}" "$postgres/dropdb" --host "${cluster%/data}" --username kexun "import$size" >&2
  done
done
echo
echo "\`six\` are $few; \`all\` are the 22 figures that ship. From start: the server's start and the first answer together."
echo
echo "### A month of all agents through the API"
echo
echo "| messages | database | figures | agents | from start ms | first ms | p50 ms | p99 ms |"
echo "|--:|---|---|--:|--:|--:|--:|--:|"
cat "$answers"
