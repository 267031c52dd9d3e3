# Learner Analytics. `make run` and `make test` do all of their own set-up; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run demo test test-properties test-spark check lock docs bench clean

# A stamp file in .venv says that the packages of its requirements are in: the second run is quick.
PY := .venv/bin/python
READY := .venv/.ready
READY_TO_TEST := .venv/.ready-to-test
LOCK := .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11
PYTEST := $(PY) -m pytest
# Each worker has its own stores, servers and browser; one that has nothing left takes over from the other.
IN_TWO := -n 2 --dist worksteal
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

help: ## List what can be made here
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | column -t -s '|'

run: demo ## Serve the demo university (PORT, default 8501; LA_HOME, default var)
	@deploy/say.sh "Serving; Ctrl-C ends it"
	@exec $(PY) manage.py serve

demo: $(READY) ## Make the keys, the database and the demo university, where they are missing
	@deploy/say.sh "The demo university (a minute the first time)"
	@$(PY) manage.py demo

setup: $(READY) ## Make .venv and install the packages, nothing else

test: $(READY_TO_TEST) ## Check everything: the rules of the code, then the tests, a real browser last
	@deploy/system-packages.sh chromium libatomic1 postgresql # libatomic1: Playwright's driver
	@$(MAKE) --no-print-directory check
	@deploy/say.sh "Tests (1 of 3): rules, stores and pages"
	@$(PYTEST) $(IN_TWO) -m "not server and not browser and not spark"
	@deploy/say.sh "Tests (2 of 3): the running server"
	@$(PYTEST) $(IN_TWO) -m "server and not browser"
	@deploy/say.sh "Tests (3 of 3): a real browser"
	@$(PYTEST) $(IN_TWO) -m "browser"

test-properties: $(READY_TO_TEST) ## Try everything that chance builds on far more values and small universities (an hour or more)
	@deploy/say.sh "Properties, many times over"
	@$(PYTEST) -m hypothesis --hypothesis-profile=nightly --timeout=7200

test-spark: $(READY_TO_TEST) ## Rate on a real Spark cluster on this machine that loses a worker (minutes; installs Java and PySpark)
	@deploy/system-packages.sh openjdk-17-jre-headless
	@deploy/say.sh "Installing the packages of requirements-spark.txt"
	@sed -n '/^setuptools==/,/# via/p' requirements-spark.txt | $(PIP) -r /dev/stdin # first: PySpark is put together with it
	@$(PIP) --no-build-isolation -r requirements-spark.txt
	@deploy/say.sh "Tests on a Spark cluster"
	@$(PYTEST) -m spark

check: $(READY_TO_TEST) ## Check the code only: lint, format, types, import contracts
	@deploy/say.sh "Lint and format"
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@deploy/say.sh "Types"
	@$(PY) -m mypy
	@$(PY) -m mypy app.py manage.py docs/authorisation.py docs/states.py bench
	@deploy/say.sh "Import contracts"
	@.venv/bin/lint-imports

docs: $(READY) ## Write again what is generated from the code: docs/authorisation.md, docs/feeds.md, docs/states.md
	@$(PY) -m docs.authorisation
	@$(PY) -m docs.states
	@$(PY) -m ingest.feeds_page

bench: $(READY_TO_TEST) ## Measure reads and pages at 50,000 students (minutes; prints tables)
	@$(PY) -m bench.reads | tee bench/results/reads.txt
	@$(PY) -m bench.pages | tee bench/results/pages.txt

lock: $(READY_TO_TEST) ## Pin and hash the packages again, after a change to requirements*.in
	@$(LOCK) requirements.in -o requirements.txt
	@$(LOCK) requirements-dev.in -o requirements-dev.txt
	@$(LOCK) requirements-spark.in -o requirements-spark.txt

clean: ## Remove the environment and the caches; data in LA_HOME stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(READY): requirements.txt
	@deploy/environment.sh requirements.txt
	@touch $@

$(READY_TO_TEST): $(READY) requirements-dev.txt
	@deploy/environment.sh requirements-dev.txt
	@touch $@
