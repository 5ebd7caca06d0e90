# shellcheck shell=bash
# The project's own PostgreSQL: below .local/postgres, reached by a unix socket only, never by the
# network. It keeps fsync on, for people's real pledges may live in it.

SOCKET_LIMIT=90 # a socket's whole path may have 107 bytes, and PostgreSQL adds its name

# shellcheck disable=SC2153 # of common.sh
folder_id() { printf '%s' "$ROOT" | sha256sum | cut -c 1-10; }

# PostgreSQL refuses to run as root, so there the user of Debian's package owns the cluster.
as_owner() {
  if is_root; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@" 9>&-)
  elif [ "${PG_BIN#"$UNPACKED"}" != "$PG_BIN" ]; then
    LD_LIBRARY_PATH=$(unpacked_libraries) PROJ_DATA=$UNPACKED/usr/share/proj \
      GDAL_DATA=$UNPACKED/usr/share/gdal "$@" 9>&-
  else
    "$@" 9>&-
  fi
}

# Sets PG_HOME and PG_SOCKET. Once chosen, the home is kept in a pointer file: the data lies there.
find_home() {
  local pointer=$LOCAL/postgres_home
  PG_HOME=$LOCAL/postgres
  if [ -f "$pointer" ]; then PG_HOME=$(cat "$pointer"); fi
  PG_SOCKET=$PG_HOME/run
  if [ ${#PG_SOCKET} -gt $SOCKET_LIMIT ]; then
    if is_root; then PG_SOCKET=/run; else PG_SOCKET=${XDG_RUNTIME_DIR:-/tmp}; fi
    PG_SOCKET=$PG_SOCKET/changemap-$(folder_id)
  fi
}

# A checkout that the user postgres cannot reach (below /root) has its data in /var/lib instead.
choose_home() {
  mkdir -p "$PG_HOME"
  if is_root; then
    chown postgres: "$PG_HOME"
    if ! as_owner test -w "$PG_HOME"; then
      rmdir "$PG_HOME"
      PG_HOME=/var/lib/changemap-$(folder_id)
      install -d -o postgres -m 700 "$PG_HOME"
    fi
  fi
  echo "$PG_HOME" >"$LOCAL/postgres_home"
  find_home
}

# Sets PG_BIN: the programs of the release that made the data, or the newest that has PostGIS.
find_postgres() {
  local version='*' root control release
  if [ -f "$PG_HOME/data/PG_VERSION" ]; then version=$(cat "$PG_HOME/data/PG_VERSION"); fi
  for root in '' "$UNPACKED"; do
    control=$(compgen -G "$root/usr/share/postgresql/$version/extension/postgis.control" |
      sort -V | tail -n 1) || true
    release=${control#"$root"/usr/share/postgresql/}
    PG_BIN=$root/usr/lib/postgresql/${release%%/*}/bin
    [ -n "$control" ] && [ -x "$PG_BIN/postgres" ] && return
  done
  fail "no PostgreSQL${version/\*/} with PostGIS is installed; the data in $PG_HOME/data needs it." \
    "Install the package postgresql-${version/\*/15}-postgis-3, or set DATABASE_URL."
}

check_owner() {
  local owner
  [ -d "$PG_HOME/data" ] || return 0
  owner=$(stat -c %U "$PG_HOME/data")
  if is_root && [ "$owner" != postgres ] || ! is_root && [ "$owner" != "$(id -un)" ]; then
    fail "the database in $PG_HOME belongs to the user '$owner'." \
      "Run the command as the user who made it: 'make' and 'sudo make' do not mix in one folder."
  fi
}

# Of the machine, or of the container if that may have less.
megabytes_of_memory() {
  local machine container
  machine=$(awk '/MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
  container=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || true)
  if [[ $container =~ ^[0-9]+$ ]] && [ $((container >> 20)) -lt "$machine" ]; then
    machine=$((container >> 20))
  fi
  echo "$machine"
}

cluster_settings() {
  local memory shared
  memory=$(megabytes_of_memory)
  # A quarter, as PostgreSQL's manual has it: pages that millions of pledges share stay in memory
  # whatever the machine does with its file cache.
  shared=$((memory / 4 < 8192 ? memory / 4 : 8192))
  cat <<SETTINGS
# Written anew at every start; own settings go into postgresql.conf below the line that includes it.
listen_addresses = ''
unix_socket_directories = '${PG_SOCKET//\'/\'\'}'
unix_socket_permissions = 0700
shared_buffers = ${shared}MB
effective_cache_size = $((memory / 2))MB
maintenance_work_mem = $((shared / 2 < 256 ? shared / 2 : 256))MB
work_mem = 16MB
max_wal_size = 4GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
# What people typed must not end up in the log beside an error.
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
SETTINGS
  # A container's small /dev/shm would break queries that run in parallel.
  if [ "$(df --output=size -m /dev/shm 2>/dev/null | tail -n 1)" -lt 512 ] 2>/dev/null; then
    echo "dynamic_shared_memory_type = mmap"
  fi
}

# Made beside its final place, so that an interrupted start leaves nothing half-made there.
init_cluster() {
  local part=$PG_HOME/data.part
  as_owner rm -rf "$part"
  as_owner "$PG_BIN/initdb" -D "$part" -U app -A trust -E UTF8 --locale=C.UTF-8 --no-instructions &&
    echo "include_if_exists = 'changemap.conf'" |
    as_owner tee -a "$part/postgresql.conf" >/dev/null &&
    as_owner mv "$part" "$PG_HOME/data"
}

is_running() { as_owner "$PG_BIN/pg_ctl" -D "$PG_HOME/data" status >/dev/null 2>&1; }

start_server() {
  as_owner mkdir -p -m 700 "$PG_SOCKET" 2>/dev/null || install -d -o postgres -m 700 "$PG_SOCKET"
  [ "$(stat -c %U "$PG_SOCKET")" = "$(stat -c %U "$PG_HOME/data")" ] ||
    fail "$PG_SOCKET belongs to another user."
  cluster_settings | as_owner tee "$PG_HOME/data/changemap.conf" >/dev/null
  if ! as_owner "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -s -w -t 120 -l "$PG_HOME/server.log" start; then
    as_owner tail -n 20 "$PG_HOME/server.log"
    return 1
  fi
}

query() { as_owner "$PG_BIN/psql" -XqAt -v ON_ERROR_STOP=1 -h "$PG_SOCKET" -U app "$@"; }

create_database() {
  [ "$(query postgres -c "select 1 from pg_database where datname = '$1'")" = 1 ] ||
    query postgres -c "create database $1"
}

database_address() {
  "$VENV_PYTHON" -c 'import sys, urllib.parse as u
print(f"postgis://app@{u.quote(sys.argv[1], safe=str())}/{sys.argv[2]}")' "$PG_SOCKET" "$1"
}

# Leaves the private cluster running, DATABASE_URL set and, for commands run by hand, its address in
# .local/database_url.
start_cluster() {
  find_home
  check_owner
  if [ ! -d "$PG_HOME/data" ]; then choose_home; fi
  find_postgres
  if [ ! -d "$PG_HOME/data" ]; then work "Making a private PostGIS cluster" initdb init_cluster; fi
  is_running || work "Starting PostgreSQL" postgres start_server
  create_database app
  DATABASE_URL=$(database_address app)
  export DATABASE_URL
  echo "$DATABASE_URL" >"$LOCAL/database_url"
}

stop_cluster() {
  find_home
  check_owner
  if [ ! -d "$PG_HOME/data" ]; then
    say "There is no private cluster here"
    return
  fi
  find_postgres
  if is_running; then
    as_owner "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -s -w -m fast stop
    say "PostgreSQL has stopped; its data stays in $PG_HOME"
  else
    say "PostgreSQL is not running"
  fi
}
