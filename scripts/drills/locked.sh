#!/usr/bin/env bash
# Another process holds SQLite's write lock for 40 s, longer than a writer waits (30 s).
set -euo pipefail
source "$(dirname "$0")/lib.sh"
WEB=$PORT
mkdir -p "$KEXUN_DATA"
serve web "$WEB"
load prepare "$WORK/state" "http://127.0.0.1:$WEB"
title "SQLite: another process holds the write lock for 40 s"
load work "$WORK/state" "http://127.0.0.1:$WEB" 55 >"$WORK/table" & worker=$!
sleep 5
python3 - "$KEXUN_DATA/kexun.sqlite" <<'PY' & holder=$!
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
db.execute("BEGIN IMMEDIATE")
time.sleep(40)
db.execute("ROLLBACK")
PY
sleep 3
row "/readyz meanwhile (reading goes on)" "$(curl -s -m 15 "127.0.0.1:$WEB/readyz")"
wait "$holder" "$worker"
cat "$WORK/table"
load compare "$WORK/state" "http://127.0.0.1:$WEB" && verdict=0 || verdict=$?
sleep 6
row "kexun check" "$(sound)"
exit "$verdict"
