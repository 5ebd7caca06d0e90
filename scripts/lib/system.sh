# shellcheck shell=bash
# What the operating system must have: PostGIS, GDAL, Pango, Python's venv; for checks, ShellCheck,
# and for tests Chromium.
# Installed by apt as root or by sudo; without either, what can be is unpacked below .local.

BROWSERS="chromium chromium-browser google-chrome google-chrome-stable"

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3.11}" python3 python3.12 python3.13 /usr/bin/python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

find_browser() {
  local name
  for name in ${CHROMIUM:-} $BROWSERS; do
    command -v "$name" && return
  done
  return 1
}

has_postgis() { compgen -G '/usr/share/postgresql/*/extension/postgis.control' >/dev/null; }
has_library() { [[ $(/sbin/ldconfig -p 2>/dev/null) == *"$1"* ]]; }
has_gdal() { has_library libgdal.so; }

# Prints what is missing for `run`, `check` or `test`, one word a line; POSTGIS stands for the newest
# release that apt knows.
missing_packages() {
  local python
  if ! python=$(find_python); then
    printf 'python3\npython3-venv\n'
  elif [ ! -x "$VENV_PYTHON" ] && ! "$python" -c 'import ensurepip' 2>/dev/null; then
    echo python3-venv
  fi
  if [ -z "${DATABASE_URL:-}" ]; then
    has_postgis || echo POSTGIS
  else
    has_gdal || echo gdal-bin
  fi
  # Certificates are set by these.
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
  if [ "$1" != run ]; then command -v shellcheck >/dev/null || echo shellcheck; fi
  if [ "$1" = test ]; then
    command -v ogrinfo >/dev/null || echo gdal-bin # a client that the API is tried with
    find_browser >/dev/null || echo chromium
    has_library libatomic.so.1 || echo libatomic1 # for the program that drives the browser
  fi
}

# True for root, for a user whose sudo needs no password, and for one who gives it at the terminal.
may_install() {
  command -v apt-get >/dev/null || return 1
  is_root && return
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null && return
  [ -t 0 ] || return 1
  say "sudo may ask for your password: these packages are to be installed: $*"
  sudo -v
}
as_root() { if is_root; then "$@"; else sudo "$@"; fi; }

# The options are those of apt-cache.
# shellcheck disable=SC2120
postgis_package() {
  apt-cache "$@" pkgnames postgresql- | grep -E '^postgresql-[0-9]+-postgis-3$' |
    sort -V | tail -n 1 | grep .
}

# Debian's package would start a cluster of its own on port 5432 beside ours.
forbid_main_cluster() {
  local file=/etc/postgresql-common/createcluster.conf
  [ -e "$file" ] && return
  as_root mkdir -p "${file%/*}" || return
  printf '%s\n' '# Written by Changemap: it runs a private cluster and needs none for the machine.' \
    'create_main_cluster = false' | as_root tee "$file" >/dev/null
}

# With a failed update an older list may still do: the install tells.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -q || true
  local name names=()
  for name in "$@"; do
    if [ "$name" = POSTGIS ]; then
      forbid_main_cluster || return
      name=$(postgis_package) || { echo "apt knows no PostGIS package." && return 1; }
    fi
    names+=("$name")
  done
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "${names[@]}"
}

install_system() {
  local -a missing
  mapfile -t missing < <(missing_packages "$1")
  [ ${#missing[@]} -gt 0 ] || return 0
  if may_install "${missing[@]}"; then
    work "Installing by apt: ${missing[*]}" apt apt_install "${missing[@]}"
  else
    install_unpacked "${missing[@]}"
  fi
}
