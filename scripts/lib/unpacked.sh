# shellcheck shell=bash
# The way for a person who may not install: Debian's packages are fetched and unpacked into
# .local/root, where the private cluster runs from. Nothing outside this folder is touched.

UNPACKED=$LOCAL/root

install_unpacked() {
  local name wanted=()
  for name in "$@"; do
    if [ -f "$UNPACKED/.complete/$name" ]; then continue; fi
    case $name in
      POSTGIS | python3-venv | libpango* | libharfbuzz* | shellcheck) wanted+=("$name") ;;
      gdal-bin) ;; # the copies inside two wheels stand in (python.sh)
      *) fail "$name is missing, and you are neither root nor may use sudo." \
        "Ask an administrator for:  apt-get install ${*/POSTGIS/postgresql-15-postgis-3}" \
        "A browser elsewhere is named by:  CHROMIUM=/path/to/chromium make test" ;;
    esac
  done
  [ ${#wanted[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    fail "this is not Debian or Ubuntu, and these are missing: ${wanted[*]/POSTGIS/PostGIS}" \
      "Install PostgreSQL 15 or later with PostGIS 3 and give its address:" \
      "  DATABASE_URL=postgis://user:password@host/database make run"
  fi
  work "Unpacking into .local/root, as you may not install: ${wanted[*]}" unpack \
    unpack_packages "${wanted[@]}"
}

unpack_packages() {
  local cache=$LOCAL/apt name words names=() file
  local -a options=(-q -o "Dir::State::lists=$cache/lists" -o "Dir::Cache=$cache"
    -o "Dir::Cache::archives=$cache/archives" -o "Dir::Log=$cache" -o Debug::NoLocking=1
    -o APT::Sandbox::User=)
  mkdir -p "$cache/lists/partial" "$cache/archives/partial" "$UNPACKED/.complete"
  apt-get "${options[@]}" update || return
  for name in "$@"; do
    case $name in
      POSTGIS) name=$(postgis_package "${options[@]}") ||
        { echo "apt knows no PostGIS package." && return 1; } ;;
      python3-venv) name="python3-pip-whl python3-setuptools-whl" ;;
    esac
    read -ra words <<<"$name"
    names+=("${words[@]}")
  done
  apt-get "${options[@]}" install -y --no-install-recommends --download-only "${names[@]}" || return
  for file in "$cache"/archives/*.deb; do
    dpkg -x "$file" "$UNPACKED" || return
  done
  # No maintainer script has run: the links that update-alternatives would make are missing.
  for file in "$UNPACKED"/usr/share/postgresql/*/extension/*-3.control; do
    [ ! -e "$file" ] || cp "$file" "${file%-3.control}.control" || return
  done
  rm -rf "$cache"
  (cd "$UNPACKED/.complete" && touch "$@")
}

# Pango is loaded by the site's own process, which must find the unpacked copy and its fonts' list.
export_pango() {
  [ -f "$UNPACKED/.complete/libpango-1.0-0" ] || return 0
  export LD_LIBRARY_PATH FONTCONFIG_PATH
  LD_LIBRARY_PATH=$(unpacked_libraries)${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  FONTCONFIG_PATH=$UNPACKED/etc/fonts
}

# Where the unpacked server's libraries lie; libarmadillo is in usr/lib itself.
unpacked_libraries() {
  local folder
  folder=$(echo "$UNPACKED"/usr/lib/*-linux-gnu)
  echo "$UNPACKED/usr/lib:$folder:$folder/blas:$folder/lapack"
}

# ShellCheck, unpacked or the system's own.
shell_check() {
  if [ -f "$UNPACKED/.complete/shellcheck" ]; then
    LD_LIBRARY_PATH=$(unpacked_libraries) "$UNPACKED/usr/bin/shellcheck" "$@"
  else
    shellcheck "$@"
  fi
}
