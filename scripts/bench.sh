#!/usr/bin/env bash
# make bench: compares the site with its own SQL run by pgbench and with its peers, on the database
# of the trials (`make trials` fills it) or, where there is none, on the site's own. It writes
# BENCH.md and .local/bench.json. ROUNDS=3 rounds count, SECONDS_EACH=3 is the length of one with
# several clients, LOAD_SECONDS=60 of the mixed load; LEFT_OUT="tipg pygeoapi" leaves peers out.
. "$(dirname "$0")/lib/setup.sh"
# shellcheck source=lib/peers.sh
. "$LIB/peers.sh"

own=${DATABASE_URL:-}
set_up run
collect_static
install_peers
if [ -z "$own" ]; then
  export PGBENCH=$PG_BIN/pgbench
  if [ "$(query postgres -c "select 1 from pg_database where datname = 'trials'")" = 1 ]; then
    DATABASE_URL=$(database_address trials)
    export DATABASE_URL
    manage migrate --no-input --verbosity 0
    say "Reading the tables into memory: all contenders are compared warm"
    query trials -q -o /dev/null -c "set client_min_messages = warning" \
      -c "create extension if not exists pg_prewarm" \
      -c "select pg_prewarm(oid) from pg_class where relkind in ('r', 'i')
          and relname ~ '^(geo|pledges)_' and relname !~ 'ledger'"
  fi
fi
PATH=$PATH:$LOCAL/node/bin "$VENV_PYTHON" -m scripts.bench bench
