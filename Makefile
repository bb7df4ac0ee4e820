# Hemu 和睦. `make up` runs it, `make test` proves it; CONTRIBUTING.md says what each command does.
PYTHON ?= python3
RUN := .venv/bin/python

# Where Python was told to compile into no folder of the checkout, it compiles into this one: each of the hundreds of
# processes that the tests start would compile everything anew.
ifdef PYTHONDONTWRITEBYTECODE
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/compiled
endif

.PHONY: up setup test check bench proof pictures format
.DEFAULT_GOAL := up

up: needs-python
	@$(PYTHON) -m tools.setup runtime
	@exec $(RUN) -m tools.up

setup: needs-python
	@$(PYTHON) -m tools.setup dev

test: setup
	@exec $(RUN) -m tools.test $(RUNS) $(if $(ARGS),-- $(ARGS))

check: setup
	@exec $(RUN) -m tools.check $(CHECKS)

format: setup
	@$(RUN) -m ruff check --quiet --fix . ; $(RUN) -m ruff format .

bench: setup
	@FULL=$(FULL) exec $(RUN) -m bench $(PARTS)

proof: setup
	@exec $(RUN) -m tests.proof $(FAULTS) $(if $(FULL),--full)

pictures: setup
	@exec $(RUN) -m tools.pictures

.PHONY: needs-python
needs-python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "缺少 $(PYTHON)，请先执行 · $(PYTHON) is missing, install it with:" >&2; \
	  echo "    sudo apt-get update && sudo apt-get install python3 python3-venv make" >&2; exit 1; }
