# Every target prepares the machine first (tools/prepare): the first one called in a fresh clone works.
PYTHON := .venv/bin/python
export PYTHONUTF8 := 1
# What is compiled once is kept, also where the surroundings say otherwise: a fresh clone's tests
# start dozens of programs.
export PYTHONDONTWRITEBYTECODE :=
seed ?= $(shell date +%s)

.PHONY: help run demo test soak shots bench bundle migration lock

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run:            ## start the program
	@tools/prepare run
	@tools/start

demo:           ## start it on a made-up community: no password, nothing kept
	@tools/prepare run
	@tools/start demo

test:           ## ruff, mypy, pytest
	@tools/prepare test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	@# Types beside the tests: while those are collected half of the machine has nothing to do.
	.venv/bin/mypy --strict app & types=$$!; \
		QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 --dist loadfile; tests=$$?; \
		wait $$types && exit $$tests

soak:           ## the accidents of tests/faults ten to fifty times each; seed=7 repeats a run
	@tools/prepare test
	QT_QPA_PLATFORM=offscreen LINLI_SOAK=1 LINLI_SEED=$(seed) $(PYTHON) -m pytest -n 2 \
		--dist loadfile tests/faults tests/importing/test_anything.py \
		tests/services/test_numbers.py tests/services/test_points_model.py \
		tests/storage/test_changes.py

shots:          ## every page, dialog and paper as PNG, into build/shots
	@tools/prepare test
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m tools.shots

bench:          ## time against the least work that could do it; names="a b" picks some
	@tools/prepare test
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m bench $(names)

bundle:         ## one folder that runs without Python, into dist/linli
	@tools/prepare test
	$(PYTHON) -m PyInstaller --noconfirm --clean --log-level WARN build.spec
	dist/linli/linli --version

migration:      ## write the next migration from the models: m="what changes"
	@tools/prepare test
	$(PYTHON) tools/new_migration.py "$$(echo '$(m)' | tr ' ' '_')"

lock:           ## resolve pyproject.toml into requirements.lock
	@tools/prepare test
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes --upgrade \
		--no-emit-index-url --no-annotate --no-header --python-version 3.11 --quiet -o requirements.lock
