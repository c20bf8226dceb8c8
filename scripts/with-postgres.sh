#!/usr/bin/env bash
# Starts a private PostgreSQL cluster in a temporary folder, and stops and removes it at the end.
#
#   scripts/with-postgres.sh COMMAND…   runs COMMAND with KEXUN_TEST_PG set (the folder of the socket)
#   scripts/with-postgres.sh            prints that folder and keeps the cluster until standard input closes
#
# The cluster listens on a Unix socket only, so that two runs never meet on a port. It trusts whoever
# may open the socket and does not sync: nothing in it is meant to survive. With KEXUN_PG_DURABLE set it syncs,
# and has the server's own settings: for measuring. With KEXUN_PG_TLS=PORT it also listens on that port of
# 127.0.0.1, over TLS alone, with a certificate for localhost; ca.crt in its folder is the authority's. Exit
# status 3: this machine has no PostgreSQL server programs.
set -euo pipefail

if [[ $# -gt 0 && -n ${KEXUN_TEST_PG:-} ]]; then
  exec "$@"
fi

find_programs() {
  local initdb candidate
  if initdb=$(command -v initdb); then
    dirname "$(readlink -f "$initdb")"
    return
  fi
  # Debian keeps them out of the path; the newest version comes last.
  for candidate in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V -r); do
    if [[ -x $candidate/initdb && -x $candidate/postgres ]]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

if ! programs=$(find_programs); then
  echo "with-postgres: no initdb and postgres on this machine; on Debian: apt-get install postgresql" >&2
  exit 3
fi

as_owner=()
if [[ $(id -u) == 0 ]]; then
  # The server refuses to run as root.
  if ! id postgres >/dev/null 2>&1; then
    echo "with-postgres: as root it needs the user postgres; on Debian: apt-get install postgresql" >&2
    exit 3
  fi
  as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
settings=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB)
if [[ -n ${KEXUN_PG_DURABLE:-} ]]; then
  settings=()
fi
port=5432
listen=(-c listen_addresses=)
if [[ -n ${KEXUN_PG_TLS:-} ]]; then
  port=$KEXUN_PG_TLS
  listen=(-c listen_addresses=127.0.0.1 -c "port=$port" -c ssl=on)
fi
last_wish=()
if setpriv --help 2>/dev/null | grep -q pdeathsig; then
  # Should this script be killed outright, the server still goes.
  last_wish=(setpriv --pdeathsig INT)
fi

folder=$(mktemp -d /tmp/kexun-pg.XXXXXX)
server=
stop() {
  trap - EXIT
  if [[ -n $server ]]; then
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$folder"
if [[ ${#as_owner[@]} -gt 0 ]]; then
  chown postgres "$folder"
fi

"${as_owner[@]}" "$programs/initdb" --pgdata "$folder/data" --username kexun --auth trust \
  --encoding UTF8 --locale C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 </dev/null ||
  { cat "$folder/initdb.log" >&2; exit 1; }
if [[ -n ${KEXUN_PG_TLS:-} ]]; then
  # An authority of its own and a certificate for localhost; whoever comes over the network comes over TLS.
  (
    cd "$folder/data"
    key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
    openssl req -x509 "${key[@]}" -keyout ../ca.key -out ../ca.crt -days 2 -subj /CN=kexun-test-authority
    openssl req "${key[@]}" -keyout server.key -out ../server.csr -subj /CN=localhost
    openssl x509 -req -in ../server.csr -CA ../ca.crt -CAkey ../ca.key -CAcreateserial -out server.crt -days 2 \
      -extfile <(printf 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost\n')
    chmod 600 server.key
    chmod 644 ../ca.crt
    chown --reference=. server.key server.crt
    printf 'local all all trust\nhostssl all all 127.0.0.1/32 trust\n' >pg_hba.conf
  ) >"$folder/openssl.log" 2>&1 || { cat "$folder/openssl.log" >&2; exit 1; }
fi
"${as_owner[@]}" "${last_wish[@]}" "$programs/postgres" -D "$folder/data" -k "$folder" "${listen[@]}" \
  "${settings[@]}" >"$folder/server.log" 2>&1 </dev/null &
server=$!
for _ in $(seq 600); do
  if "$programs/pg_isready" -q -h "$folder" -p "$port" -U kexun; then
    ready=1
    break
  fi
  kill -0 "$server" 2>/dev/null || break
  sleep 0.05
done
if [[ -z ${ready:-} ]]; then
  cat "$folder/server.log" >&2
  exit 1
fi

if [[ $# -gt 0 ]]; then
  status=0
  KEXUN_TEST_PG=$folder "$@" || status=$?
  exit "$status"
fi
echo "$folder"
cat >/dev/null
