# shellcheck shell=bash
# The front end: packages from npm, and the static files made of them. The packages are only fetched:
# no script of theirs runs, and no Node runs later.

install_npm() {
  local stamp=$LOCAL/stamps/npm wanted
  wanted=$(checksum package-lock.json .npmrc)
  [ -d node_modules ] && is_current "$stamp" "$wanted" && return
  if ! command -v npm >/dev/null; then
    PATH=$LOCAL/node/bin:$PATH
    command -v npm >/dev/null ||
      work "Installing Node.js from PyPI, as there is no npm" node install_node
  fi
  work "Installing front-end packages" npm npm ci --ignore-scripts --no-audit --no-fund
  mkdir -p "${stamp%/*}"
  echo "$wanted" >"$stamp"
}

# A folder of its own: npm's 200 MB are no part of the application.
install_node() {
  rm -rf "$LOCAL/node"
  "$VENV_PYTHON" -m venv --without-pip "$LOCAL/node" &&
    "$VENV_PYTHON" -m pip --python "$LOCAL/node/bin/python" install \
      --disable-pip-version-check --no-input --no-deps --require-hashes -r requirements-node.txt
}

# The few files that pages use, taken out of the packages.
install_vendor() {
  local stamp=$LOCAL/stamps/vendor wanted
  wanted=$(checksum package-lock.json scripts/vendor.py)
  [ -d "$LOCAL/vendor" ] && is_current "$stamp" "$wanted" && return
  "$VENV_PYTHON" scripts/vendor.py
  mkdir -p "${stamp%/*}"
  echo "$wanted" >"$stamp"
}

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
