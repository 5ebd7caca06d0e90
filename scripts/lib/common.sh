# shellcheck shell=bash
# Sourced by every script here: where things are, and how a step is told to the person waiting.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
LOCAL=$ROOT/.local
LOGS=$LOCAL/log
# shellcheck disable=SC2034 # for those that source this
VENV_PYTHON=$ROOT/.venv/bin/python
cd "$ROOT"
mkdir -p "$LOGS"

say() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }

fail() {
  printf '\n%s\n' "Stopped: $1" >&2
  shift
  if [ $# -gt 0 ]; then printf '  %s\n' "$@" >&2; fi
  exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

# work "What is done" NAME COMMAND...: runs it with its output in .local/log/NAME.log. On a terminal
# the last line of that log is shown as it grows; the log's end is printed when the command fails.
work() {
  local what=$1 log=$LOGS/$2.log from=$SECONDS ticker=
  shift 2
  say "$what"
  : >"$log"
  if [ -t 1 ]; then
    show_progress "$log" &
    ticker=$!
  fi
  local status=0
  ("$@") >"$log" 2>&1 </dev/null || status=$?
  if [ -n "$ticker" ]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    printf '\r\033[K'
  fi
  if [ "$status" != 0 ]; then
    tail -n 20 "$log" >&2
    fail "$what: it did not work (exit code $status)." "The whole log: $log"
  fi
  say "  done in $((SECONDS - from)) s"
}

show_progress() {
  local width=$((${COLUMNS:-80} - 12))
  while sleep 1; do
    printf '\r\033[K[%3d s]   %s' "$SECONDS" \
      "$(tail -n 1 "$1" 2>/dev/null | tr -cd '[:print:]' | cut -c "1-$width")"
  done
}

# A step is skipped while the checksum of the files it depends on is the one it left behind.
checksum() { cat "$@" | sha256sum | cut -d ' ' -f 1; }
is_current() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# Two commands started at once set up one after the other.
lock_setup() {
  exec 9>"$LOCAL/setup.lock"
  flock -n 9 || { say "Waiting for another set-up in this folder"; flock 9; }
}
unlock_setup() { flock -u 9; exec 9>&-; }
