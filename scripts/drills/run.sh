#!/usr/bin/env bash
# The drills, all or those named (`scripts/drills/run.sh locked failover`): faults that take minutes, root or
# whole servers, and so are no tests. Each prints its table. Status 1: one of them found something wrong.
set -uo pipefail
cd "$(dirname "$0")/../.."
names=("$@")
[[ ${#names[@]} -gt 0 ]] || names=(two-servers postgres-restart failover locked disk-full backup)
failed=()
for name in "${names[@]}"; do
  [[ -x scripts/drills/$name.sh ]] || { echo "drills: there is no scripts/drills/$name.sh" >&2; exit 2; }
  "scripts/drills/$name.sh" || failed+=("$name")
done
[[ ${#failed[@]} == 0 ]] || { echo "drills: not as it should be: ${failed[*]}" >&2; exit 1; }
