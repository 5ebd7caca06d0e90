#!/usr/bin/env bash
# make coverage: runs the tests (ARGS narrows them, as for make test) and prints how many lines of
# each room they run. The lines of a file that no test runs: .venv/bin/coverage report -m FILE
. "$(dirname "$0")/lib/setup.sh"

export DJANGO_SETTINGS_MODULE=config.settings.test
set_up test
CHROMIUM=$(find_browser)
export CHROMIUM
status=0
# shellcheck disable=SC2086
"$VENV_PYTHON" -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
  --cov --cov-report= ${ARGS:-} || status=$?
"$VENV_PYTHON" -m scripts.coverage_by_room
exit "$status"
