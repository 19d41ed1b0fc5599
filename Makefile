# `make` alone lists what there is. Everything works from a fresh clone: the first target that
# needs it makes the environment in .venv/ from requirements.lock, and redoes it when that changes.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
ADDRESS ?= 127.0.0.1:8000
UV_VERSION := 0.13.9

RUN := .venv/bin/python -m
PIP := $(RUN) pip --disable-pip-version-check --no-input

# Both only advertise other site generators in the log.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

# The same commit gives the same bytes: dates in the site are the commit's unless the caller gives one.
ifndef SOURCE_DATE_EPOCH
  SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null)
endif
ifneq ($(strip $(SOURCE_DATE_EPOCH)),)
  export SOURCE_DATE_EPOCH
else
  unexport SOURCE_DATE_EPOCH
endif

.PHONY: help
help:
	@echo 'Targets:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
	@echo 'Settings: PYTHON=…, ADDRESS=host:port (serve), UPGRADE=1 (lock), VARIORUM_TEXTS=folder, SOURCE_DATE_EPOCH=seconds'

.PHONY: site
site: env ## Build the site into site/; when that fails, the last good one stays
	@rm -rf .build/site .build/old; mkdir -p .build
	@$(RUN) mkdocs build --strict --site-dir .build/site || { \
	  rm -rf .build/site; \
	  echo 'make site: the build failed; see the messages above.' >&2; \
	  if [ -d site ]; then echo 'site/ is still the last good one.' >&2; fi; \
	  exit 1; }
	@if [ -e site ]; then mv site .build/old; fi; mv .build/site site; rm -rf .build/old
	@echo 'The site is in site/; `make serve` shows it.'

.PHONY: serve
serve: env ## Serve the site on ADDRESS and reload it as files change
	@$(RUN) mkdocs serve --no-strict --dev-addr $(ADDRESS)

.PHONY: test
test: env ## Style, lint, types, tests, check, strict build: all of them, then what failed
	@failed=; for step in lint types unit check site; do \
	  echo "==> $$step"; $(MAKE) $$step || failed="$$failed $$step"; \
	done; \
	if [ -n "$$failed" ]; then echo "make test: failed:$$failed" >&2; exit 1; fi; \
	echo 'make test: everything passed.'

.PHONY: lint
lint: env ## Style and lint of the code
	@failed=0; $(RUN) ruff format --check || failed=1; $(RUN) ruff check || failed=1; exit $$failed

.PHONY: format
format: env ## Put the code into the project's style
	@$(RUN) ruff check --select I --fix
	@$(RUN) ruff format

.PHONY: types
types: env ## Types of the code
	@$(RUN) mypy

.PHONY: unit
unit: env ## The tests alone; ARGS="…" goes to pytest
	@$(RUN) pytest -q --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

.PHONY: verify
verify: env ## Prove every quotation against the texts in texts/ or VARIORUM_TEXTS; WRITE=1 writes proofs and seals
	@.venv/bin/variorum verify $(if $(WRITE),--write)

.PHONY: reading
reading: env ## The reports in full with their annotations, for your own machine only: into reading/
	@rm -rf .build/reading && mkdir -p .build
	@VARIORUM_READING=true $(RUN) mkdocs build --strict --site-dir .build/reading
	@rm -rf reading && mv .build/reading reading && echo 'The reading build is in reading/. Keep it on your own machine.'

.PHONY: check
check: env ## What is wrong in the edition's own files
	@.venv/bin/variorum check

.PHONY: references
references: env ## Render the references of new sources into bibliography/citations.lock.json (fetches pandoc)
	@want="$$(cksum < requirements-cite.lock)"; \
	if [ "$$(cat .venv/cite.done 2>/dev/null)" != "$$want" ]; then \
	  echo 'Installing pandoc and the citation styles into .venv/'; \
	  $(PIP) install -qq --require-hashes -r requirements-cite.lock || exit 1; \
	  echo "$$want" > .venv/cite.done; \
	fi
	@.venv/bin/variorum references

.PHONY: release
release: env ## Release the edition into the published folder OUT (public/), frozen under its date
	@.venv/bin/variorum release --out "$(or $(OUT),public)" \
	  --build '"$(CURDIR)/.venv/bin/python" -m mkdocs build --strict --site-dir {site}'

.PHONY: audit
audit: env ## HTML, Lighthouse, other hosts and readers, workflows, licences, advisories; STEPS="…" picks (Node, Java, Chromium)
	@.venv/bin/python tests/audit/audit.py $(STEPS)

.PHONY: pictures
pictures: site ## Take the documentation's pictures of the site anew; needs Chromium
	@.venv/bin/python tests/pictures.py site .github/pictures && echo 'They are in .github/pictures/.'

.PHONY: bench
bench: env ## Measure the build beside others, into docs/about/performance.md; SIZES=10x3,100x3 LIMIT=1200 RESUME=1
	@want="$$( { pwd; cat requirements-bench.lock; } | cksum)"; \
	if [ "$$(cat .build/bench/venv/made.from 2>/dev/null)" != "$$want" ]; then \
	  echo 'Installing Zensical, Sphinx and mkdocs-bibtex into .build/bench/ (once; needs the network)'; \
	  .venv/bin/python -m venv --clear .build/bench/venv && .build/bench/venv/bin/python -m pip \
	    --disable-pip-version-check --no-input install -qq --require-hashes -r requirements-bench.lock && \
	  echo "$$want" > .build/bench/venv/made.from || { \
	    rm -rf .build/bench/venv; echo 'They could not be installed: they are not measured.' >&2; }; \
	fi
	@PYTHONPATH=tests $(RUN) bench --sizes "$(or $(SIZES),10x3 100x3)" --limit $(or $(LIMIT),1200) $(if $(RESUME),--resume)

