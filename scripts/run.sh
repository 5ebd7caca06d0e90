#!/usr/bin/env bash
# make run: sets up what is missing, brings the database up to date and serves the site.
. "$(dirname "$0")/lib/setup.sh"

export PORT=${PORT:-8000}
export SITE_URL=${SITE_URL:-http://localhost:$PORT}

set_up run
say "Bringing the tables up to date"
manage migrate --no-input --verbosity 1
say "Loading the data"
manage setup_data
collect_static
say "Starting the server"
exec "$VENV_PYTHON" scripts/serve.py
