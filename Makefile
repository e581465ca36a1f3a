# Everything one does with this repository. `make help` lists it; CONTRIBUTING.md tells more.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The steps of a target run one after another even under -j: cargo and Vite use all cores by themselves.
.NOTPARALLEL:

TARGET_DIR := $(if $(CARGO_TARGET_DIR),$(abspath $(CARGO_TARGET_DIR)),$(CURDIR)/target)
BINARY := $(TARGET_DIR)/release/hillside
TEST_LOGS := $(TARGET_DIR)/test-logs
# Where setup-tests.sh puts the cargo tools that are missing.
HILLSIDE_TOOLS ?= $(CURDIR)/.tools
export HILLSIDE_TOOLS
export PATH := $(HILLSIDE_TOOLS)/bin:$(PATH)
# What is checked in must be what is built; at one's desk a new dependency may still change the lock file.
LOCKED := $(if $(CI),--locked)
# The server, its checks and its tests are built once, as it is released. Whole, because cargo chooses the features of what
# they share by what is asked for, and would build most of it again for less.
WHOLE := $(LOCKED) --release --workspace

NPM := npm --prefix admin-ui
NODE_MODULES := admin-ui/node_modules/.stamp
CONFORMANCE := tests/conformance
CONFORMANCE_MODULES := $(CONFORMANCE)/node_modules/.stamp
UI := admin-ui/dist/index.html
# The generated schema types are left out: every check writes them anew, and the schema they follow is listed.
UI_SOURCES := $(shell find admin-ui/src admin-ui/public admin-ui/scripts -type f ! -name graphql-env.d.ts) \
	$(addprefix admin-ui/,index.html graphiql.html package.json tsconfig.json vite.config.ts vite.graphiql.config.ts) \
	api/schema/admin.graphql

EXAMPLES := npm --prefix examples
EXAMPLES_MODULES := examples/node_modules/.stamp

STEP := scripts/step.sh "$(TEST_LOGS)"

.PHONY: help check-tools run build dev test test-setup lint test-rust test-ui test-conformance test-faults test-examples test-e2e bench
.PHONY: faults fmt schema clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

# A binary without its admin is none; cargo builds anew where this changes, so it is the same wherever it is released.
build lint test-rust bench: export HILLSIDE_REQUIRE_UI := 1

run: build ## Build what changed and serve it, with demo content on the first start
	@exec "$(BINARY)" serve --demo

build: $(UI) ## Build the admin and target/release/hillside, which carries it
	cargo build $(WHOLE) --bin hillside

dev: $(NODE_MODULES) ## Run a debug server, and the admin with live reload beside it
	@scripts/dev.sh

test: ## Run every check and test, and count them
	@rm -rf "$(TEST_LOGS)"
	@$(MAKE) --no-print-directory test-setup lint test-rust test-ui test-conformance test-faults test-examples test-e2e
	@scripts/test-summary.sh "$(TEST_LOGS)"

test-setup: check-tools ## Install what the tests need beyond Rust and Node, where it is missing
	@scripts/setup-tests.sh

# The admin comes first: cargo recompiles the server whenever the admin's folder appears or changes.
lint: $(UI) ## Check format, clippy and the policy for dependencies
	@$(STEP) format cargo fmt --all --check
	@$(STEP) clippy cargo clippy $(WHOLE) --all-targets -- -D warnings
	@$(STEP) dependencies cargo deny $(LOCKED) check --hide-inclusion-graph licenses bans sources
	@$(STEP) advisories scripts/check-advisories.sh

test-rust: build ## Run the Rust tests on SQLite and PostgreSQL
	@export HILLSIDE_BIN="$(BINARY)"; $(STEP) rust scripts/with-postgres.sh scripts/test-rust.sh $(LOCKED)
	@$(STEP) doc-tests cargo test $(WHOLE) --doc

test-ui: $(NODE_MODULES) ## Check the admin: types, lint, unit tests
	@$(STEP) admin $(NPM) run check

test-conformance: build $(CONFORMANCE_MODULES) ## Check the GraphQL API of the release binary against specifications and clients
	@export HILLSIDE_BIN="$(BINARY)"; $(STEP) conformance npm --prefix $(CONFORMANCE) run check

test-faults: build ## Kill the release binary while visitors submit leads, on SQLite and PostgreSQL
	@export HILLSIDE_BIN="$(BINARY)"; $(STEP) faults scripts/with-postgres.sh scripts/test-faults.sh

test-examples: build $(EXAMPLES_MODULES) ## Build the example front ends, and look at both with a browser
	@export HILLSIDE_BIN="$(BINARY)" CHROMIUM="$$(scripts/find-chromium.sh)"; $(STEP) examples $(EXAMPLES) test

test-e2e: build ## Run the browser tests against the release binary
	@export HILLSIDE_BIN="$(BINARY)" CHROMIUM="$$(scripts/find-chromium.sh)"; $(STEP) browser $(NPM) run e2e

faults: build ## Kill the release binary fifty times on each database
	@HILLSIDE_BIN="$(BINARY)" HILLSIDE_KILL_ROUNDS=50 scripts/with-postgres.sh scripts/test-faults.sh kill.test.mjs

bench: $(UI) ## Measure speed, each figure as a ratio to a static response
	@bench/run.sh

fmt: $(NODE_MODULES) $(CONFORMANCE_MODULES) $(EXAMPLES_MODULES) ## Format everything
	cargo fmt --all
	$(NPM) run format
	npm --prefix $(CONFORMANCE) run format
	$(EXAMPLES) run format

schema: $(NODE_MODULES) ## Write api/schema/*.graphql and the admin's types anew
	@mkdir -p api/schema
	cargo build $(LOCKED) -p hillside --bin hillside
	@for side in public admin; do \
		"$(TARGET_DIR)/debug/hillside" schema $$side > "$(TARGET_DIR)/$$side.graphql"; \
		cmp -s "$(TARGET_DIR)/$$side.graphql" api/schema/$$side.graphql \
			|| cp "$(TARGET_DIR)/$$side.graphql" api/schema/$$side.graphql; \
	done
	$(NPM) run types

clean: ## Remove what was built; databases and keys in ./data stay
	cargo clean
	rm -rf admin-ui/dist admin-ui/dist.new admin-ui/node_modules admin-ui/test-results admin-ui/playwright-report
	rm -rf $(CONFORMANCE)/node_modules $(CONFORMANCE)/generated
	rm -rf examples/node_modules examples/*/node_modules examples/*/dist examples/astro/.astro examples/test-results

check-tools:
	@scripts/check-tools.sh

$(NODE_MODULES): admin-ui/package-lock.json admin-ui/.npmrc | check-tools
	$(NPM) ci
	@touch $@

$(CONFORMANCE_MODULES): $(CONFORMANCE)/package-lock.json $(CONFORMANCE)/.npmrc | check-tools
	npm --prefix $(CONFORMANCE) ci
	@touch $@

$(EXAMPLES_MODULES): examples/package-lock.json examples/.npmrc | check-tools
	$(EXAMPLES) ci
	@touch $@

$(UI): $(NODE_MODULES) $(UI_SOURCES)
	$(NPM) run build
