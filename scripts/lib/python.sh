# shellcheck shell=bash
# The virtual environment, filled from the hash-locked lists of packages.

make_venv() {
  local python
  python=$(find_python) || { echo "Python 3.11 or later is missing." && return 1; }
  rm -rf .venv
  if "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv .venv
    return
  fi
  local wheels=$UNPACKED/usr/share/python-wheels
  "$python" -m venv --without-pip .venv &&
    "$VENV_PYTHON" "$(echo "$wheels"/pip-*.whl)/pip" install --no-index --find-links "$wheels" pip
}

pip_install() {
  local list
  for list in "$@"; do
    # The lists are complete, so nothing else may be drawn in.
    "$VENV_PYTHON" -m pip install --disable-pip-version-check \
      --no-input --no-deps --require-hashes -r "$list" || return
  done
}

# For `test` the longer list, which holds the shorter one at the same versions.
install_python() {
  local list=requirements.txt stamp=$LOCAL/stamps/python wanted
  if [ "$1" = test ] || gdal_from_wheels; then list=requirements-dev.txt; fi
  if ! "$VENV_PYTHON" -c 'import pip' 2>/dev/null; then
    rm -f "$stamp"
    work "Making the virtual environment" venv make_venv
  fi
  wanted=$(checksum "$list" requirements-data.txt)
  is_current "$stamp" "$wanted" && return
  # What `make test` installed serves `make run` as well.
  is_current "$stamp" "$(checksum requirements-dev.txt requirements-data.txt)" && return
  work "Installing Python packages ($list)" pip pip_install "$list" requirements-data.txt
  mkdir -p "${stamp%/*}"
  echo "$wanted" >"$stamp"
}

# Without the system's GDAL, the copies inside two wheels do.
gdal_from_wheels() { ! has_gdal; }

export_gdal() {
  gdal_from_wheels || return 0
  local packages
  packages=$("$VENV_PYTHON" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
  GDAL_LIBRARY_PATH=$(echo "$packages"/pyogrio.libs/libgdal*.so.*)
  GEOS_LIBRARY_PATH=$(echo "$packages"/shapely.libs/libgeos_c*.so.*)
  PROJ_DATA=$packages/pyogrio/proj_data
  GDAL_DATA=$packages/pyogrio/gdal_data
  export GDAL_LIBRARY_PATH GEOS_LIBRARY_PATH PROJ_DATA GDAL_DATA
}
