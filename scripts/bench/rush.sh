#!/usr/bin/env bash
# The examination rush (docs/benchmarks.md): sign-in storm, 500 to 3,000 candidates, kill -9 and cut-off lines in the
# middle, saves without think time beside a bare skeleton, syncs counted.
#
#   scripts/bench.sh rush
#   CANDIDATES="500 3000" DATABASES=sqlite THINK=60 STORM=500 PARTS="storm sit flood" scripts/bench.sh rush
#   PEER=1 scripts/bench.sh rush         also Kolibri (scripts/bench/peers/kolibri.sh), in the same run
#   PROGRAM=/path/to/kexun …             another build of the program
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
read -ra candidates <<<"${CANDIDATES:-500 1000 3000}"
read -ra databases <<<"${DATABASES:-sqlite postgres}"
read -ra parts <<<"${PARTS:-storm sit disturbed flood syncs}"
think=${THINK:-120}
storm=${STORM:-500}
seconds=${SECONDS_OF_FLOOD:-15}
port=${PORT:-4300}
people=${PEOPLE:-3000}

# With PostgreSQL asked for, everything runs inside one cluster with the server's own durable settings.
if [[ " ${databases[*]} " == *" postgres "* && -z ${KEXUN_TEST_PG:-} ]]; then
  KEXUN_PG_DURABLE=1 exec scripts/with-postgres.sh "$0"
fi
ulimit -n "$(ulimit -Hn)"
[[ -n ${PROGRAM:-} ]] || cargo build --quiet --release -p kexun -p kexun-bench >&2
program=${PROGRAM:-$target/release/kexun}
folder=$(mktemp -d "${TMPDIR:-/tmp}/kexun-rush.XXXXXX")
trap 'rm -rf "$folder"' EXIT

# rush DATABASE COMMAND…: on that database's stage
rush() {
  local database=$1
  shift
  local place=(--program "$program" --data "$folder/$database" --listen "127.0.0.1:$port")
  if [[ $database == postgres ]]; then
    place+=(--database-url "postgres://kexun@localhost/rush?host=$KEXUN_TEST_PG")
  fi
  "$target/release/rush" "${place[@]}" "$@"
}

# bare DATABASE NAME…: the same load against the skeleton
bare() {
  local database=$1 name=$2
  shift 2
  local place=(--program "$target/release/skeleton" --data "$folder/bare-$database" --listen "127.0.0.1:$port")
  if [[ $database == postgres ]]; then
    place+=(--database-url "postgres://kexun@localhost/skeleton?host=$KEXUN_TEST_PG")
  fi
  "$target/release/rush" "${place[@]}" flood --skeleton --name "$name" --seconds "$seconds" "$@"
}

has() {
  [[ " ${parts[*]} " == *" $1 "* ]]
}

# Counts what a server synced while one client saved 200 answers, one after the other, and 64 clients saved 50 each.
syncs() {
  local database=$1 clients=$2 saves=$3 count
  rush "$database" flood --clients "$clients" --saves "$saves" --seconds 600 --wait 3 \
    >"$folder/row" 2>"$folder/pid" &
  local load=$!
  until grep -q '^pid' "$folder/pid" 2>/dev/null; do sleep 0.1; done
  if [[ $database == postgres ]]; then
    count=$(psql -h "$KEXUN_TEST_PG" -U kexun -d rush -Atc 'SELECT wal_sync FROM pg_stat_wal')
    wait $load
    sleep 1
    count=$(($(psql -h "$KEXUN_TEST_PG" -U kexun -d rush -Atc 'SELECT wal_sync FROM pg_stat_wal') - count))
  else
    strace -f -c -e trace=fsync,fdatasync -o "$folder/strace" -p "$(awk '/^pid/ { print $2 }' "$folder/pid")" \
      2>/dev/null &
    local tracer=$!
    wait $load
    wait $tracer || true
    count=$(awk '$NF ~ /^(fsync|fdatasync)$/ { sum += $4 } END { print sum + 0 }' "$folder/strace")
  fi
  echo "| $database, $clients at a time | $((clients * saves)) | $count |"
}

echo "$(uname -sr), $(nproc) cores, server and load on the same machine; times are p50 / p99 / slowest in ms."
for database in "${databases[@]}"; do
  echo
  echo "### $database"
  if [[ $database == postgres ]]; then
    for name in rush skeleton; do
      psql -q -h "$KEXUN_TEST_PG" -U kexun -d postgres -c "CREATE DATABASE $name"
    done
  fi
  rush "$database" stage --people "$people" --passwords "$storm"
  if has storm; then
    echo
    echo "| sign-in storm within 10 s | signed in | from the first try until signed in | told to come again | errors | all in after | processor | MB |"
    echo "|---|---|---|---|---|---|---|---|"
    rush "$database" storm --people "$storm" --addresses 1
    rush "$database" storm --people "$storm" --addresses 100
  fi
  if has sit || has disturbed; then
    echo
    echo "| starts within 10 s, 16 answers in $think s | start | save | reload | submit | saved | sent again | errors | lost | graded | MB | processor: server / load |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|---|"
    if has sit; then
      for count in "${candidates[@]}"; do
        rush "$database" sit --candidates "$count" --think "$think"
      done
    fi
    if has disturbed; then
      rush "$database" sit --candidates "${candidates[-1]}" --think "$think" --kill
      rush "$database" sit --candidates "${candidates[-1]}" --think "$think" --cut
      rush "$database" sit --candidates "${candidates[-1]}" --think "$think" --kill --cut
    fi
  fi
  if has flood; then
    echo
    echo "| without think time, $seconds s | saves/s | save | sent again | errors | lost | processor a save: server / load | MB |"
    echo "|---|---|---|---|---|---|---|---|"
    for clients in 16 128; do
      bare "$database" "skeleton" --clients "$clients"
      rush "$database" flood --clients "$clients" --seconds "$seconds"
    done
    if [[ $database == sqlite ]]; then
      SKELETON_SINGLE=true bare "$database" "skeleton, a commit for each" --clients 128
    fi
  fi
  if has syncs; then
    echo
    echo "| syncs to disk | saves acknowledged | syncs |"
    echo "|---|---|---|"
    syncs "$database" 1 200
    syncs "$database" 64 50
  fi
done
if [[ ${PEER:-} == 1 ]]; then
  echo
  scripts/bench/peers/kolibri.sh
fi
