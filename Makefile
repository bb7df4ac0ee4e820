# Hemu 和睦. `make up` runs it, `make test` proves it; CONTRIBUTING.md says what each command does.
PYTHON ?= python3
RUN := .venv/bin/python

.PHONY: up setup test check bench proof format
.DEFAULT_GOAL := up

up: needs-python
	@$(PYTHON) tools/setup.py runtime
	@exec $(RUN) tools/up.py

setup: needs-python
	@$(PYTHON) tools/setup.py dev

test: setup
	@exec $(RUN) tools/test.py

check: setup
	@exec $(RUN) tools/check.py

format: setup
	@$(RUN) -m ruff check --quiet --fix . ; $(RUN) -m ruff format .

bench: setup
	@exec $(RUN) -m bench

proof: setup
	@exec $(RUN) -m tests.proof $(if $(FULL),--kills 500,--kills 60)

.PHONY: needs-python
needs-python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "缺少 $(PYTHON)，请先执行 · $(PYTHON) is missing, install it with:" >&2; \
	  echo "    sudo apt-get update && sudo apt-get install python3 python3-venv make" >&2; exit 1; }
