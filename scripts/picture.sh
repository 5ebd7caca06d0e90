#!/usr/bin/env bash
# make picture: takes the picture of the README from the site's own database, filled by `make run`.
. "$(dirname "$0")/lib/setup.sh"

set_up test
collect_static
CHROMIUM=$(find_browser)
export CHROMIUM
work "Taking the picture" picture "$VENV_PYTHON" scripts/picture.py
