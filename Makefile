# make run      environment, table, dashboard at http://127.0.0.1:8501
# make test     what the tests need, then all tests
# make check    lint, types, and the data: built anew and checked
# make score    extraction against the hand-labelled reports
# make learn    the weights of a second look, from the labelled reports that may be read
# make bench    speed, as ratios within one run
# make oracles  our reading of figures against that of cn2an and Recognizers-Text

PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: run table test check score learn bench oracles clean

# A refused document (exit status 1) is named; the dashboard shows the others.
run: $(VENV)/.run-installed
	$(BIN)/python -m etl run || test $$? -eq 1
	$(BIN)/streamlit run dashboard.py

table: $(VENV)/.run-installed
	$(BIN)/python -m etl run

test: $(VENV)/.dev-installed
	$(BIN)/python -m pytest

check: $(VENV)/.dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy etl app dashboard.py tools
	$(BIN)/python -m etl run
	$(BIN)/python -m etl check

score: $(VENV)/.dev-installed
	$(BIN)/python -m tools.score

learn: $(VENV)/.dev-installed
	$(BIN)/python -m pip install --quiet --requirement requirements-learn.txt --constraint constraints.txt
	$(BIN)/python -m tools.learn

bench: $(VENV)/.dev-installed
	$(BIN)/python -m tools.bench

oracles: $(VENV)/.dev-installed
	$(BIN)/python -m pip install --quiet --requirement requirements-oracles.txt --constraint constraints.txt
	$(BIN)/python -m tools.oracles

clean:
	rm -rf $(VENV) build .pytest_cache .ruff_cache .mypy_cache

$(VENV)/bin/python $(VENV)/Scripts/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed; name one with PYTHON=')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-installed: requirements.txt constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --requirement requirements.txt --constraint constraints.txt
	touch $@

$(VENV)/.dev-installed: requirements-dev.txt $(VENV)/.run-installed
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt --constraint constraints.txt
	touch $@
