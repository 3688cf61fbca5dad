# Each target does its own set-up: it needs make and a Python of 3.11 or newer, and nothing else.

VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?=
WORKERS ?= 2
ROWS ?= 1000000 10000000
KILLS ?= 1000
LOCALE := core/rung/locale
TRANSLATED := core tui

# The tests start Rung thousands of times: what is compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check bench torture docs screenshots messages clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## grade the sample customers of every sector into .demo
	@rm -rf .demo
	$(BIN)/rung demo .demo
	@echo
	@echo "Open it in the terminal program:  $(BIN)/rung review .demo"

test: $(VENV)/.development ## run the whole test suite
	@# A file each: what its tests share is made once. Groups are not kept (pytest 9.2 knows no @group in an id).
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.development ## lint, format, types, import contracts, translations
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/packaging/test_translations.py

bench: $(VENV)/.development ## measure speed and memory as ratios; ROWS=1000000 for less
	$(BIN)/python benchmarks/start/run.py
	$(BIN)/python benchmarks/grading/one_customer.py
	for rows in $(ROWS); do $(BIN)/python benchmarks/grading/run.py $$rows || exit; done
	$(BIN)/python benchmarks/simulation/run.py
	$(BIN)/python benchmarks/analysis/table.py
	$(BIN)/python benchmarks/terminal/run.py
	$(BIN)/python benchmarks/ledger/run.py 100000
	$(BIN)/python benchmarks/ledger/overlay.py 100000 100000
	$(BIN)/python benchmarks/ledger/crowd.py 8 200

torture: $(VENV)/.development ## kill what writes 1,000 times at random instants; KILLS=50 for less
	$(BIN)/python tests/torture/run.py $(KILLS)

docs: $(VENV)/.development ## write anew what the pages show, and the reference; hold all pages to the code
	$(BIN)/python docs/sdk_reference.py
	$(BIN)/python tests/docs/test_readme.py
	$(BIN)/python tests/docs/test_guides.py
	$(BIN)/python -m pytest -q tests/docs

screenshots: $(VENV)/.development ## take the pictures of the READMEs anew, from the terminal program itself
	$(BIN)/python docs/screenshots.py

messages: $(VENV)/.development ## collect the program's messages and compile the Chinese catalogue
	@mkdir -p build
	$(BIN)/pybabel -q extract --keyword _ --sort-output --no-location --width 100 -o build/rung.pot $(TRANSLATED)
	$(BIN)/pybabel -q update --domain rung -i build/rung.pot -d $(LOCALE) -l zh --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date --width 100
	@# Compiled here because pybabel's own compile takes "% of" for a placeholder and stops.
	@cd $(LOCALE)/zh/LC_MESSAGES && $(CURDIR)/$(BIN)/python -c \
	  "from babel.messages import mofile, pofile; mofile.write_mo(open('.rung.mo', 'wb'), pofile.read_po(open('rung.po', 'rb'), locale='zh'))"
	@mv $(LOCALE)/zh/LC_MESSAGES/.rung.mo $(LOCALE)/zh/LC_MESSAGES/rung.mo # in one step: a program may be starting

clean: ## remove everything that was built, the environment included
	rm -rf $(VENV) .demo dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps below let a set-up run once, and again only when pyproject.toml changes.

$(VENV)/.made:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Making $(VENV) with $$($$python --version)"; \
	    $$python -m venv $(VENV) && touch $@; exit $$?; \
	  fi; \
	done; \
	echo "Rung needs Python 3.11 or newer with its venv module (on Debian and Ubuntu: apt install python3-venv)," >&2; \
	echo "and found none. If it stands somewhere else, say where: make PYTHON=/path/to/python3.11" >&2; \
	exit 1

$(VENV)/.runtime: $(VENV)/.made pyproject.toml
	@echo "Installing Rung (once; again when pyproject.toml changes)"
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime pyproject.toml
	@echo "Installing what the tests and checks need"
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@
