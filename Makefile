# Plumbline. Needs Python 3.11 or newer and make; `make help` says what there is.
PORT ?= 8501
STORE ?=
ARGS ?=
DEMO := data/plumbline.duckdb
VENV := .venv
PY := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help run demo test explore test-oidc test-proxy check lint bench schema clean

help: ## say what there is
	@echo "make run                    serve made-up patients at http://127.0.0.1:$(PORT)"
	@echo "make run STORE=my.duckdb    serve a store of your own; it is made if there is none"
	@echo "make run PORT=8502          use another port"
	@echo "make demo                   make the made-up patients anew, up to today"
	@echo "make test                   run every test, those in the browser too"
	@echo "make test-oidc              sign in with a certified OpenID provider; needs node and npm"
	@echo "make test-proxy             try deploy/nginx.conf with a real nginx, and the systemd unit"
	@echo "make explore                the random tests once more, with examples not seen before"
	@echo "make check                  lint, types, imports and the tests without a browser"
	@echo "make bench                  measure, side by side"
	@echo "make schema                 write data/schema/current.sql anew, after a new step"

run: $(VENV)/.installed
ifneq ($(STORE),)
	@PLUMBLINE_AUTH=local $(PY) -m plumbline serve --port "$(PORT)" --store "$(STORE)"
else
	@test -f $(DEMO) || $(PY) -m plumbline demo --patients 1000 --seed 7 --planted --store $(DEMO)
	@PLUMBLINE_AUTH=demo $(PY) -m plumbline serve --port "$(PORT)" --store $(DEMO)
endif

demo: $(VENV)/.installed
	@$(PY) -m plumbline demo --patients 1000 --seed 7 --planted --store $(DEMO)

test: $(VENV)/.installed-dev
	@sh tools/chromium.sh $(VENV)/bin/playwright
	@$(MAKE) --no-print-directory lint
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

explore: $(VENV)/.installed-dev
	@$(PY) -m pytest -n auto --dist loadfile -m hypothesis --hypothesis-profile explore $(ARGS)

test-oidc: $(VENV)/.installed-dev
	@sh tools/chromium.sh $(VENV)/bin/playwright
	@cd tests/certified && npm ci --no-audit --no-fund --silent
	@$(PY) -m pytest tests/certified/check_certified.py -n 0 $(ARGS)

test-proxy: $(VENV)/.installed-dev
	@sh tools/nginx.sh
	@sh tools/chromium.sh $(VENV)/bin/playwright
	@$(PY) -m pytest -n 0 deploy $(ARGS)

check: $(VENV)/.installed-dev
	@$(MAKE) --no-print-directory lint
	@$(PY) -m pytest --quick -m "not browser and not slow" -n auto $(ARGS)

lint: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.installed-dev
	@$(PY) -m benchmarks $(ARGS)

schema: $(VENV)/.installed
	@$(PY) -m plumbline.schema

clean: ## remove the environment, not the stores
	rm -rf $(VENV)

# The stamps make a second start quick; a changed list of requirements installs again.
$(VENV)/.installed: requirements.txt
	@sh tools/venv.sh $(VENV)
	@echo "Installing what Plumbline needs; only the first start takes this long."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt
	@sh tools/venv.sh $(VENV)
	@echo "Installing what the tests need."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.installed
