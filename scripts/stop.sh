#!/usr/bin/env bash
# make stop: stops the private cluster. The next `make run` starts it again.
. "$(dirname "$0")/lib/setup.sh"

stop_cluster
