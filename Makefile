# The two commands of the README are `make demo` and `make test`. Everything else is for those who work on it.
.DEFAULT_GOAL := help
.PHONY: help install demo test bench check requirements clean
SHELL := /bin/bash

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

install: ## Make .venv with everything (demo and tests); called by the others as far as they need it
	@.ci/install test

demo: ## Start the demo at http://127.0.0.1:8000 (PORT=8001 for another port); Ctrl-C stops it
	@.ci/install run
	@PORT="$(PORT)" .ci/demo

test: ## Do all that CI does: style, types, imports, both databases, browser, PDF
	@.ci/install test
	@.ci/test

check: ## Only the quick part of `make test`: style, imports, types, migrations, deployment checks
	@.ci/install test
	@.ci/check

bench: ## Measure on both databases and on a whole city, beside the kept baseline (NAMES="report" for some, SAVE=1 keeps)
	@.ci/install test
	@NAMES="$(NAMES)" SAVE="$(SAVE)" .ci/bench

requirements: ## Pin the packages of pyproject.toml again, with hashes (needs the package uv)
	@.ci/install test
	PATH="$(CURDIR)/.venv/bin:$$PATH" uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements/run.txt
	PATH="$(CURDIR)/.venv/bin:$$PATH" uv pip compile pyproject.toml --extra test -c requirements/run.txt --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements/test.txt

clean: ## Remove what the commands made, the demo's data and keys too
	rm -rf .venv var staticfiles .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .grimp_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
