# The verbs of this project. Each sets up what it needs, once; stamps of what is done lie under .work/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
# Whatever the surroundings say: the tests start hundreds of programs, and each would compile all of its modules anew.
unexport PYTHONDONTWRITEBYTECODE
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
# One more than cores: a third of the time they wait for browsers and timers.
WORKERS ?= $(shell expr $$(nproc) + 1)
STEP := .work/steps
PY := .venv/bin/python
PACKAGES := $(STEP)/cloudflare $(STEP)/packages $(STEP)/bench $(STEP)/baseline
TYPED := widget auth signaling build tests examples bench

# A stamp says that something was made, not that it is there still: who removes .venv, or the Python behind it, or gives
# the folder another name, gets another; so does who names another Python (PYTHON=python3.13).
ifneq ($(shell { .venv/bin/python -c '' && [ "$$(cat .venv/.whole)" = "$$(cd .venv && pwd -P)" ] && echo whole; } 2>/dev/null),whole)
$(shell rm -f $(STEP)/demo $(STEP)/venv $(STEP)/nightly)
endif
NAMED := $(filter-out python3,$(if $(filter file,$(origin PYTHON)),,$(PYTHON)))
ifneq ($(NAMED),)
ifneq ($(shell $(NAMED) -V 2>&1),$(shell $(PY) -V 2>&1))
$(shell rm -f $(STEP)/demo $(STEP)/venv $(STEP)/nightly)
endif
endif
ifeq ($(wildcard node_modules/.package-lock.json),)
$(shell rm -f $(STEP)/npm)
endif

.PHONY: help demo dev test check style types subset layers collect build-cdn bench nightly size release deploy-cdn lock emoji clean run tools system parts

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1	/' | expand -t 14 | sed 's/^/  make /'

demo: run cdn_dist/manifest.json ## the whole chat on one port of this machine: page, services, mailbox (PORT=8000)
	@$(PY) -m examples.demo --port="$(PORT)"

dev: run ## the same, and the page reloads when a source file is saved; no build
	@$(PY) -m examples.demo --port="$(PORT)" --dev

# A strict build refuses what `make subset` does, and the layers are among the tests. Packages come while others count.
test: tools $(STEP)/system ## check, then every test; prints the slowest and the coverage
	@$(MAKE) -j2 --output-sync=target types $(PACKAGES) build-cdn style collect STRICT=1
	@echo "make: running every test ($(WORKERS) workers)"
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -q --durations=20 --cov --cov-report=

check: tools style types subset layers ## style, types, subset, layers

style: tools
	@echo "make: ruff"; .venv/bin/ruff check $(TYPED)

types: tools
	@echo "make: mypy --strict"; .venv/bin/mypy $(TYPED)

subset: tools
	@echo "make: subset"; $(PY) -m build check

layers: tools
	@echo "make: layers"; $(PY) -m pytest -q -p no:cacheprovider tests/test_layering.py | tail -n 1

# One finds them here and leaves their bytecode, which each of the workers would make for itself otherwise.
collect: tools
	@echo "make: finding the tests"; $(PY) -m pytest --collect-only -q | tail -n 1

build-cdn: run ## the files of the CDN, into cdn_dist/, and the npm package, into npm_dist/
	@$(PY) -m build cdn $(if $(STRICT),--strict)

cdn_dist/manifest.json: $(STEP)/npm $(shell find widget build -type f \( -name '*.py' -o -name '*.css' -o -name '*.js' -o -name '*.mjs' -o -name '*.ts' -o -name '*.svelte' -o -name '*.txt' -o -name '*.json' \) 2>/dev/null) pyproject.toml
	@$(MAKE) build-cdn
	@touch $@

bench: tools system $(STEP)/peers cdn_dist/manifest.json ## measure sizes and speed, append to bench/RESULTS.md
	@$(PY) -m bench

