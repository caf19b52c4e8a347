# `make run` turns inputs/ into outputs/; `make test` checks the project. Both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup run look test lint bench site lock
PY := .venv/bin/python

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /make \1: /p' $(MAKEFILE_LIST)

setup: ## install the system packages and .venv with the sop command
	@sh scripts/setup.sh run

run: setup ## turn inputs/ into records in outputs/
	.venv/bin/sop run inputs --out outputs

# `make look some.pdf`: what stands beside the goal is the file, and no goal itself.
ifeq (look,$(firstword $(MAKECMDGOALS)))
FILE ?= $(word 2,$(MAKECMDGOALS))
.PHONY: $(word 2,$(MAKECMDGOALS))
$(word 2,$(MAKECMDGOALS)):
	@:
endif

look: setup ## draw what was found on the pages of a file over them: make look some.pdf
	@test -n "$(FILE)" || { echo "make look some.pdf, or make look FILE='some file.pdf'"; exit 2; }
	@.venv/bin/sop draw "$(FILE)" --out outputs/pages

test: ## lint, test, and tell which branches no test takes
	@sh scripts/setup.sh test
	@$(MAKE) --no-print-directory check
	$(PY) -m pytest -n auto --dist worksteal --cov

lint: ## ruff, mypy and the import contracts
	@sh scripts/setup.sh lint
	@$(MAKE) --no-print-directory check

.PHONY: check ruff mypy imports
check: # side by side, each with its own output in one piece
	@$(MAKE) --no-print-directory --jobs --output-sync ruff mypy imports

ruff:
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

mypy:
	$(PY) -m mypy

imports:
	.venv/bin/lint-imports

bench: ## measure speed, memory and accuracy beside other tools, into docs/bench.md: two idle processors, half an hour
	@sh scripts/setup.sh bench
	$(PY) -m bench

site: ## make a site of docs/ in outputs/site
	@sh scripts/setup.sh lint
	$(PY) -m mkdocs build --strict --quiet

lock: ## write locks/ anew from pyproject.toml
	@sh scripts/setup.sh lint
	@sh scripts/lock.sh
