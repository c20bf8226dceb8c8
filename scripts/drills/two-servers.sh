#!/usr/bin/env bash
# Two servers on one PostgreSQL behind haproxy: what one knows the other knows; then one is killed while
# people work, and started again.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
need haproxy haproxy
SECONDS_OF_WORK=${1:-24}
PROXY=$PORT ONE=$((PORT + 1)) TWO=$((PORT + 2)) MAIL=$((PORT + 3)) DB=$((PORT + 4))

pg_make "$WORK/pg"
pg_start "$WORK/pg" "$DB"
sql "$DB" "create database kexun" postgres
export KEXUN_DATABASE_URL=postgres://kexun@127.0.0.1:$DB/kexun
python3 "$DRILLS/sink.py" "$MAIL" "$WORK/mails" & STARTED+=($!)
export KEXUN_SMTP_URL=smtp://127.0.0.1:$MAIL
cat >"$WORK/haproxy.cfg" <<CFG
global
  maxconn 1000
defaults
  mode http
  timeout connect 2s
  timeout client 90s
  timeout server 90s
  retries 3
  option redispatch 1
frontend people
  bind 127.0.0.1:$PROXY
  option forwardfor
  default_backend kexun
backend kexun
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
  server one 127.0.0.1:$ONE check
  server two 127.0.0.1:$TWO check
CFG
serve one "$ONE"; FIRST=$SERVER
serve two "$TWO"
haproxy -db -f "$WORK/haproxy.cfg" >"$WORK/haproxy.log" 2>&1 & STARTED+=($!)
ready "$PROXY"
A=http://127.0.0.1:$ONE B=http://127.0.0.1:$TWO P=http://127.0.0.1:$PROXY
load prepare "$WORK/state" "$P"

# One request with the options of curl; prints its status, leaves the answer in $WORK/body.
status() { curl -s -o "$WORK/body" -w '%{http_code}' -H 'x-kexun: 1' -H 'content-type: application/json' "$@"; }
field() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$WORK/body" "$1"; }
token() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["tokens"][sys.argv[2]])' "$WORK/state" "$1"; }

title "Two servers: what one knows the other knows"
credentials='{"login":"agent0","password":"correct horse 9"}'
status -c "$WORK/jar" -d "$credentials" $A/api/v1/session >/dev/null
row "session opened on one, used on the other" "$(status -b "$WORK/jar" $B/api/v1/me)"
said=$(status -b "$WORK/jar" -X DELETE $B/api/v1/session)
row "signed out on the other ($said), used on the first" "$(status -b "$WORK/jar" $A/api/v1/me)"
statuses=
for n in 1 2 3 4 5 6; do
  [[ $((n % 2)) == 0 ]] && at=$A || at=$B
  statuses+="$(status -d '{"login":"agent5","password":"wrong wrong"}' $at/api/v1/session) "
done
row "six wrong passwords, in turn on both" "$statuses"
ops=$(token admin)
shop='{"code":"Z9","name":"九店"}'
key=(-H "authorization: Bearer $ops" -H "idempotency-key: drill-1")
first=$(status "${key[@]}" -d "$shop" $A/api/v1/shops)
again=$(status "${key[@]}" -d "$shop" -D "$WORK/head" $B/api/v1/shops)
row "a write with a key on one, again on the other" "$first, $again ($(grep -ic idempotent-replay "$WORK/head") replay)"
row "the same key with another body on the other" "$(status "${key[@]}" -d '{"code":"Z8","name":"八店"}' $B/api/v1/shops) $(field code)"

hr=(-H "authorization: Bearer $(token hr)")
agent=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["learner"])' "$WORK/state")
lecturer=$(curl -s "${hr[@]}" "$A/api/v1/staff?limit=100" | python3 -c 'import json,sys; print(next(s["id"] for s in json.load(sys.stdin)["items"] if s["account"]=="hr"))')
class=$(python3 - "$agent" "$lecturer" <<'PY'
import json, sys
from datetime import datetime, timedelta, timezone
now = datetime.now(timezone.utc)
print(json.dumps({"title": "演练", "competence": "chat", "place": "一号", "lecturer": sys.argv[2], "audience": {"staff": [sys.argv[1]]},
    "starts_at": (now + timedelta(minutes=10)).isoformat(), "ends_at": (now + timedelta(minutes=60)).isoformat()}))
PY
)
made=$(status "${hr[@]}" -d "$class" $A/api/v1/classes)
if [[ $made == 20* ]]; then
  id=$(field id)
  status "${hr[@]}" -d '{"version":1}' "$A/api/v1/classes/$id/announce" >/dev/null
  status "${hr[@]}" "$A/api/v1/classes/$id/code" >/dev/null
  code=$(field code)
  who=$(curl -s "${hr[@]}" "$A/api/v1/staff?limit=100" | python3 -c 'import json,sys; print(next(s["account"] for s in json.load(sys.stdin)["items"] if s["id"]==sys.argv[1]))' "$agent")
  row "a code shown by one, typed on the other" "$(status -H "authorization: Bearer $(token "$who")" -d "{\"code\":\"$code\"}" "$B/api/v1/classes/$id/sign-in")"
else
  row "a class could not be arranged" "$made $(head -c 200 "$WORK/body")"
fi

title "Two servers: one is killed (-9) after a third of $SECONDS_OF_WORK s of work and started again after two thirds"
load work "$WORK/state" "$P" "$SECONDS_OF_WORK" >"$WORK/table" & worker=$!
sleep $((SECONDS_OF_WORK / 3))
end "$FIRST" KILL
sleep $((SECONDS_OF_WORK / 3))
serve one "$ONE"
wait "$worker"
cat "$WORK/table"
# Work that the killed server had begun is taken over when its lease of 30 s ends.
load compare "$WORK/state" "$P" && verdict=0 || verdict=$?
for _ in $(seq 60); do
  waiting=$(sql "$DB" "select count(*) from job where state = 'queued' and run_at < extract(epoch from now()) * 1000000")
  [[ $waiting == 0 ]] && break
  sleep 1
done
row "jobs that still wait" "$waiting"
mails=$(cut -d' ' -f2 "$WORK/mails" | sort | uniq -c | awk '{n++; if ($1 > 1) d++} END {print n+0 ", of them twice " d+0}')
row "mails sent" "$mails, notices that were to be mailed $(sql "$DB" "select count(*) from job where kind = 'notices.mail'")"
sleep 6
row "kexun check" "$(sound)"
exit "$verdict"
