#!/usr/bin/env bash
# make trials: fills a database of its own, `trials`, with 3,000,000 demo pledges (PLEDGES=) and
# 1,000,000 posts (POSTS=) with five supports each, and asks it QUESTIONS=200 random questions of each
# kind. For a minute a hundred posts a second are written (POSTS_A_SECOND=, POSTING_SECONDS=). Then
# the site is read, written and listened to for MINUTES=60, and all counts are checked. It needs 12 GB
# of disk; make clean removes it.
. "$(dirname "$0")/lib/setup.sh"

[ -z "${DATABASE_URL:-}" ] || fail "the trials make a database of their own: unset DATABASE_URL."
PLEDGES=${PLEDGES:-3000000}
POSTS=${POSTS:-1000000}
set_up test # for ogr2ogr, a client that is tried
collect_static
create_database trials
DATABASE_URL=$(database_address trials)
export DATABASE_URL
manage migrate --no-input --verbosity 0
if [ "$(query trials -c 'select count(*) from pledges_pledge')" != "$PLEDGES" ]; then
  DEMO=0 manage setup_data
  query trials -c 'truncate pledges_pledge cascade'
  manage seed_demo --pledges "$PLEDGES"
  manage learn_words
  query trials -c 'vacuum analyze'
fi
if [ "$(query trials -c 'select count(*) from conversation_post')" != "$POSTS" ]; then
  manage load_conversation
  query trials -c 'truncate conversation_post cascade'
  manage seed_conversation --posts "$POSTS"
  manage learn_words
  query trials -c 'vacuum analyze'
fi
manage check_totals
status=0
"$VENV_PYTHON" -m scripts.bench trials || status=$?
"$VENV_PYTHON" -m scripts.bench conversation || status=$?
"$VENV_PYTHON" -m scripts.bench consistency || status=$?
"$VENV_PYTHON" -m scripts.bench load || status=$?
manage check_totals || status=$?
exit "$status"
