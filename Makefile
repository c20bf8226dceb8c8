# The commands of the repository. Each installs what it needs where it may, and else says what is missing.

PORT ?= 8080
# What `make run` builds: the profile that is ready first from nothing (docs/development.md has the figures).
RUN_DIR := target/debug

WEB_SOURCES := $(shell find web/src web/public -type f 2>/dev/null) web/index.html web/package-lock.json web/vite.config.ts

.PHONY: run test release bench drills fuzz contract sweep openapi set-up-run set-up-test clean

run: set-up-run web/dist/index.html
	cargo build --locked --package kexun
	$(RUN_DIR)/kexun demo --data ./kexun-data/demo --listen 127.0.0.1:$(PORT)

test: set-up-test web/dist/index.html
	scripts/test.sh

release: set-up-run web/dist/index.html
	cargo build --locked --release --package kexun
	@echo "target/release/kexun"

# All that docs/benchmarks.md states, or `make bench WHAT="import rush"`.
bench:
	scripts/bench.sh $(WHAT)

# Faults that take minutes or whole servers (docs/operations.md), or `make drills WHAT="failover locked"`.
drills: release
	scripts/drills/run.sh $(WHAT)

# Random input for FUZZ_SECONDS a target, or `make fuzz WHAT="masking gift"`.
fuzz:
	scripts/fuzz.sh $(WHAT)

# Random requests to every operation as every role, or `make contract WHAT=supervisor`.
contract:
	cargo build --locked --package kexun
	scripts/contract.sh $(WHAT)

# Every page as every role, beside a `make run`, or `make sweep WHAT="agent /exams"`.
sweep: e2e/node_modules/.package-lock.json
	KEXUN_URL=$${KEXUN_URL:-http://127.0.0.1:$(PORT)} node e2e/sweep.mjs "$(WHAT)"

# The contract, and the types that the web's client is written against.
openapi: scripts/openapi-types/node_modules/.package-lock.json
	scripts/openapi.sh write

set-up-run:
	@scripts/set-up.sh run

set-up-test:
	@scripts/set-up.sh test

%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund
	@touch $@

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && npm run build
	@# The program embeds these files; cargo sees a new one only when the embedding source is newer.
	@touch crates/app/src/assets.rs

clean:
	cargo clean
	rm -rf web/dist web/node_modules e2e/node_modules scripts/openapi-types/node_modules
