#!/usr/bin/env bash
# The disk gets full while people work, and is freed again: the data folder on a file system of 60 MB
# (SQLite), then PostgreSQL on one of 200 MB. Needs root, to mount them.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
[[ $(id -u) == 0 ]] || { echo "drill: needs root, to mount a small file system" >&2; exit 3; }
WEB=$PORT DB=$((PORT + 4))
small() { mkdir -p "$1"; mount -t tmpfs -o "size=$2" tmpfs "$1"; MOUNTS+=("$1"); }
# Takes all the space that a file system has left.
fill() { cat /dev/zero >>"$1/ballast" 2>/dev/null || true; }
big_file() {
  python3 - <<'PY'
print("conversation_id,shop,customer,sent_at,sender,agent,text")
for n in range(60_000):
    who = "客户," if n % 2 == 0 else "客服,agent0"
    print(f"d{n // 6},一店,c{n // 6},2026-05-{n // 6 % 28 + 1:02} 10:{n % 60:02}:00,{who},第{n}句，请问我的快递什么时候能到？")
PY
}

round() {
  local name=$1 disk=$2
  serve "$name" "$WEB"
  local web=$SERVER
  rm -f "$WORK/state"
  load prepare "$WORK/state" "http://127.0.0.1:$WEB"
  local ops
  ops=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["tokens"]["ops"])' "$WORK/state")
  title "$name: the disk is full for 20 s while people work"
  load work "$WORK/state" "http://127.0.0.1:$WEB" 36 >"$WORK/table" & local worker=$!
  sleep 6
  big_file >"$WORK/big.csv"
  fill "$disk"
  sleep 1
  fill "$disk"
  row "an upload of $(($(stat -c %s "$WORK/big.csv") >> 20)) MB meanwhile" \
    "$(curl -s -m 60 -H "authorization: Bearer $ops" -F "file=@$WORK/big.csv" "127.0.0.1:$WEB/api/v1/imports?kind=conversations" | head -c 300)"
  row "left of it in files/" "$(find "$KEXUN_DATA/files" -name '*.part' 2>/dev/null | wc -l) parts"
  row "kexun import meanwhile" "$("$KEXUN" import conversations "$WORK/big.csv" --tenant acme 2>&1 | tail -1 | head -c 300)"
  row "kexun backup to that disk" "$("$KEXUN" backup "$disk/all.kxb" 2>&1 | tail -1 | head -c 300); files left: $(find "$disk" -maxdepth 1 -name 'all.kxb*' | wc -l)"
  row "/readyz meanwhile" "$(curl -s -m 15 "127.0.0.1:$WEB/readyz" | head -c 300)"
  sleep 10
  rm -f "$disk/ballast"
  row "space is freed" "$(df -k --output=avail "$disk" | tail -1 | tr -d ' ') kB"
  $3
  wait "$worker"
  cat "$WORK/table"
  load compare "$WORK/state" "http://127.0.0.1:$WEB" && verdict=0 || verdict=$?
  row "the same import now" "$("$KEXUN" import conversations "$WORK/big.csv" --tenant acme 2>&1 | tail -1 | head -c 200)"
  row "a backup now" "$("$KEXUN" backup "$WORK/all.kxb" 2>&1 | head -1)"
  sleep 6
  row "kexun check" "$(sound)"
  end "$web"
  return "$verdict"
}

nothing() { :; }
postgres_again() {
  # A server that finds no room for its log ends itself; its keeper (systemd) starts it again.
  kill -0 "$POSTGRES" 2>/dev/null || { pg_start "$WORK/pgdisk/pg" "$DB"; row "PostgreSQL had ended itself" "started again"; }
}

all=0
small "$KEXUN_DATA" 60m
round "SQLite on 60 MB" "$KEXUN_DATA" nothing || all=1
small "$WORK/pgdisk" 260m
chmod 755 "$WORK/pgdisk"
pg_make "$WORK/pgdisk/pg"
pg_start "$WORK/pgdisk/pg" "$DB" -c max_wal_size=64MB -c min_wal_size=32MB
sql "$DB" "create database kexun" postgres
export KEXUN_DATABASE_URL=postgres://kexun@127.0.0.1:$DB/kexun
export KEXUN_DATA=$WORK/data-of-postgres
round "PostgreSQL on 260 MB" "$WORK/pgdisk" postgres_again || all=1
exit "$all"
