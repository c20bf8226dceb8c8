#!/usr/bin/env bash
# PostgreSQL is stopped and started again while people work: twice in order, once by kill -9.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
WEB=$PORT DB=$((PORT + 4))
pg_make "$WORK/pg"
pg_start "$WORK/pg" "$DB"
sql "$DB" "create database kexun" postgres
export KEXUN_DATABASE_URL=postgres://kexun@127.0.0.1:$DB/kexun
serve web "$WEB"
load prepare "$WORK/state" "http://127.0.0.1:$WEB"
title "PostgreSQL stopped for 5 s (fast), stopped for 15 s (immediate), and killed (-9), under load"
load work "$WORK/state" "http://127.0.0.1:$WEB" 50 >"$WORK/table" & worker=$!
sleep 8
end "$POSTGRES" INT; sleep 2
row "/readyz meanwhile" "$(curl -s -m 15 "127.0.0.1:$WEB/readyz")"
sleep 3
pg_start "$WORK/pg" "$DB"; sleep 8
end "$POSTGRES" QUIT; sleep 15
pg_start "$WORK/pg" "$DB"; sleep 5
end "$POSTGRES" KILL
sleep 1
pg_start "$WORK/pg" "$DB"
wait "$worker"
cat "$WORK/table"
load compare "$WORK/state" "http://127.0.0.1:$WEB" && verdict=0 || verdict=$?
sleep 6
row "kexun check" "$(sound)"
exit "$verdict"
