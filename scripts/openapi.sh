#!/usr/bin/env bash
# The contract openapi.json and the web's types, both made from the program.
#
#   scripts/openapi.sh write   makes them anew
#   scripts/openapi.sh check   fails when either is stale
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:?write or check}
types=web/src/api/schema.d.ts
bin=${KEXUN_BIN:-${CARGO_TARGET_DIR:-target}/debug/kexun}

make --silent scripts/openapi-types/node_modules/.package-lock.json
# `make test` has just built the program with the tests and says where; building it alone would
# build half of it again, because alone its dependencies have fewer features.
[[ -n ${KEXUN_BIN:-} ]] || cargo build --locked --quiet --package kexun
draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
"$bin" openapi >"$draft/openapi.json"
scripts/openapi-types/node_modules/.bin/openapi-typescript "$draft/openapi.json" \
  --root-types --root-types-no-schema-prefix --alphabetize --output "$draft/schema.d.ts" >/dev/null

if [[ $mode == write ]]; then
  cp "$draft/openapi.json" openapi.json
  cp "$draft/schema.d.ts" "$types"
  exit
fi
stale=0
diff -u openapi.json "$draft/openapi.json" >"$draft/diff" || { head -40 "$draft/diff"; stale=1; }
cmp -s "$types" "$draft/schema.d.ts" || { echo "$types differs"; stale=1; }
[[ $stale == 0 ]] || { echo "the contract is stale: run make openapi and commit what it wrote" >&2; exit 1; }
