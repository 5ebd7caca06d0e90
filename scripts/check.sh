#!/usr/bin/env bash
# make check: everything that needs no test run. make test calls it first.
. "$(dirname "$0")/lib/setup.sh"

export DJANGO_SETTINGS_MODULE=config.settings.test
set_up "${1:-check}"
say "Style"
"$VENV_PYTHON" -m ruff format --check .
"$VENV_PYTHON" -m ruff check .
say "Types"
"$VENV_PYTHON" -m mypy
say "Style of scripts, and the tests of their logic"
npm run --silent lint
npm test --silent
say "Shell scripts"
shell_check -x -P SCRIPTDIR scripts/*.sh scripts/lib/*.sh .ci/run
say "Django's own checks, and migrations for every change of a model"
manage check
# The tests' database, which Django would look into, is made by the tests.
PYTHONWARNINGS=ignore::RuntimeWarning manage makemigrations --check --dry-run
