#!/usr/bin/env bash
# make operator EMAIL=...: makes somebody an operator in the database that `make run` filled.
. "$(dirname "$0")/lib/setup.sh"

if [ -z "${EMAIL:-}" ]; then fail "Say who: make operator EMAIL=someone@example.org"; fi
export SITE_URL=${SITE_URL:-http://localhost:${PORT:-8000}}
set_up run
manage make_operator "$EMAIL"
