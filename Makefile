# The front door. Needs Rust, a C compiler, and Python with pip for the model where the model hub
# cannot be reached. Postgres is found or installed; a DATABASE_URL that is set is used instead (the
# tests then migrate it and make databases of their own beside it).
# Written for GNU make 3.81, which is what macOS has.

# Queries are checked against the descriptions in .sqlx, so no build needs a database.
export SQLX_OFFLINE := true

# One build for everything: building the whole workspace at once gives every crate the same features,
# so that nothing is compiled twice.
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
BOOKA := $(TARGET)/debug/booka
XTASK := $(TARGET)/debug/xtask

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check tools build lint suite openapi sqlx-prepare eval eval-baseline contest differential

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: tools ## Set everything up, open a demo salon, and say where to chat
	@echo "building; the first time takes some minutes"
	@cargo build --workspace --bins
	@$(BOOKA) demo

test: tools build lint suite ## Everything that must hold: lints, house rules, generated files, tests
	@echo
	@echo "make test: all passed"
	@echo "  format, clippy without warnings, crate edges, house rules"
	@echo "  docs/openapi.json and .sqlx as fresh as the code"
	@echo "  the test suite, on a real Postgres"

check: tools build lint ## The quick part of test: format, clippy, crate edges, house rules

openapi: tools build ## Write docs/openapi.json
	@$(BOOKA) openapi > docs/openapi.json

eval: tools build ## Measure understanding, and compare with the committed figures
	@$(BOOKA) eval all --baseline eval/baselines/all.json \
	    --json $(TARGET)/eval/report.json --html $(TARGET)/eval/report.html

eval-baseline: tools build ## Measure understanding, and make that the committed figures
	@$(BOOKA) eval all --json eval/baselines/all.json --figures-only --html $(TARGET)/eval/report.html

contest: tools build ## Ten thousand rounds of customers who want the same, at two processes (an hour)
	@CONTEST_ROUNDS=10000 $(BOOKA) pg exec --test -- \
	    cargo test --quiet --package booking --package server --test it --test live -- \
	    --nocapture --test-threads 1 at_the_edge contest

differential: tools ## A hundred thousand random timetables, computed again by Python
	@cargo run --quiet --package booking --example differential -- 100000 1 /usr/share/zoneinfo \
	    | PYTHONTZPATH=/usr/share/zoneinfo python3 booking/tests/differential.py

sqlx-prepare: tools ## Describe every query anew in .sqlx
	@cargo run --quiet --package platform --example with_postgres -- $(XTASK) sqlx

# --- the parts of them ------------------------------------------------------------------------------

tools:
	@command -v cargo >/dev/null 2>&1 || { \
	    echo "Rust is missing: install it from https://rustup.rs, then open a new shell"; exit 1; }
	@command -v cc >/dev/null 2>&1 || { \
	    echo "A C compiler is missing: 'sudo apt-get install gcc libc6-dev' or 'xcode-select --install'"; exit 1; }

build:
	@echo "== build"
	@cargo build --workspace --all-targets

lint:
	@echo "== format, clippy, crate edges, house rules"
	@cargo fmt --all -- --check
	@cargo clippy --quiet --workspace --all-targets -- -D warnings
	@$(XTASK) graph
	@$(XTASK) tidy

suite:
	@echo "== generated files, tests"
	@if model=$$($(BOOKA) model pull); then BOOKA_MODEL_DIR=$$model; export BOOKA_MODEL_DIR; else \
	    echo "no model: tests that need it say so and pass, the rest runs on the heuristic floor"; fi; \
	if cargo nextest --version >/dev/null 2>&1; then suite="nextest run --workspace"; \
	    else suite="test --workspace --lib --bins --tests"; fi; \
	$(BOOKA) pg exec --test -- \
	    sh -c "$(BOOKA) migrate && $(XTASK) sqlx --check && cargo $$suite"
