# Everything a newcomer needs is `make run` and `make test`; each command says what it does when it starts.

# The Python that makes .venv; after that everything runs inside it.
PYTHON ?= python3
IN_VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test leaks findings properties bench-mail mutants check format coverage install install-dev clean fresh

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: install ## try it out: demo network, web server and worker on http://127.0.0.1:8000 (PORT=...)
	@$(IN_VENV) -m scripts.run

test: install-dev ## every test, on SQLite and PostgreSQL and in Chromium (ARGS="-k leak" ENGINES=sqlite)
	@$(IN_VENV) -m scripts.test $(ARGS)

leaks: install-dev ## how well the leak check tells leaks from clean text, by kind (ARGS="another-set.jsonl")
	@$(IN_VENV) -m bench.leak_report $(ARGS)

findings: install-dev ## write down what the leak check finds in each labelled text; then look through `git diff`
	@$(IN_VENV) -m bench.leak_findings

properties: install-dev ## two drafts that differ in secrets, 100,000 times (EXAMPLES=...): the long run of R6
	@EXAMPLES=$${EXAMPLES:-100000} .venv/bin/pytest -q tests/notes/test_redaction.py -k r6

bench-mail: install-dev ## letters a second beside bare smtplib, on both engines (ARGS="3000 --memory"; minutes)
	@$(IN_VENV) -m bench.mail $(ARGS)

mutants: install-dev ## change the rules one place at a time: does a test notice? (ARGS=redaction; minutes)
	@$(IN_VENV) -m scripts.mutants $(ARGS)

check: install-dev ## style, types, imports, migrations, production settings, known vulnerabilities
	@$(IN_VENV) -m scripts.check

messages: install-dev ## gather what is to be translated, and compile the catalogues in locale/
	@$(IN_VENV) -m scripts.messages

format: install-dev ## put code and templates into shape
	@.venv/bin/ruff check --fix --exit-zero --quiet
	@.venv/bin/ruff format
	@.venv/bin/djlint --reformat --quiet templates || true

coverage: install-dev ## which branches no test has taken (SQLite, without the browser)
	@.venv/bin/pytest -q -n 2 --ignore=tests/browser --cov --cov-report=term $(ARGS)

install:
	@$(PYTHON) scripts/install.py

install-dev:
	@$(PYTHON) scripts/install.py dev

clean: ## remove .venv and caches; the try-out database and letters stay in var/
	rm -rf .venv htmlcov .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

fresh: ## forget the try-out: remove var/ with its database, letters and keys
	rm -rf var
