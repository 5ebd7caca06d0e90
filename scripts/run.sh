#!/usr/bin/env bash
# make run: sets up what is missing, brings the database up to date and serves the site.
. "$(dirname "$0")/lib/setup.sh"

export PORT=${PORT:-8000}
export SITE_URL=${SITE_URL:-http://localhost:$PORT}

static_checksum() {
  find "$LOCAL/vendor" config geo hubs pledges -type f \
    \( -path '*/static/*' -o -path "$LOCAL/*" -o -path 'config/*.py' \) -exec sha256sum {} + |
    sort | sha256sum
}

# Hashing and compressing every file takes longer than the rest of a second start.
collect_static() {
  local stamp=$LOCAL/stamps/static wanted
  wanted=$(static_checksum)
  [ -d "$LOCAL/static" ] && is_current "$stamp" "$wanted" && return
  work "Collecting static files" static manage collectstatic --no-input --verbosity 1
  echo "$wanted" >"$stamp"
}

set_up run
say "Bringing the tables up to date"
manage migrate --no-input --verbosity 1
say "Loading the data"
manage setup_data
collect_static
say "Starting the server"
exec "$VENV_PYTHON" scripts/serve.py