.PHONY: fuzz
fuzz: env ## Fuzz what reads strangers’ files: SECONDS=600 for each target, FUZZ="…" chooses targets
	@if ! cmp -s requirements-fuzz.lock .build/fuzz/lib/made.from; then \
	  echo 'Installing the fuzzer into .build/fuzz/'; rm -rf .build/fuzz/lib; \
	  $(PIP) install -qq --require-hashes --no-deps --target .build/fuzz/lib -r requirements-fuzz.lock && \
	  cp requirements-fuzz.lock .build/fuzz/lib/made.from || exit 1; \
	fi
	@failed=; for target in $(or $(FUZZ),front-matter bibtex report html pdf quotation); do \
	  echo "==> $$target, for $(or $(SECONDS),600) seconds"; \
	  PYTHONPATH=.build/fuzz/lib nice .venv/bin/python tests/fuzz/run.py $$target .build/fuzz $(or $(SECONDS),600) 2048 20 \
	    >.build/fuzz/$$target.log 2>&1 || failed="$$failed $$target"; \
	  grep -a 'breaks it\|to keep it\|then mend\|number_of_executed\|peak_rss\|^ImportError' .build/fuzz/$$target.log; \
	done; \
	if [ -n "$$failed" ]; then echo "make fuzz: failed:$$failed; see .build/fuzz/<target>.log" >&2; exit 1; fi; \
	echo 'make fuzz: nothing found.'

.PHONY: lock
lock: ## Pin pyproject.toml's dependencies again; UPGRADE=1 takes newer versions
	@if ! .build/uv/bin/uv --version 2>/dev/null | grep -q '^uv $(UV_VERSION) '; then \
	  $(FIND_PYTHON); mkdir -p .build && "$$python" -m venv --clear .build/uv && \
	  .build/uv/bin/python -m pip --disable-pip-version-check install -qq 'uv==$(UV_VERSION)' || exit 1; \
	fi
	@$(COMPILE) pyproject.toml --extra dev -o requirements.lock
	@for extra in cite audit bench fuzz; do \
	  .build/uv/bin/python -c 'import sys, tomllib; p = tomllib.load(open("pyproject.toml", "rb")); \
	  print("\n".join(p["project"]["optional-dependencies"][sys.argv[1]]))' $$extra \
	    | $(COMPILE) - --no-annotate --constraint requirements.lock -o requirements-$$extra.lock || exit 1; \
	done
	@.build/uv/bin/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); \
	print("\n".join(p["project"]["optional-dependencies"]["readers"]))' \
	  | $(COMPILE) - --no-annotate -o requirements-readers.lock
	@echo 'requirements.lock and those of cite, audit, bench, fuzz and readers are up to date.'

COMPILE = UV_CUSTOM_COMPILE_COMMAND='make lock' .build/uv/bin/uv pip compile --quiet $(if $(UPGRADE),--upgrade) \
	--universal --python-version 3.11.5 --generate-hashes --no-emit-index-url --no-emit-find-links

.PHONY: clean
clean: ## Remove what was built; keeps .venv/ and texts/
	@rm -rf site .build reading .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.PHONY: clean-all
clean-all: clean ## The same, and .venv/
	@rm -rf .venv

# The environment. Its stamp holds what it was made from; an unchanged one costs a few milliseconds.
# Another lock, or another place of the clone: made anew. Another pyproject.toml: the package alone.
.PHONY: env
env:
	@lock="$$( { pwd; cat requirements.lock; } | cksum)"; project="$$(cksum < pyproject.toml)"; \
	if [ -x .venv/bin/python ] && [ "$$(sed -n 1p .venv/made.from 2>/dev/null)" = "$$lock" ]; then \
	  if [ "$$(sed -n 2p .venv/made.from)" = "$$project" ]; then exit 0; fi; \
	else \
	  $(FIND_PYTHON); \
	  echo "Making .venv/ with $$("$$python" --version) from requirements.lock (once; needs the network)"; \
	  "$$python" -m venv --clear .venv && \
	  $(PIP) install -qq --require-hashes -r requirements.lock || { \
	    echo 'The dependencies could not be installed: see the message above (no network?).' >&2; exit 1; }; \
	fi; \
	$(PIP) install -qq --no-deps --no-build-isolation --check-build-dependencies -e . || exit 1; \
	$(PIP) check > .venv/pip-check.log || { \
	  cat .venv/pip-check.log >&2; \
	  echo 'requirements.lock does not hold what pyproject.toml asks for: run `make lock`.' >&2; exit 1; }; \
	printf '%s\n%s\n' "$$lock" "$$project" > .venv/made.from

# Sets $python to the first of PYTHON that will do, or says what is missing and ends.
define FIND_PYTHON
python=; old=; bare=; \
for candidate in $(PYTHON); do \
  "$$candidate" -c '' 2>/dev/null || continue; \
  if ! "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))'; then \
    old="$$old $$candidate is $$("$$candidate" -c 'import platform; print(platform.python_version())')."; \
  elif ! "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then bare="$$bare $$candidate"; \
  else python="$$candidate"; break; fi; \
done; \
if [ -z "$$python" ] && [ -n "$$bare" ]; then \
  echo "Variorum needs Python's venv and ensurepip modules, which are missing from:$$bare" >&2; \
  echo 'On Debian and Ubuntu they come with: apt-get install python3-venv' >&2; exit 1; \
elif [ -z "$$python" ]; then \
  echo "Variorum needs Python 3.11.5 or newer, and none was found (tried: $(PYTHON)).$$old" >&2; \
  echo 'Install one, or name one: make PYTHON=/path/to/python3.12 …' >&2; exit 1; \
fi
endef
