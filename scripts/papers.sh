#!/usr/bin/env bash
# make papers: prints the resources that come with the project from their sources.
. "$(dirname "$0")/lib/setup.sh"

set_up run
work "Printing the papers" papers "$VENV_PYTHON" scripts/papers.py
