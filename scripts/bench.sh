#!/usr/bin/env bash
# make bench: compares the server with the same SQL run by pgbench, on the database of the trials
# when there is one, else on the site's own. SECONDS_EACH=3 is the length of one round.
. "$(dirname "$0")/lib/setup.sh"

own=${DATABASE_URL:-}
set_up run
collect_static
if [ -z "$own" ]; then
  export PGBENCH=$PG_BIN/pgbench
  if [ "$(query postgres -c "select 1 from pg_database where datname = 'trials'")" = 1 ]; then
    DATABASE_URL=$(database_address trials)
    export DATABASE_URL
  fi
fi
"$VENV_PYTHON" -m scripts.measure bench
