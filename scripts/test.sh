#!/usr/bin/env bash
# Everything `make test` checks, the quick things first; stops at the first that fails. Each step
# says how long it took. CARGO_TARGET_DIR is respected.
set -euo pipefail
cd "$(dirname "$0")/.."
export KEXUN_BIN=${CARGO_TARGET_DIR:-target}/debug/kexun

step() {
  local name=$1 begun=$SECONDS
  shift
  echo "== $name"
  "$@"
  echo "== $name: $((SECONDS - begun)) s"
}

web_checks() {
  make --silent web/node_modules/.package-lock.json
  (cd web && npm run --silent check)
}

tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    scripts/with-postgres.sh cargo nextest run --locked --workspace
    # What nextest does not run: the examples in the documentation.
    cargo test --locked --workspace --doc --quiet
  else
    scripts/with-postgres.sh cargo test --locked --workspace
  fi
}

dependencies() {
  if cargo deny --version >/dev/null 2>&1; then
    cargo deny --locked check bans licenses sources
  else
    echo "passed over: cargo-deny is not installed"
  fi
}

step "formatting" cargo fmt --all --check
step "house rules" scripts/house-rules.sh
step "web: types, lints, tests" web_checks
step "lints" cargo clippy --locked --workspace --all-targets --quiet -- -D warnings
step "tests on SQLite and PostgreSQL" tests
step "contract" scripts/openapi.sh check
step "dependencies" dependencies
step "journeys" scripts/journeys.sh
