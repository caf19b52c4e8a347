# `make run` turns inputs/ into outputs/; `make test` checks the project. Both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench lock
PY := .venv/bin/python

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /make \1: /p' $(MAKEFILE_LIST)

setup: ## install the system packages and .venv with the sop command
	@sh scripts/setup.sh run

run: setup ## turn inputs/ into records in outputs/
	.venv/bin/sop run inputs --out outputs

test: ## lint, test, and tell which branches no test takes
	@sh scripts/setup.sh test
	@$(MAKE) --no-print-directory check
	$(PY) -m pytest -n auto --cov

lint: ## ruff, mypy and the import contracts
	@sh scripts/setup.sh lint
	@$(MAKE) --no-print-directory check

.PHONY: check
check:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: ## measure accuracy, reliability, speed, memory and corrections, into docs/bench.md
	@sh scripts/setup.sh lint
	$(PY) -m bench

lock: ## write locks/ anew from pyproject.toml
	@sh scripts/setup.sh lint
	@sh scripts/lock.sh
