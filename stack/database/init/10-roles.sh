#!/bin/sh
# Creates the roles, the database and the extension of Hyper-Mission, once, with the superuser.
#
# Mount this folder at /docker-entrypoint-initdb.d. Reads the files that
# POSTGRES_OWNER_PASSWORD_FILE, POSTGRES_APP_PASSWORD_FILE and POSTGRES_MONITOR_PASSWORD_FILE name.
# The result:
#   missions_owner    owns the database and the schema, runs the migrations, has no time limits
#   missions_app      data manipulation only, as the migrations grant it, with short time limits
#   missions_monitor  statistics only, of the database and of no row in it
# The values reach psql by environment and are quoted by psql itself: never pasted, never in a
# process list. No `set -u`: the entrypoint sources this file where it is not executable.
set -e

read_password() {
  if [ ! -s "$1" ]; then
    echo "create roles: '$1' is missing or empty, allowed: one line; create the secret" >&2
    exit 1
  fi
  head -n 1 "$1"
}

HM_OWNER_PASSWORD=$(read_password "${POSTGRES_OWNER_PASSWORD_FILE:?create roles: variable not set}")
HM_APP_PASSWORD=$(read_password "${POSTGRES_APP_PASSWORD_FILE:?create roles: variable not set}")
HM_MONITOR_PASSWORD=$(
  read_password "${POSTGRES_MONITOR_PASSWORD_FILE:?create roles: variable not set}"
)
export HM_OWNER_PASSWORD HM_APP_PASSWORD HM_MONITOR_PASSWORD

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password HM_OWNER_PASSWORD
\getenv app_password HM_APP_PASSWORD
\getenv monitor_password HM_MONITOR_PASSWORD
-- Nothing that carries a password may reach the log or the statement statistics.
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
SET pg_stat_statements.track = 'none';
SET password_encryption = 'scram-sha-256';

CREATE ROLE missions_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
  CONNECTION LIMIT 5 PASSWORD :'owner_password';
CREATE ROLE missions_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
  CONNECTION LIMIT 45 PASSWORD :'app_password';
CREATE ROLE missions_monitor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
  CONNECTION LIMIT 3 PASSWORD :'monitor_password' IN ROLE pg_monitor;
ALTER ROLE missions_monitor SET statement_timeout = '1s';
ALTER ROLE missions_app SET statement_timeout = '1500ms';
ALTER ROLE missions_app SET lock_timeout = '1s';
ALTER ROLE missions_app SET idle_in_transaction_session_timeout = '2s';

-- The entrypoint has created the database already when POSTGRES_DB names it.
SELECT 'CREATE DATABASE missions OWNER missions_owner'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'missions') \gexec
ALTER DATABASE missions OWNER TO missions_owner;
REVOKE ALL ON DATABASE missions FROM PUBLIC;
GRANT CONNECT ON DATABASE missions TO missions_app, missions_monitor;

\connect missions
CREATE EXTENSION pg_stat_statements;
ALTER SCHEMA public OWNER TO missions_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO missions_app;
SQL

unset HM_OWNER_PASSWORD HM_APP_PASSWORD HM_MONITOR_PASSWORD
