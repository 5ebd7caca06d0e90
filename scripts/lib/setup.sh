# shellcheck shell=bash
# Everything that `make run` and `make test` share: installs what is missing, starts the database.

LIB=$(dirname "${BASH_SOURCE[0]}")
for part in common system unpacked python frontend cluster; do
  # shellcheck source=/dev/null
  . "$LIB/$part.sh"
done

# set_up run|test|check: `check` needs no browser.
set_up() {
  lock_setup
  install_system "$1"
  install_python "${1/check/test}"
  install_npm "$1"
  install_vendor
  export_gdal
  export_pango
  if [ -z "${DATABASE_URL:-}" ]; then
    start_cluster
  else
    say "Using the database of DATABASE_URL"
    "$VENV_PYTHON" scripts/check_database.py
  fi
  unlock_setup
}

manage() { "$VENV_PYTHON" manage.py "$@"; }
