#!/usr/bin/env bash
# make boundaries: derives fixtures/areas and fixtures/base again from public packages, in a virtual
# environment of its own, and measures them.
. "$(dirname "$0")/lib/setup.sh"

# Only npm's own packages come without it; the coastline is one of those.
PATH=$PATH:$LOCAL/node/bin
exec "$(find_python)" -m scripts.boundaries.environment "$@"
