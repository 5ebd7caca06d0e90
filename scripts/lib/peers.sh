# shellcheck shell=bash
# What the bench compares with: each peer in a folder of its own below .local/peers, with the
# versions of scripts/bench/peers. Nothing of it is part of the site.

PEERS=$LOCAL/peers
LISTS=$ROOT/scripts/bench/peers
UV=$LOCAL/uv/bin/uv

need_uv() {
  [ -x "$UV" ] || { "$(find_python)" -m venv "$LOCAL/uv" && "$LOCAL/uv/bin/python" -m pip install -q uv; }
}

install_peer() {
  local name=$1 list=$LISTS/$1.txt
  rm -rf "${PEERS:?}/$name"
  need_uv && "$UV" venv -q --python "$(find_python)" "$PEERS/$name/venv" &&
    VIRTUAL_ENV=$PEERS/$name/venv "$UV" pip sync "$list"
}

install_supercluster() {
  rm -rf "${PEERS:?}/supercluster"
  mkdir -p "$PEERS/supercluster"
  cp "$LISTS"/supercluster/package*.json .npmrc "$PEERS/supercluster/"
  (cd "$PEERS/supercluster" && npm ci --ignore-scripts --no-audit --no-fund)
}

# peer NAME COMMAND FILE...: installs it unless it is there already; a peer that cannot be installed
# is left out, and the bench says so.
peer() {
  local name=$1 install=$2 wanted
  shift 2
  wanted=$(checksum "$@")
  is_current "$PEERS/$name/stamp" "$wanted" && return
  say "Installing the peer $name"
  if (set -e; "$install" "$name") >"$LOGS/peer-$name.log" 2>&1 </dev/null; then
    echo "$wanted" >"$PEERS/$name/stamp"
  else
    say "  it could not be installed, and is left out: see $LOGS/peer-$name.log"
    rm -rf "${PEERS:?}/$name"
  fi
}

install_peers() {
  local name
  mkdir -p "$PEERS"
  for name in tipg pygeoapi django; do peer "$name" install_peer "$LISTS/$name.txt"; done
  peer supercluster install_supercluster "$LISTS/supercluster/package-lock.json"
}
