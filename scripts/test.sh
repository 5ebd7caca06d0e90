#!/usr/bin/env bash
# make test: the checks, then every test, with a real PostGIS and a real browser.
# ARGS, a list of words, narrows it: make test ARGS="tests/geo -k postcode"
. "$(dirname "$0")/check.sh" test

CHROMIUM=$(find_browser)
export CHROMIUM
say "Tests"
# Each process has a database of its own. A file stays with one process, and files in their order:
# the journeys, last, share one world.
# shellcheck disable=SC2086
exec "$VENV_PYTHON" -m pytest -n auto --maxprocesses 4 --dist loadfile \
  --no-loadscope-reorder ${ARGS:-}
