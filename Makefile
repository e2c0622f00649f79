# Everything a newcomer needs: `make run` and `make test`. All of it stays in .venv and ATLAS_DATA.
# Paths are relative, so the checkout may lie under a path with spaces.

PYTHON ?= python3
PORT ?= 8501
BIN = .venv/bin
INSTALLED = .venv/installed

export UV_PYTHON_DOWNLOADS = never
export UV_COMPILE_BYTECODE = 1

.PHONY: run test lint types accuracy bench screenshots dictionary install dagster lock clean

run: $(INSTALLED)
	@$(BIN)/atlas demo --port $(PORT)

# In the order of their names: the quick unit tests fill up what the long ones leave open.
test: $(INSTALLED) lint types
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: $(INSTALLED)
	@$(BIN)/mypy

# How right the readers are, by platform and field; fails below the thresholds.
accuracy: $(INSTALLED)
	@$(BIN)/python -m tests.accuracy

# How fast they are, as ratios within one run.
bench: $(INSTALLED)
	@$(BIN)/python -m tests.bench

# Every view at three widths, light and dark, of a sample night, into the folder screenshots/.
screenshots: $(INSTALLED)
	@$(BIN)/python -m tests.browser.screenshots --out screenshots

# The page of all tables, macros and kept questions, from warehouse/dictionary.yaml.
dictionary: $(INSTALLED)
	@$(BIN)/python -m warehouse.dictionary_page

# Dagster's own pages on http://localhost:3000, with its state under ATLAS_DATA.
dagster: $(INSTALLED)
	@DAGSTER_HOME="$$($(BIN)/python -m pipeline.instance)" $(BIN)/dagster dev

install: $(INSTALLED)

# uv installs hashed locks fast and right; its own pinned lines of the lock bring it in first.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed, $$($(PYTHON) --version 2>&1) is here; name another one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv .venv || \
	  { echo "no virtual environment could be made in .venv; on Debian: apt-get install python3-venv"; exit 2; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $(INSTALLED)

# Pins everything anew. The lock holds names, versions and hashes, never an index address.
lock: $(INSTALLED)
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --upgrade \
	  --constraint constraints.txt --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
	@! grep -nE 'https?://|file:' requirements.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
