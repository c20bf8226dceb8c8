#!/usr/bin/env bash
# The primary is killed under load and its standby promoted; the program reaches PostgreSQL under one
# stable address, where haproxy follows whoever is primary (as with Patroni, whose check answers alike).
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need haproxy haproxy
WEB=$PORT STABLE=$((PORT + 3)) DB=$((PORT + 4)) STANDBY=$((PORT + 5)) ROLE=$((PORT + 6)) ROLE2=$((PORT + 7))

pg_make "$WORK/pg"
# What is acknowledged stands on the standby too; without this the last writes before a fail-over may be lost.
pg_start "$WORK/pg" "$DB" -c "synchronous_standby_names=*" -c synchronous_commit=local
PRIMARY=$POSTGRES
sql "$DB" "create database kexun" postgres
mkdir "$WORK/standby"
[[ ${#OWNER[@]} == 0 ]] || chown postgres "$WORK/standby"
"${OWNER[@]}" "$PG/pg_basebackup" -h 127.0.0.1 -p "$DB" -U kexun -D "$WORK/standby/data" -R -X stream -c fast --no-sync
pg_start "$WORK/standby" "$STANDBY"
sql "$DB" "alter system set synchronous_commit = on" postgres
end "$PRIMARY" INT
pg_start "$WORK/pg" "$DB" -c "synchronous_standby_names=*"
PRIMARY=$POSTGRES
for port in "$ROLE $DB" "$ROLE2 $STANDBY"; do
  # shellcheck disable=SC2086
  python3 "$DRILLS/role.py" $port & STARTED+=($!)
done
cat >"$WORK/haproxy.cfg" <<CFG
defaults
  mode tcp
  timeout connect 2s
  timeout check 3s
  timeout client 1h
  timeout server 1h
listen primary
  bind 127.0.0.1:$STABLE
  option httpchk GET /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
  server first 127.0.0.1:$DB check port $ROLE
  server second 127.0.0.1:$STANDBY check port $ROLE2
CFG
haproxy -db -f "$WORK/haproxy.cfg" >"$WORK/haproxy.log" 2>&1 & STARTED+=($!)
# haproxy takes a server to be up until it has asked.
for _ in $(seq 60); do
  asked=$(for _ in 1 2 3 4; do sql "$STABLE" "select pg_is_in_recovery()" postgres; done 2>/dev/null || true)
  [[ $asked == $'f\nf\nf\nf' ]] && break
  sleep 0.5
done
export KEXUN_DATABASE_URL=postgres://kexun@127.0.0.1:$STABLE/kexun
serve web "$WEB"
load prepare "$WORK/state" "http://127.0.0.1:$WEB"
title "Fail-over of PostgreSQL under load: the primary is killed (-9), the standby promoted 5 s later"
row "replication before" "$(sql "$DB" "select state || ', ' || sync_state from pg_stat_replication")"
load work "$WORK/state" "http://127.0.0.1:$WEB" 36 >"$WORK/table" & worker=$!
sleep 10
end "$PRIMARY" KILL
sleep 3
row "/readyz meanwhile" "$(curl -s -m 15 "127.0.0.1:$WEB/readyz")"
sleep 2
"${OWNER[@]}" "$PG/pg_ctl" promote -D "$WORK/standby/data" >/dev/null
wait "$worker"
cat "$WORK/table"
row "serves now" "$(sql "$STANDBY" "select case when pg_is_in_recovery() then 'a standby' else 'the former standby' end")"
load compare "$WORK/state" "http://127.0.0.1:$WEB" && verdict=0 || verdict=$?
sleep 6
row "kexun check" "$(sound)"
exit "$verdict"