# PART=" " would mean every part: make takes the spaces away before anybody sees them.
ifneq ($(origin PART),undefined)
ifeq ($(strip $(PART)),)
$(error PART names no part: leave it out for all of them, or see `make nightly PART=list`)
endif
endif

ifeq ($(PART),list)
nightly:
	@python=$$(.ci/python $(PYTHON)); "$$python" -m tests.nightly list
else
nightly: parts tools system $(STEP)/nightly $(STEP)/emoji cdn_dist/manifest.json ## the long tests in parts, or one: PART=crypto (PART=list names them)
	@$(PY) -m tests.nightly -- "$${PART:-}"
endif

parts:
	@python=$$(.ci/python $(PYTHON)); "$$python" -m tests.nightly --check -- "$${PART:-}"

size: run cdn_dist/manifest.json ## what the bundle weighs
	@$(PY) -m build size

release: tools system ## test, then raise the version, build, record the hashes, commit and tag: VERSION=1.2.3
	@$(PY) -m build release --dry-run "$(VERSION)"
	@$(MAKE) test
	@$(PY) -m build release "$(VERSION)"

deploy-cdn: run $(STEP)/cloudflare ## upload cdn_dist/ to Cloudflare Pages, purge what moves (DRY_RUN=1 only says it)
	@$(PY) -m build deploy $(if $(DRY_RUN),--dry-run)

lock: $(STEP)/venv ## write the requirement locks anew from pyproject.toml
	@.ci/lock

emoji: $(STEP)/emoji ## make widget/emoji anew from emojibase and CLDR
	@$(PY) -m build emoji

clean: ## remove everything that the verbs made
	@rm -rf .work .venv node_modules npm_dist cdn_dist/v* cdn_dist/latest cdn_dist/manifest.json cdn_dist/_headers
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

run: $(STEP)/demo $(STEP)/npm

tools: $(STEP)/venv $(STEP)/npm

system: $(STEP)/system $(PACKAGES)

$(STEP)/demo: requirements-demo.lock .ci/venv
	@.ci/venv $(PYTHON) requirements-demo.lock
	@mkdir -p $(STEP) && touch $@

$(STEP)/venv: requirements.lock .ci/venv | $(STEP)/demo
	@.ci/venv $(PYTHON) requirements.lock
	@mkdir -p $(STEP) && touch $@

$(STEP)/npm: package-lock.json requirements-node.lock .ci/npm | $(STEP)/demo
	@.ci/npm
	@mkdir -p $(STEP) && touch $@

$(STEP)/baseline: tests/baseline/package-lock.json .ci/baseline .ci/npm | $(STEP)/demo
	@.ci/baseline
	@mkdir -p $(STEP) && touch $@

$(STEP)/cloudflare: tests/cloudflare/package-lock.json requirements-node.lock .ci/cloudflare .ci/npm | $(STEP)/demo
	@.ci/cloudflare
	@mkdir -p $(STEP) && touch $@

$(STEP)/packages: tests/packages/package-lock.json .ci/packages .ci/npm | $(STEP)/demo
	@.ci/packages
	@mkdir -p $(STEP) && touch $@

$(STEP)/emoji: build/emoji-data/package-lock.json .ci/emoji .ci/npm | $(STEP)/demo
	@.ci/emoji
	@mkdir -p $(STEP) && touch $@

$(STEP)/bench: bench/package-lock.json .ci/bench .ci/npm | $(STEP)/demo
	@.ci/bench
	@mkdir -p $(STEP) && touch $@

$(STEP)/peers: requirements-bench.lock .ci/peers | $(STEP)/demo
	@.ci/peers
	@mkdir -p $(STEP) && touch $@

$(STEP)/system: .ci/system
	@.ci/system
	@mkdir -p $(STEP) && touch $@

$(STEP)/nightly: requirements-fuzz.lock .ci/nightly | $(STEP)/venv
	@.ci/nightly
	@mkdir -p $(STEP) && touch $@
