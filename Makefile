# Everything a developer does here, one word each. Bare `make` prints this list.
# A fresh machine needs Python 3.11 or newer, make, and nothing else: Node.js comes from a wheel where it is missing.

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# On a small machine twice as many as cores: half of what a test does is waiting, for processes, clocks and a browser.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -gt 4 ] || n=$$((2 * n)); echo $$n)
export VAULTRAIDER_TEST_DATA ?= $(abspath $(CURDIR)/../shared)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP_INSTALL := $(BIN)/python -m pip install -qq --no-input
FRONT_END := $(BIN)/python hatch_build.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo dev test check format bench soak screenshots types lock clean front-end

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev front-end ## Set everything up: environment, packages, front end

demo: $(VENV)/.runtime front-end ## Run Vault Raider on its demo world, and print its address
	@$(BIN)/vaultraider demo $(ARGS)

dev: $(VENV)/.dev front-end ## The demo with reload: Python restarts, the front end rebuilds at each change
	@trap 'trap - EXIT INT TERM; kill 0' EXIT INT TERM; $(FRONT_END) npm run build -- --watch & $(BIN)/vaultraider demo --reload --debug $(ARGS)

test: $(VENV)/.dev front-end ## Run every test: front end, Python, browser
	@echo "== Front end"
	@$(FRONT_END) npm test
	@echo "== Python and browser"
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations 8 --durations-min 5 $(ARGS)

check: $(VENV)/.dev front-end ## Check style, types and the house's rules
	@echo "== ruff";           $(BIN)/ruff check
	@echo "== format";         $(BIN)/ruff format --check
	@echo "== mypy";           $(BIN)/mypy
	@echo "== import-linter";  $(BIN)/lint-imports
	@echo "== typescript";     $(FRONT_END) npm run --silent typecheck
	@echo "== eslint";         $(FRONT_END) npm run --silent lint
	@echo "== prettier";       $(FRONT_END) npm exec -- prettier --check --log-level warn src tests '*.ts' '*.js'
	@echo "== API types";      mkdir -p build && cp frontend/src/api/schema.ts build/schema.ts && $(FRONT_END) npm run --silent types \
		&& cmp build/schema.ts frontend/src/api/schema.ts || { echo "The API changed: commit frontend/src/api/schema.ts, which is new now." >&2; exit 1; }
	@echo "== house rules";    $(BIN)/python -m pytest -q tests/meta

format: $(VENV)/.dev ## Format everything, and mend what can be mended
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format
	@$(FRONT_END) npm run --silent format -- --log-level warn

bench: $(VENV)/.dev front-end ## Measure; prints a table and writes build/bench.json
	@$(BIN)/python -m benchmarks $(ARGS)

soak: $(VENV)/.dev ## Try for long what must never break: moves (ARGS='moves --wishes 10000'), queries (ARGS=queries)
	@$(BIN)/python -m tests.soak $(ARGS)

screenshots: $(VENV)/.dev front-end ## Take a picture of every page and state into build/screenshots
	@$(BIN)/python -m tests.journeys.screenshots $(ARGS)

types: $(VENV)/.dev ## Write the front end's TypeScript types from the API's own description
	@$(FRONT_END) npm run types

# The locks carry hashes and no address, so that they hold behind any mirror. Without hosts only the public registry's
# own files are asked for: pip's local settings are not read by uv.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
lock: $(VENV)/.dev ## Write requirements/*.txt anew (ARGS=--upgrade takes newer versions)
	@$(LOCK) $(ARGS) pyproject.toml --extra redis --extra postgresql -o requirements/runtime.txt
	@$(LOCK) $(ARGS) pyproject.toml --extra redis --extra postgresql --group dev --group build -c requirements/runtime.txt -o requirements/dev.txt
	@$(LOCK) $(ARGS) --group build -c requirements/dev.txt -o requirements/build.txt
	@$(LOCK) $(ARGS) --group node -o requirements/node.txt

clean: ## Remove what was built, and the environment
	@rm -rf $(VENV) build dist frontend/node_modules src/vaultraider/web/static/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

front-end: $(VENV)/.runtime ## Build the front end if a source changed
	@$(FRONT_END)

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making the environment in $(VENV) with $$($$python --version)"; \
	    $$python -m venv $(VENV) && exit 0; \
	    rm -rf $(VENV); echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	  fi; \
	done; \
	echo "Vault Raider needs Python 3.11 or newer. Install it, or say where it is: make PYTHON=/path/to/python3" >&2; exit 1

$(VENV)/.build: requirements/build.txt | $(BIN)/python
	@$(PIP_INSTALL) --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/.build
	@echo "Installing the Python packages"
	@$(PIP_INSTALL) --require-hashes -r requirements/runtime.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "Installing the developers' packages"
	@$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
