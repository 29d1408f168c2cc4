# Two commands do everything on a bare machine: `make demo` and `make test`.
# PYTHON picks the interpreter (3.11 or newer); PIP_ARGS is handed to pip, for a mirror or another build of torch.
PYTHON ?= python3
PIP_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help demo test lint types check snapshots lock sbom clean

help:
	@echo "make demo   vult een proefbank en maakt een concept uit samples/"
	@echo "make test   stijl, typen, lagen en alle tests"
	@echo "make lint | types | snapshots | lock | sbom | clean   voor ontwikkelaars"

$(READY): requirements.lock requirements-torch.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 of nieuwer is nodig; geef het op met: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python kan geen virtuele omgeving maken; installeer het pakket python3-venv."; exit 2; }
	$(BIN)/python -m pip install --disable-pip-version-check --quiet $(PIP_ARGS) --no-deps -r requirements-torch.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet $(PIP_ARGS) --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet $(PIP_ARGS) --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@$(BIN)/python -m drafter.cli.demo

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python tools/supply.py used

types: $(READY)
	$(BIN)/mypy

test: lint types
	$(BIN)/python -m pytest -n 2

snapshots: $(READY)
	$(BIN)/python -m pytest tests/tui --snapshot-update

lock:
	$(BIN)/python tools/lock.py

# What the program stands on: sbom.json (CycloneDX), and the licences on screen.
sbom: $(READY)
	$(BIN)/python tools/supply.py sbom sbom.json
	$(BIN)/python tools/supply.py licences

clean:
	rm -rf $(VENV) demo sbom.json .mypy_cache .ruff_cache .pytest_cache .hypothesis
