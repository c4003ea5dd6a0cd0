# Krets: `make run` opens the page, `make test` checks everything, `make help` lists the rest.
# Needs python3 (3.11 or newer, with venv) and make.

PYTHON ?= python3
PORT ?= 8501
WORKERS ?= auto

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check

# Real shops that arrive inside other projects' packages. Only their files are read, so they are
# installed without what they depend on (one brings forty packages and telemetry).
SHOPS := lifetimes==0.11.3 retentioneering==5.2.4

# What exists of the code that is typed strictly.
TYPED := $(wildcard assistant segments app.py sample_data benchmarks)

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test check fast-gates format lint types contracts chromium postgres bench measure sample clean venv dev

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# --- set-up; each stamp is renewed when pyproject.toml changes ---------------------------------

venv: $(VENV)/.runtime ## .venv with what the program needs
dev: $(VENV)/.dev ## .venv with what the checks need too

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Krets needs Python 3.11 or newer, and '$(PYTHON)' is not."; \
	  echo "Name another one: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' has no venv or ensurepip, so no environment can be made."; \
	  echo "On Debian and Ubuntu: apt-get install python3-venv. Or name another: make PYTHON=python3.12 …"; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml | $(PY)
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml Makefile | $(PY)
	$(PIP) install --quiet --editable '.[dev]'
	$(PIP) install --quiet --no-deps $(SHOPS)
	@touch $@ $(VENV)/.runtime

chromium:
	@command -v chromium >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing chromium for the tests of the page"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
	  echo "The tests of the page need 'chromium' on the PATH. On Debian and Ubuntu:"; \
	  echo "  sudo apt-get update && sudo apt-get install chromium"; \
	  echo "Without it, 'make check' runs everything but those tests."; exit 1; \
	fi

postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0; command -v initdb >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing PostgreSQL for the tests of the saved segments"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; \
	else \
	  echo "PostgreSQL is not installed, so the tests of saved segments on a server are skipped."; \
	fi

# --- the program -------------------------------------------------------------------------------

run: $(VENV)/.runtime ## the page on the sample shop, at http://localhost:8501
	$(BIN)/streamlit run app.py --server.port $(PORT)

measure: $(VENV)/.dev ## how many sentences are read right, and which are not (SHARED=folder of more)
	$(PY) -m benchmarks.corpus $(if $(SHARED),--shared $(SHARED))

sample: $(VENV)/.runtime ## write the sample shop anew
	$(PY) -m sample_data.generate

bench: $(VENV)/.dev ## measure
	@set -e; for file in $(or $(wildcard benchmarks/bench_*.py),$(error no benchmarks/bench_*.py yet)); do \
	  echo "$$file"; $(PY) "$$file"; done

# --- the checks --------------------------------------------------------------------------------

test: $(VENV)/.dev chromium postgres ## everything: format, lint, types, contracts, every test
	@$(MAKE) --no-print-directory fast-gates
	$(BIN)/pytest -n $(WORKERS)

check: $(VENV)/.dev ## the fast part, for every change
	@$(MAKE) --no-print-directory fast-gates
	$(BIN)/pytest -n $(WORKERS) -m 'not browser and not slow and not real_data'

fast-gates: lint types contracts

lint: $(VENV)/.dev ## format check and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(VENV)/.dev ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/.dev ## strict types
	$(BIN)/mypy $(TYPED)

contracts: $(VENV)/.dev ## who may import whom
	$(BIN)/lint-imports

clean: ## forget the environment and every cache
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
