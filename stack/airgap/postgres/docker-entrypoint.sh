#!/bin/sh
# Makes the cluster on the first start, then runs PostgreSQL as the user postgres.
#
# Environment, as for the official image: POSTGRES_PASSWORD, POSTGRES_USER (postgres), POSTGRES_DB
# (the user's name), POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD, each also as a file named by
# NAME_FILE, and PGDATA. Scripts in /docker-entrypoint-initdb.d run once, in order of their names.
set -eu

fail() {
  printf 'docker-entrypoint: %s\n' "$*" >&2
  exit 1
}

# Sets variable $1 from itself, from the file that $1_FILE names, or to the default $2.
setting() {
  eval "setting_value=\${$1:-} setting_file=\${$1_FILE:-}"
  # shellcheck disable=SC2154
  if [ -n "$setting_value" ] && [ -n "$setting_file" ]; then
    fail "reading $1: both $1 and $1_FILE are set, set only one of them"
  elif [ -n "$setting_file" ]; then
    setting_value=$(cat "$setting_file")
  fi
  : "${setting_value:=$2}"
  eval "export $1=\$setting_value"
  unset "$1_FILE"
}

read_settings() {
  setting POSTGRES_PASSWORD ""
  setting POSTGRES_USER postgres
  setting POSTGRES_DB "$POSTGRES_USER"
  setting POSTGRES_INITDB_ARGS ""
  setting POSTGRES_HOST_AUTH_METHOD scram-sha-256
  [ -n "$POSTGRES_PASSWORD" ] || [ "$POSTGRES_HOST_AUTH_METHOD" = trust ] ||
    fail "making the cluster: no password, set POSTGRES_PASSWORD_FILE or POSTGRES_PASSWORD"
}

# The password goes through a pipe, so that it is never on a disk.
make_cluster() {
  set -- --username="$POSTGRES_USER"
  [ -z "$POSTGRES_PASSWORD" ] || set -- "$@" --pwfile=/dev/stdin
  printf '%s\n' "$POSTGRES_PASSWORD" | eval "initdb \"\$@\" $POSTGRES_INITDB_ARGS"
  printf '\nhost all all all %s\n' "$POSTGRES_HOST_AUTH_METHOD" >>"$PGDATA/pg_hba.conf"
}

run_sql() {
  PGPASSWORD=$POSTGRES_PASSWORD psql --no-psqlrc --no-password --set ON_ERROR_STOP=1 \
    --username "$POSTGRES_USER" "$@"
}

make_database() {
  [ "$POSTGRES_DB" = postgres ] && return 0
  echo 'CREATE DATABASE :"name";' | run_sql --dbname postgres --set name="$POSTGRES_DB"
}

run_first_start_scripts() {
  for script in /docker-entrypoint-initdb.d/*; do
    case "$script" in
    *.sh)
      echo "docker-entrypoint: running $script"
      # shellcheck disable=SC1090
      if [ -x "$script" ]; then "$script"; else . "$script"; fi
      ;;
    *.sql)
      echo "docker-entrypoint: running $script"
      run_sql --dbname "$POSTGRES_DB" --file "$script"
      ;;
    *.sql.gz)
      echo "docker-entrypoint: running $script"
      gunzip -c "$script" | run_sql --dbname "$POSTGRES_DB"
      ;;
    esac
  done
}

# Nobody but the scripts may reach the server before they are done, so it listens on its unix socket
# alone; what waits for the database over TCP keeps waiting.
first_start() {
  read_settings
  make_cluster
  pg_ctl --wait --silent --options="-c listen_addresses= -p ${PGPORT:-5432}" start
  make_database
  run_first_start_scripts
  pg_ctl --wait --silent --mode=fast stop
  echo "docker-entrypoint: cluster made, starting PostgreSQL"
  unset POSTGRES_PASSWORD
}

case "${1:-}" in -*) set -- postgres "$@" ;; esac

if [ "${1:-}" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /run/postgresql
  chmod 0700 "$PGDATA"
  find "$PGDATA" /run/postgresql ! -user postgres -exec chown postgres:postgres {} +
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

only_informs() {
  case " $* " in *" --help "* | *" -? "* | *" --version "* | *" -V "*) ;; *) return 1 ;; esac
}

if [ "${1:-}" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ] && ! only_informs "$@"; then
  first_start
fi
exec "$@"
