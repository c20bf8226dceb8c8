#!/usr/bin/env bash
# Kolibri beside Kexun: sign-ins and answers (attempt logs) a second, on the same machine. Kolibri comes from PyPI into
# target/bench/kolibri and works on a folder of its own there; nothing of it is kept in the repository.
#
#   scripts/bench/peers/kolibri.sh          CLIENTS="10 50" SECONDS_OF_FLOOD=15 PORT=4310 …
set -euo pipefail
cd "$(dirname "$0")/../../.."
place=${CARGO_TARGET_DIR:-target}/bench/kolibri
mkdir -p "$place"
place=$(realpath "$place")
port=${KOLIBRI_PORT:-4310}
if [[ ! -x $place/venv/bin/kolibri ]]; then
  python3 -m venv "$place/venv"
  "$place/venv/bin/pip" install --quiet 'kolibri==0.19.*' >&2
fi
export KOLIBRI_HOME=$place/home KOLIBRI_RUN_MODE=bench DJANGO_SETTINGS_MODULE=
unset DJANGO_SETTINGS_MODULE
kolibri=$place/venv/bin/kolibri
rm -rf "$KOLIBRI_HOME"
"$kolibri" manage provisiondevice --facility Bench --superusername admin --superuserpassword bench-2026 \
  --preset formal --language_id en --noinput >"$place/provision.log" 2>&1
"$kolibri" manage shell -c "
from django.contrib.auth.hashers import make_password
from kolibri.core.auth.models import Facility, FacilityUser
place = Facility.objects.first()
secret = make_password('bench-2026')
for n in range(${PEOPLE_OF_PEER:-100}):
    FacilityUser.objects.create(username='c%04d' % n, full_name='c%04d' % n, password=secret, facility=place)
print(place.id)
" >"$place/people.log" 2>&1
"$kolibri" start --foreground --port "$port" --zip-port "$((port + 1))" >"$place/server.log" 2>&1 &
server=$!
trap 'kill -INT $server 2>/dev/null || true; wait $server 2>/dev/null || true' EXIT
echo "### Kolibri $("$kolibri" --version 2>/dev/null | tail -1 | awk '{ print $NF }'), as it comes (SQLite)"
echo
"$place/venv/bin/python" scripts/bench/peers/kolibri.py "http://127.0.0.1:$port" "$server" "${CLIENTS:-10 50}" \
  "${SECONDS_OF_FLOOD:-15}"
