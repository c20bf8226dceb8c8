#!/usr/bin/env bash
# What no other tool checks: files are at most 500 lines long (a longer one wants to be two), no
# half-done work is committed, and scripts are sound.
set -euo pipefail
cd "$(dirname "$0")/.."
limit=500
faults=0

fault() {
  echo "house-rules: $1" >&2
  faults=$((faults + 1))
}

files() {
  find crates web/src web/test e2e scripts -type f \
    \( -name '*.rs' -o -name '*.ts' -o -name '*.tsx' -o -name '*.mjs' -o -name '*.css' -o -name '*.sh' \) \
    -not -path '*/node_modules/*' -not -path '*/target/*' -not -path web/src/api/schema.d.ts
}

while read -r file; do
  lines=$(wc -l <"$file")
  [[ $lines -le $limit ]] || fault "$file has $lines lines; $limit are enough"
  if grep -nE '\b(TODO|FIXME|XXX)\b' "$file" | grep -v 'house-rules'; then
    fault "$file has half-done work"
  fi
done < <(files | grep -v '^scripts/house-rules.sh$')

for script in scripts/*.sh .ci/run; do
  bash -n "$script" || fault "$script is no sound script"
  [[ -x $script ]] || fault "$script is not executable"
done

[[ $faults == 0 ]] || exit 1
