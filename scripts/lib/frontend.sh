# shellcheck shell=bash
# The front end: packages from npm, and the static files made of them. The packages are only fetched:
# no script of theirs runs, and the site needs no Node. The checks of our own scripts do.

NODE=v20.19 # the oldest that ESLint runs on

has_node() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    printf '%s\n' "$NODE" "$(node --version)" | sort -VC
}

need_node() {
  has_node && return
  PATH=$LOCAL/node/bin:$PATH
  has_node || work "Installing Node.js from PyPI, as there is none of $NODE or later" node install_node
}

# For `run` without the packages of checks and tests; what `make test` installed serves it as well.
install_npm() {
  local stamp=$LOCAL/stamps/npm wanted made omitted=()
  made=$(checksum package-lock.json .npmrc)
  wanted="$made all"
  [ "$1" = run ] || need_node
  if [ -d node_modules ]; then
    is_current "$stamp" "$wanted" && return
    [ "$1" = run ] && is_current "$stamp" "$made" && return
  fi
  if [ "$1" = run ]; then
    wanted=$made
    omitted=(--omit=dev)
    command -v npm >/dev/null || need_node
  fi
  work "Installing front-end packages" npm \
    npm ci "${omitted[@]}" --ignore-scripts --no-audit --no-fund
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
  work "Collecting static files" static manage collectstatic --no-input --verbosity 1 \
    --ignore rest_framework --ignore gis # no page of ours uses them
  echo "$wanted" >"$stamp"
}
