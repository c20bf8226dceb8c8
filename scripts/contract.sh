#!/usr/bin/env bash
# Sends generated requests to every operation of the contract, signed in as each role (or those named), against a
# demonstration of its own, and prints what came back that the contract does not say:
#
#   scripts/contract.sh [role…]
#
# CONTRACT_EXAMPLES random requests an operation and role (default 20, beside those for every boundary of its types),
# CONTRACT_PORT (default 4240), KEXUN_BIN (default target/debug/kexun). What was sent and answered stays in
# target/contract/<role>. Needs Python 3.10 or newer; installs Schemathesis below target/ once.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${KEXUN_BIN:-${CARGO_TARGET_DIR:-target}/debug/kexun}
work=${CARGO_TARGET_DIR:-target}/contract
if [[ ! -x $bin ]]; then
  echo "contract: first build the program: cargo build -p kexun" >&2
  exit 1
fi
mkdir -p "$work"
if ! cmp -s scripts/contract/requirements.txt "$work/venv/requirements.txt"; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r scripts/contract/requirements.txt
  cp scripts/contract/requirements.txt "$work/venv/requirements.txt"
fi
# The demonstration is built anew: its people are to be those of this program, its days of today.
rm -rf "$work/template"
export PYTHONDONTWRITEBYTECODE=1
exec "$work/venv/bin/python" scripts/contract/run.py --bin "$bin" --work "$work" --port "${CONTRACT_PORT:-4240}" \
  --examples "${CONTRACT_EXAMPLES:-20}" "$@"
