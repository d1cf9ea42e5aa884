# Needs Python 3.11 or newer, make and git; all else is installed here.

PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate

.PHONY: run test check bench bench-quick bench-duplicates
.PHONY: soak soak-kills soak-races soak-meanwhile soak-seeing soak-changes soak-large format schema lock clean

# Serves Kith with a demo; the first time it fetches what it needs.
run: .venv/runtime
	@$(BIN)/python -m kith run --demo

# Runs every test, against a real Neo4j.
test: .venv/development
	@$(BIN)/python -m kith setup
	@$(BIN)/pytest -n 2 --dist worksteal

# What CI runs: format, types, imports, tests.
check: .venv/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# Measures Kith and what else would answer, on 100,000 customers and on a million; within half an hour.
bench: .venv/development
	@$(BIN)/python -m kith setup
	@$(BIN)/python -m bench --keep

# Reading, shortly, against statements written by hand, for before and after a change; within three minutes.
bench-quick: .venv/development
	@$(BIN)/python -m kith setup
	@$(BIN)/python -m bench tiny hop1 hop3 n1000 --against raw --rounds 3 --seconds 0.8

# How many of the duplicates of FEBRL's four sets are found, and how many are none (in bench/results); ten minutes.
bench-duplicates: .venv/development
	@$(BIN)/python -m kith setup
	@$(BIN)/uv pip install --quiet --no-deps --require-hashes -r requirements/febrl.lock
	@$(BIN)/python -m bench.duplicates

# What takes hours.
soak: soak-kills soak-races soak-meanwhile soak-seeing soak-changes soak-large

# The service and its database, each killed thirty times under writing clients.
soak-kills: .venv/development
	@$(BIN)/python -m kith setup
	$(BIN)/pytest -q tests/soak/kills.py

# What every class of viewers sees of random graphs, against the specification read plainly; two worlds unless told.
soak-seeing: .venv/development
	@$(BIN)/python -m kith setup
	$(BIN)/pytest -q tests/soak/seeing.py

# Merges, deletions and what undoes them among random changes of small graphs; sixty stories unless told.
soak-changes: .venv/development
	@$(BIN)/python -m kith setup
	$(BIN)/pytest -q tests/soak/changes.py

# A household of 10,000 members and one of the staff with 100,000 relationships, deleted; how long it takes.
soak-large: .venv/development
	@$(BIN)/python -m kith setup
	$(BIN)/pytest -q -s tests/soak/large.py

# Each race a thousand times, and what comes back by a job of every kind.
soak-races: .venv/development
	@$(BIN)/python -m kith setup
	KITH_ROUNDS=1000 $(BIN)/pytest -n 2 -q tests/schema/test_races.py tests/schema/test_deleting_merges.py \
		tests/schema/test_restoring_many.py

# Everything that merges, deletes, relates or undoes, and each plan, beside everything else, between any two statements.
soak-meanwhile: .venv/development
	@$(BIN)/python -m kith setup
	KITH_MEANWHILE=1 $(BIN)/pytest -n 2 -q tests/schema/test_meanwhile.py

format: .venv/development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Prints the SDL that the types make.
schema: .venv/runtime
	$(BIN)/python -m kith schema > schema/schema.graphql

# Pins the newest versions that pyproject.toml allows, for all platforms.
lock: .venv/uv
	echo uv | $(COMPILE) --upgrade - -o requirements/uv.lock
	$(COMPILE) --upgrade pyproject.toml -o requirements/runtime.lock
	$(COMPILE) --upgrade pyproject.toml --group dev -c requirements/runtime.lock -o requirements/development.lock

.venv/uv: requirements/uv.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip --disable-pip-version-check install --quiet --require-hashes -r requirements/uv.lock
	@touch $@

.venv/runtime: .venv/uv requirements/runtime.lock
	$(BIN)/uv pip install --require-hashes -r requirements/runtime.lock
	@touch $@

.venv/development: .venv/uv requirements/development.lock
	$(BIN)/uv pip install --require-hashes -r requirements/development.lock
	@touch $@ .venv/runtime

clean:
	rm -rf .venv console/dist
