# shellcheck shell=bash
# Where source and target are, and how the tools of PostgreSQL are run against them.
#
# An endpoint is an associative array of the caller, named `source` or `target`: kind (container or
# url), container, user, base and query (parts of a URL), password, database, words (for messages).

# The database that is never migrated: locks, renames and new databases are asked for from there.
readonly maintenance_database=postgres

# read_endpoint SIDE TEXT: understands `container:NAME[/DATABASE]` and `postgres://…/DATABASE`.
read_endpoint() {
  local -n at=$1
  local text=$2
  case $text in
    container:*)
      at[kind]=container
      text=${text#container:}
      at[container]=${text%%/*}
      at[database]=${default_database}
      [[ $text == */* ]] && at[database]=${text#*/}
      [[ ${at[container]} =~ ^[A-Za-z0-9][A-Za-z0-9_.-]*$ ]] ||
        fail usage "read --$1: saw the container name '${at[container]}', allowed a name of Docker"
      at[words]="container:${at[container]}/${at[database]}"
      ;;
    postgres://* | postgresql://*) read_url "$1" "$text" ;;
    *) fail usage "read --$1: saw '${text%%:*}…', allowed container:NAME[/DATABASE] or postgres://USER@HOST[:PORT]/DATABASE" ;;
  esac
  # Forty characters leave room for what is appended to the names of the databases in between.
  [[ ${at[database]} =~ ^[a-z_][a-z0-9_]{0,39}$ && ${at[database]} != "$maintenance_database" ]] ||
    fail usage "read --$1: saw the database '${at[database]}', allowed 1 to 40 of a-z 0-9 _ and not '$maintenance_database'"
}

read_url() {
  local -n at=$1
  local rest=${2#*://} authority
  at[kind]=url
  at[query]=
  [[ $rest == *\?* ]] && at[query]="?${rest#*\?}"
  rest=${rest%%\?*}
  authority=${rest%%/*}
  at[database]=$default_database
  [[ $rest == */?* ]] && at[database]=${rest#*/}
  if [[ $authority == *@* && ${authority%@*} == *:* ]]; then
    at[password]=$(percent_decode "$(sed 's/^[^:]*://' <<<"${authority%@*}")")
    authority="${authority%%:*}@${authority##*@}"
  fi
  at[base]="postgres://$authority"
  at[words]="${at[base]}/${at[database]}"
}

percent_decode() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

# run_at SIDE TOOL ARGUMENT…: runs psql, pg_dump or pg_restore there, with a limit on its time.
# Passwords travel by environment, because a process list is readable by everybody.
run_at() {
  local -n at=$1
  local tool=$2
  shift 2
  if [[ ${at[kind]} == container ]]; then
    # The inner limit ends the tool, the outer one the wait for a container that stands still.
    PGPASSWORD=${at[password]:-} timeout $((step_seconds_max + 5)) docker exec --interactive \
      --env PGPASSWORD --env PGAPPNAME --env PGOPTIONS --env PGCONNECT_TIMEOUT \
      "${at[container]}" timeout "$step_seconds_max" "$tool" "$@"
  elif [[ -n ${at[password]:-} ]]; then
    PGPASSWORD=${at[password]} timeout "$step_seconds_max" "$tool" "$@"
  else
    timeout "$step_seconds_max" "$tool" "$@"
  fi
}

# connection_of SIDE DATABASE: sets the array `connection` to the arguments that lead there.
connection_of() {
  local -n at=$1
  if [[ ${at[kind]} == container ]]; then
    connection=(--username="${at[user]}" --dbname="$2")
  else
    connection=(--dbname="${at[base]}/$2${at[query]}")
  fi
}

# psql_at SIDE DATABASE ARGUMENT…: psql without the user's own settings, ended by its first error.
psql_at() {
  local side=$1 database=$2 connection
  shift 2
  connection_of "$side" "$database"
  run_at "$side" psql --no-psqlrc --quiet --no-align --tuples-only --no-password \
    --set ON_ERROR_STOP=1 "${connection[@]}" "$@"
}

# value_at SIDE DATABASE SQL: the answer of one statement.
value_at() {
  psql_at "$1" "$2" --command "$3" </dev/null
}

# reach SIDE: fills in the user, proves that the database answers, and keeps what it says of itself.
reach() {
  local -n at=$1
  local step_seconds_max=20
  if [[ ${at[kind]} == container ]]; then
    need docker
    at[user]=$(docker exec "${at[container]}" printenv POSTGRES_USER 2>/dev/null) || at[user]=postgres
  else
    need psql
    need pg_dump
    need pg_restore
  fi
  psql_at "$1" "${at[database]}" <"$scripts/facts.sql" >"$work/$1.facts" 2>"$work/errors" ||
    fail preflight "reach the $1 ${at[words]}: $(reason_in "$work/errors"), allowed an answer; is it running, and does the database exist?"
  at[reached]=yes
}

need() {
  command -v "$1" >/dev/null ||
    fail preflight "look for '$1': saw none in PATH, allowed one; install it or name a container"
}
