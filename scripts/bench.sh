#!/usr/bin/env bash
# Measures what docs/benchmarks.md states: every bench, or those named (`scripts/bench.sh import rush`). Each
# builds what it needs, prints its table and leaves it in target/bench/<name>.md.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}/bench"
names=("$@")
[[ ${#names[@]} -gt 0 ]] || names=($(basename --suffix .sh scripts/bench/*.sh))
for name in "${names[@]}"; do
  [[ -x scripts/bench/$name.sh ]] || { echo "bench: there is no scripts/bench/$name.sh" >&2; exit 2; }
  echo "== bench: $name"
  "scripts/bench/$name.sh" | tee "${CARGO_TARGET_DIR:-target}/bench/$name.md"
done
