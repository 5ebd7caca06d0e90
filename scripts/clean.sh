#!/usr/bin/env bash
# make clean: removes everything that the other commands made in this folder, the database included.
. "$(dirname "$0")/lib/setup.sh"

find_home
echo "This removes the virtual environment, the front-end packages and the private database with"
echo "every pledge in it: $PG_HOME"
if [ "${CLEAN:-}" != yes ]; then
  [ -t 0 ] || fail "nobody is there to ask." "For scripts:  make clean CLEAN=yes"
  read -r -p "Type 'yes' to go on: " answer
  [ "$answer" = yes ] || fail "nothing was removed."
fi
stop_cluster
rm -rf "$PG_HOME" "$PG_SOCKET" .venv node_modules "$LOCAL"
find . -name __pycache__ -type d -prune -exec rm -rf {} +
rm -rf .pytest_cache .ruff_cache .hypothesis test-results
echo "Removed."
