# make serve: set up, build both handbooks, serve them.   make test: set up, run every test.   make build: both handbooks into site/.
.DEFAULT_GOAL := build
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export SITE_URL ?= http://127.0.0.1:$(PORT)/
export SITE_URL_ZH ?= $(SITE_URL)zh/
# Material for MkDocs announces its end of life at every build; the README and the tests say what follows from it.
export NO_MKDOCS_2_WARNING = 1

.PHONY: setup build serve test facts lint lock icons pictures bench bench-peers bench-lighthouse clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q macros
	touch $@

# Built beside the old site and put in its place only when whole, so that a mistake never leaves half a handbook. English first: it empties its folder.
build: setup
	rm -rf .build
	$(BIN)/handbook check
	$(BIN)/mkdocs build --strict --site-dir $(CURDIR)/.build/site
	$(BIN)/mkdocs build --strict --config-file mkdocs.zh.yml --site-dir $(CURDIR)/.build/site/zh
	$(BIN)/handbook export json csv xlsx --to .build/site/exports
	$(BIN)/handbook offline .build/site
	rm -rf site
	mv .build/site site
	rm -rf .build

serve: build
	@echo "The handbook is at http://127.0.0.1:$(PORT)/ (English) and http://127.0.0.1:$(PORT)/zh/ (Chinese). Ctrl+C stops."
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory site $(PORT)

test: setup lint
	.ci/chromium
	$(BIN)/handbook assets
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# The facts due for checking on DATE, as a list in LIST, which is empty where none is; it fails only where they cannot be read.
facts: setup
	$(BIN)/handbook facts --due $(DATE) --format markdown > $(LIST) || grep -q '^- ' $(LIST)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Lays the lock file anew for every Python from 3.11 on; run it after changing dependencies in pyproject.toml.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --group dev --output-file requirements.lock pyproject.toml

# Draws the app's icons anew, as browsers that want pixels need them; run it after changing icon.svg.
icons: setup
	.ci/chromium
	$(BIN)/python .ci/icons

# Takes the pictures of the contributing pages anew; run it after changing what they show. The Chinese ones need a Chinese font.
pictures: setup
	.ci/chromium
	$(BIN)/python .ci/pictures

bench: build
	.ci/chromium
	$(BIN)/python -m benchmarks.run

# Beside other checkers, and Lighthouse beside plain Material: both install what they compare with by exact version, outside the repository.
bench-peers: setup
	$(BIN)/python -m benchmarks.peers

bench-lighthouse: setup
	.ci/chromium
	$(BIN)/python -m benchmarks.lighthouse

clean:
	rm -rf $(VENV) .build site *.egg-info
