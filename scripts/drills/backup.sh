#!/usr/bin/env bash
# A backup taken under load comes back in another folder and on PostgreSQL, and is sound there.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
WEB=$PORT DB=$((PORT + 4)) THERE=$((PORT + 1))
serve web "$WEB"
load prepare "$WORK/state" "http://127.0.0.1:$WEB"
title "A backup under load, restored elsewhere"
load work "$WORK/state" "http://127.0.0.1:$WEB" 24 >"$WORK/table" & worker=$!
sleep 12
cp "$WORK/state" "$WORK/state.before"
row "kexun backup under load" "$("$KEXUN" backup "$WORK/all.kxb" | head -1), $(stat -c %s "$WORK/all.kxb") bytes"
wait "$worker"
cat "$WORK/table"
verdict=0
pg_make "$WORK/pg"
pg_start "$WORK/pg" "$DB"
sql "$DB" "create database kexun" postgres
for target in folder PostgreSQL; do
  export KEXUN_DATA=$WORK/there-$target
  [[ $target == PostgreSQL ]] && export KEXUN_DATABASE_URL=postgres://kexun@127.0.0.1:$DB/kexun
  row "kexun restore to another $target" "$("$KEXUN" restore "$WORK/all.kxb" | head -1)"
  found=$(sound)
  row "kexun check there" "$found"
  [[ $found == sound ]] || verdict=1
  serve "there-$target" "$THERE"
  row "what was told of before, there" "$(curl -s "127.0.0.1:$THERE/readyz"); needs $(curl -s -H "authorization: Bearer $(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["tokens"]["hr"])' "$WORK/state")" "127.0.0.1:$THERE/api/v1/needs?limit=200" | python3 -c 'import json,sys; print(len(json.load(sys.stdin)["items"]))')"
  end "$SERVER"
done
exit "$verdict"
