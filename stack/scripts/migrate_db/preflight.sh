# shellcheck shell=bash
# What can be known before anything is begun.

check_endpoints() {
  reach source
  reach target
  [[ $(fact source identity) != $(fact target identity) ]] ||
    fail preflight "compare source and target: both are the same database ${target[words]}, allowed are two"
  check_versions
  [[ $(fact source encoding) == $(fact target encoding) ]] ||
    fail preflight "compare encoding and collation: source '$(fact source encoding)', target '$(fact target encoding)', allowed is that they are equal"
  check_all_there roles 'role used' 'role there'
  check_all_there extensions 'extension used' 'extension there'
  check_schema_age
  check_disk
}

# fact SIDE KIND: its values, one per line, sorted.
fact() {
  awk -F '\t' -v kind="$2" '$1 == kind { print $2 }' "$work/$1.facts" | sort
}

tool_major_of() {
  run_at "$1" "$2" --version </dev/null | sed -E 's/^[^0-9]*([0-9]+).*/\1/'
}

check_versions() {
  local from to dump restore
  from=$(fact source major) to=$(fact target major)
  dump=$(tool_major_of source pg_dump) restore=$(tool_major_of target pg_restore)
  ((to >= from)) ||
    fail preflight "compare the versions of PostgreSQL: source $from, target $to, allowed is the same or a newer target"
  ((dump >= from && restore >= dump)) ||
    fail preflight "compare the tools: source $from, pg_dump $dump, pg_restore $restore, allowed is that none is older than the one before"
}

# check_all_there WORDS KIND_USED KIND_THERE: what the source uses, the target must have.
check_all_there() {
  local missing
  missing=$(comm -23 <(fact source "$2") <(fact target "$3") | paste -sd ' ')
  [[ -z $missing ]] || fail preflight "look for $1: the target lacks $missing, allowed is that it has all of them"
}

# A database with an older schema than the servers expect must not take the place of theirs.
check_schema_age() {
  local newer
  newer=$(comm -13 <(fact source migration) <(fact target migration) | paste -sd ' ')
  [[ -z $newer ]] ||
    fail preflight "compare the schemas: the target has migrations that the source lacks ($newer), allowed is none; bring the source to the newest version"
}

check_disk() {
  local free needed
  source_bytes=$(fact source bytes)
  free=$(df -Pk "$work" | free_bytes)
  ((free > source_bytes)) ||
    fail preflight "look for space for the dump in ${TMPDIR:-/var/tmp}: $free bytes free, allowed more than $source_bytes; set TMPDIR"
  [[ ${target[kind]} == container ]] || return 0
  needed=$((source_bytes * 3 / 2))
  free=$(docker exec "${target[container]}" df -Pk "$(fact target directory)" 2>/dev/null | free_bytes) || return 0
  ((free > needed)) ||
    fail preflight "look for space at the target: $free bytes free, allowed more than $needed"
}

free_bytes() {
  awk 'NR == 2 { printf "%.0f", $4 * 1024 }'
}

# One run per target, on whichever machine: the lock lives in the target and dies with its session.
take_lock() {
  open_session lock target "$maintenance_database"
  local answer
  answer=$(ask lock "SELECT pg_try_advisory_lock(hashtext('migrate_db'), hashtext('${target[database]}'));") ||
    fail preflight "lock the target: $(session_error lock), allowed an answer"
  [[ $answer == t ]] ||
    fail lock "lock the target ${target[words]}: another run is at work, allowed is one; wait for its end"
  target[locked]=yes
  next_database=${target[database]}_next_$run_id
  check_database=${target[database]}_check_$run_id
}

# Copies of runs that were killed; their names and their comment tell them from everything else.
remove_left_behind() {
  local name
  while read -r name; do
    [[ -n $name ]] || continue
    warn "removed $name, which a run that was killed left behind"
    value_at target "$maintenance_database" "DROP DATABASE IF EXISTS $name WITH (FORCE)" >/dev/null
  done < <(value_at target "$maintenance_database" "SELECT datname FROM pg_database
    WHERE datname ~ '^${target[database]}_(next|check)_[0-9]{14}_[0-9]+$'
      AND shobj_description(oid, 'pg_database') = '$unfinished_comment'")
}

check_occupied() {
  psql_at target "${target[database]}" --set bookkeeping="$bookkeeping_tables" \
    <"$scripts/occupied.sql" >"$work/occupied"
  [[ -s $work/occupied ]] || return 0
  $replace ||
    fail occupied "look into the target: $(paste -sd ' ' "$work/occupied") hold rows, allowed is an empty target, or --replace, which keeps a backup"
}

print_plan() {
  say "would move $((source_bytes / 1000000)) MB from ${source[words]} to ${target[words]}"
  [[ ! -s $work/occupied ]] ||
    say "would first save the target to $backup_directory and keep it beside the new database"
  say "would restore into $next_database, compare, and then rename it to ${target[database]}"
}
