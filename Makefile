# `make run` and `make test` start from a bare checkout; the environment is made once and reused.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data
BIN := .venv/bin

.PHONY: run test check format openapi environment clean

run: environment
	$(BIN)/learncities ingest --data "$(DATA)"
	@echo; echo '$$ learncities search "who reopened empty rooms as classrooms with little money?"'
	$(BIN)/learncities search "who reopened empty rooms as classrooms with little money?" --limit 2 --data "$(DATA)"
	@echo '$$ learncities similar Cork'
	$(BIN)/learncities similar Cork --limit 2 --data "$(DATA)"
	@exec $(BIN)/learncities serve --host "$(HOST)" --port "$(PORT)" --data "$(DATA)"

test: check
	$(BIN)/pytest

check: environment
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: environment
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What docs/openapi.json says is compared with what is served by a test.
openapi: environment
	$(BIN)/python -m api.openapi docs/openapi.json

environment: .venv/ready

# Remade only when what it is made from has changed.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable .
	touch .venv/ready

clean:
	rm -rf .venv data dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
