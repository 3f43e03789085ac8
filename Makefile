# Everything starts here: `make demo` and `make test` set up .venv by themselves.
# Needs Python 3.11 or newer and git; set-up reaches the Python package index, nothing else leaves the machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
NAME ?= verdicts
PYTEST_ARGS ?=
# One test process a core; the tests of one file stay together, and files go in their order: slow ones come early.
WORKERS ?= auto

.PHONY: help demo test check format docs bench constraints clean

help:
	@echo "make demo      run the whole nightly job on the bundled demo newsroom"
	@echo "make test      run all tests"
	@echo "make check     lint, types, docs: what CI runs beside the tests"
	@echo "make docs      write the generated parts of README and docs again"
	@echo "make bench NAME=verdicts|scan|crawl|drafts|desk|recheck|year   measure, and print the figures"
	@echo "make clean     remove .venv, caches and the demo's folder"

demo: $(VENV)/.runtime
	@$(BIN)/mentions demo $(DEMO_ARGS)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/cog --check -r README.md docs/reference/*.md

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.dev
	$(BIN)/cog -r README.md docs/reference/*.md

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/$(NAME).py $(BENCH_ARGS)

# Install the newest versions pyproject.toml allows into a fresh environment, and pin what came.
constraints:
	rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	build/constraints/bin/python -m pip install -q -e '.[dev,postgresql,notify]'
	{ sed -n '/^#/p' constraints.txt; build/constraints/bin/python -m pip freeze --exclude-editable \
		| grep -v '^-e' | sort -f; } > build/constraints.txt
	mv build/constraints.txt constraints.txt && rm -rf build/constraints

clean:
	rm -rf $(VENV) build dist demo-run .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The environment is there; what the demo and the nightly job need is installed.
$(VENV)/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"mentions needs Python 3.11 or newer; this is %d.%d. Name another: make demo PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two) …"
	@$(PIP) install -q -c constraints.txt -e .
	@touch $@

# … and what the tests need beside it.
$(VENV)/.dev: $(VENV)/.runtime
	@echo "Adding what the tests need …"
	@$(PIP) install -q -c constraints.txt -e '.[dev,postgresql,notify]'
	@touch $@
