# What the drills share: a folder of their own, servers that are ended with the drill, requests, tables.
# Sourced by the scripts beside it, which run from the repository's root.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
DRILLS=scripts/drills
PORT=${KEXUN_DRILL_PORT:-4260}   # this one and the nine after it
KEXUN=${KEXUN_BIN:-}
for built in target/release/kexun target/debug/kexun; do
  [[ -z $KEXUN && -x $built ]] && KEXUN=$built
done
[[ -x $KEXUN ]] || { echo "drill: build the program first (make release), or name it in KEXUN_BIN" >&2; exit 2; }

WORK=$(mktemp -d /tmp/kexun-drill.XXXXXX)
chmod 755 "$WORK"
cp "$KEXUN" "$WORK/kexun"
export KEXUN=$WORK/kexun
export KEXUN_KEY=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') RUST_LOG=${RUST_LOG:-warn}
export KEXUN_DATA=$WORK/data KEXUN_BEHIND_PROXY=true
unset KEXUN_DATABASE_URL
STARTED=()
MOUNTS=()

finish() {
  trap - EXIT
  local pid mount
  # PostgreSQL waits for its clients at the first signal and cuts them off at the second.
  for pid in "${STARTED[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${STARTED[@]}"; do kill -INT "$pid" 2>/dev/null || true; done
  for pid in "${STARTED[@]}"; do
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
    { wait "$pid" || true; } 2>/dev/null
  done
  for mount in "${MOUNTS[@]}"; do umount "$mount" 2>/dev/null || true; done
  if [[ -n ${KEEP:-} ]]; then echo "kept: $WORK" >&2; else rm -rf "$WORK"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

need() {
  command -v "$1" >/dev/null || { echo "drill: needs $1; on Debian: apt-get install $2" >&2; exit 3; }
}
need curl curl
need python3 python3

# serve NAME PORT [OPTION…]: a server with its log in NAME.log; its process id in $SERVER.
serve() {
  local name=$1 port=$2
  shift 2
  "$KEXUN" serve --listen "127.0.0.1:$port" "$@" >/dev/null 2>>"$WORK/$name.log" &
  SERVER=$!
  STARTED+=("$SERVER")
  ready "$port" "$SERVER" || { echo "drill: server $name did not start:" >&2; tail -5 "$WORK/$name.log" >&2; exit 1; }
}

# ready PORT [PID]: waits until a server is ready, or has ended.
ready() {
  for _ in $(seq 300); do
    curl -sf -m 2 "127.0.0.1:$1/readyz" >/dev/null && return 0
    [[ -z ${2:-} ]] || kill -0 "$2" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# end PID [SIGNAL]: ends a process of the drill's own and waits until it is gone.
end() {
  { kill "-${2:-TERM}" "$1" && wait "$1"; } 2>/dev/null || true
}

load() { python3 "$DRILLS/load.py" "$@"; }

# row WHAT SAID: a line of the drill's table.
row() { printf '| %s | %s |\n' "$1" "$2"; }
title() { printf '\n## %s\n\n| what | found |\n|---|---|\n' "$1"; }

# Where the server programs of PostgreSQL are; Debian keeps them out of the path.
pg_programs() {
  local initdb
  initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)
  [[ -n $initdb ]] || { echo "drill: needs PostgreSQL's server programs; on Debian: apt-get install postgresql" >&2; exit 3; }
  dirname "$(readlink -f "$initdb")"
}

# PostgreSQL refuses to run as root.
OWNER=()
[[ $(id -u) == 0 ]] && OWNER=(setpriv --reuid=postgres --regid=postgres --init-groups)

# pg_make FOLDER: an empty cluster that trusts this machine.
pg_make() {
  PG=${PG:-$(pg_programs)}
  mkdir -p "$1"
  [[ ${#OWNER[@]} == 0 ]] || chown postgres "$1"
  "${OWNER[@]}" "$PG/initdb" --pgdata "$1/data" --username kexun --auth trust --encoding UTF8 --locale C.UTF-8 \
    >"$WORK/initdb.log" 2>&1
  echo "host replication kexun 127.0.0.1/32 trust" >>"$1/data/pg_hba.conf"
}

# pg_start FOLDER PORT [OPTION…]: serves it, synced as in earnest; its process id in $POSTGRES.
pg_start() {
  local folder=$1 port=$2
  shift 2
  "${OWNER[@]}" "$PG/postgres" -D "$folder/data" -k "$WORK" -c listen_addresses=127.0.0.1 -c "port=$port" \
    -c max_connections=200 -c shared_buffers=64MB "$@" >>"$WORK/postgres-$port.log" 2>&1 &
  POSTGRES=$!
  STARTED+=("$POSTGRES")
  chmod 777 "$WORK"
  for _ in $(seq 300); do
    "$PG/pg_isready" -q -h 127.0.0.1 -p "$port" -U kexun && return 0
    sleep 0.1
  done
  echo "drill: PostgreSQL did not start:" >&2
  tail -5 "$WORK/postgres-$port.log" >&2
  exit 1
}

sql() { psql -h 127.0.0.1 -p "$1" -U kexun -d "${3:-kexun}" -qAtc "$2"; }

# Whether the data are sound, in one word; the report is kept.
sound() {
  if "$KEXUN" check >"$WORK/check.txt" 2>&1; then echo sound; else tail -3 "$WORK/check.txt"; fi
}
