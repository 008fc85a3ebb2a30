# shellcheck shell=bash
# Reads, writes and compares whole databases.

# By this comment a later run knows a copy that nobody finished.
readonly unfinished_comment='unfinished copy of migrate_db.sh, may be dropped'

# take_snapshot CLASS SESSION SIDE: sets `snapshot` and `snapshot_at`; it lives as long as the session.
take_snapshot() {
  local -n from=$3
  open_session "$2" "$3" "${from[database]}"
  ask "$2" 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;' >/dev/null &&
    snapshot=$(ask "$2" 'SELECT pg_export_snapshot();') &&
    snapshot_at=$(ask "$2" "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"');") ||
    fail "$1" "hold a snapshot of ${from[words]}: $(session_error "$2"), allowed: one"
}

# take_inventory SIDE DATABASE FILE [SNAPSHOT]
take_inventory() {
  local in_snapshot=()
  [[ -z ${4:-} ]] || in_snapshot=(--set snapshot="$4")
  interruptible psql_at "$1" "$2" --set state_tables="$state_tables" "${in_snapshot[@]}" \
    <"$scripts/inventory.sql" >"$3.unsorted" 2>"$work/errors" || return 1
  sort "$3.unsorted" >"$3"
}

# read_sequences CLASS SIDE DATABASE FILE
read_sequences() {
  psql_at "$2" "$3" <"$scripts/sequences.sql" >"$4" 2>"$work/errors" ||
    fail "$1" "read the sequences of $3: $(reason_in "$work/errors"), allowed: all of them"
}

# dump_to CLASS SIDE SNAPSHOT FILE: one snapshot as a file that is complete or not there.
dump_to() {
  local class=$1 side=$2 snapshot=$3 file=$4 connection
  local -n from=$side
  connection_of "$side" "${from[database]}"
  report_growth "$file.partial"
  interruptible run_at "$side" pg_dump --format=custom --compress=1 --no-password \
    --lock-wait-timeout="${lock_seconds_max}s" --snapshot="$snapshot" "${connection[@]}" \
    </dev/null >"$file.partial" 2>"$work/errors" ||
    fail "$class" "dump ${from[words]}: $(reason_in "$work/errors"), allowed: every table readable"
  stop_growth
  sync "$file.partial"
  mv "$file.partial" "$file"
}

report_growth() {
  # Without the descriptors of the script, which a caller of it may be waiting for.
  (while sleep 5 >/dev/null 2>&1; do say "  $(($(stat -c %s "$1" 2>/dev/null || echo 0) / 1000000)) MB written"; done) &
  ticker=$!
}

stop_growth() {
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  ticker=
}

dump_source() {
  step 'dump the source'
  take_snapshot dump source source
  # Sequences stand outside of the snapshot: what the dump holds lies between these two readings.
  read_sequences dump source "${source[database]}" "$work/before.sequences"
  dump_to dump source "$snapshot" "$work/source.dump"
  read_sequences dump source "${source[database]}" "$work/after.sequences"
  dump_bytes=$(stat -c %s "$work/source.dump")
  dump_sha256=$(sha256sum "$work/source.dump" | cut -d ' ' -f 1)
  say "  $((dump_bytes / 1000)) kB of the snapshot of $snapshot_at"
  step 'count and hash the source in the same snapshot'
  take_inventory source "${source[database]}" "$work/source.inventory" "$snapshot" ||
    fail dump "read the source: $(reason_in "$work/errors"), allowed: every table readable"
  # The session that holds the snapshot must have lived until here, or it was not the same one.
  ask source 'SELECT 1;' >/dev/null ||
    fail dump "hold the snapshot: $(session_error source), allowed: until the source was read"
}

# create_copy CLASS DATABASE: empty, with the encoding and collation of the target, and marked.
create_copy() {
  local sql
  sql=$(value_at target "$maintenance_database" "SELECT format(
      'CREATE DATABASE %I TEMPLATE template0 OWNER %I ENCODING %L LC_COLLATE %L LC_CTYPE %L',
      '$2', pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype)
    || CASE datlocprovider WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L',
      coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale')) ELSE '' END
    FROM pg_database AS d WHERE datname = '${target[database]}'") &&
    value_at target "$maintenance_database" "$sql" >/dev/null 2>"$work/errors" &&
    value_at target "$maintenance_database" \
      "COMMENT ON DATABASE $2 IS '$unfinished_comment'" >/dev/null 2>"$work/errors" ||
    fail "$1" "create the database $2: $(reason_in "$work/errors"), allowed: an empty database"
}

# restore_into CLASS DATABASE FILE: in one transaction, ended by the first error.
restore_into() {
  local connection
  create_copy "$1" "$2"
  connection_of target "$2"
  interruptible run_at target pg_restore --exit-on-error --single-transaction --no-password \
    "${connection[@]}" <"$3" >/dev/null 2>"$work/errors" ||
    fail "$1" "restore into $2: $(reason_in "$work/errors"), allowed: every statement accepted"
}

restore_next() {
  step "restore into $next_database"
  restore_into restore "$next_database" "$work/source.dump"
  rm "$work/source.dump"
  step 'collect statistics'
  interruptible psql_at target "$next_database" --command 'ANALYZE' </dev/null >/dev/null 2>"$work/errors" ||
    fail restore "analyze $next_database: $(reason_in "$work/errors"), allowed: no error"
}

# compare_inventories EXPECTED SEEN: fills $work/differences.
compare_inventories() {
  {
    comm -23 "$1" "$2" | sed 's/^/missing: /'
    comm -13 "$1" "$2" | sed 's/^/unexpected: /'
  } | tr '\t' ' ' >"$work/differences"
  facts_compared=$(wc -l <"$1")
}

compare_with_source() {
  take_inventory target "$1" "$work/target.inventory" ||
    fail verification "read $1: $(reason_in "$work/errors"), allowed: every table readable"
  read_sequences verification target "$1" "$work/target.sequences"
  compare_inventories "$work/source.inventory" "$work/target.inventory"
  compare_sequences >>"$work/differences"
  [[ ! -s $work/differences ]] ||
    fail verification "compare $1 with the source: $(wc -l <"$work/differences") differences, allowed 0; the first: $(head -n 1 "$work/differences")"
  say "  $facts_compared facts and $(wc -l <"$work/target.sequences") sequences are equal, $(rows_of "$work/source.inventory") rows"
}

rows_of() {
  awk -F '\t' '$1 == "rows" { split($3, part, " "); sum += part[1] } END { print sum + 0 }' "$1"
}

# A sequence stands where the dump found it, and past every value of the column that it feeds.
compare_sequences() {
  local name last called step highest
  local -A first=() final=() seen=()
  while IFS=$'\t' read -r name last called step highest; do first[$name]="$last $called"; done <"$work/before.sequences"
  while IFS=$'\t' read -r name last called step highest; do final[$name]="$last $called"; done <"$work/after.sequences"
  while IFS=$'\t' read -r name last called step highest; do
    seen[$name]=1
    if [[ "$last $called" != "${first[$name]:-}" && "$last $called" != "${final[$name]:-}" ]] &&
      ! lies_between "${first[$name]:-}" "$last" "${final[$name]:-}" "$step"; then
      echo "sequence $name stands at $last $called, was ${first[$name]:-missing} before and ${final[$name]:-missing} after the dump"
    fi
    if [[ -n $highest ]] && is_behind "$last" "$called" "$step" "$highest"; then
      echo "sequence $name stands at $last, its column already holds $highest: the next insert would fail"
    fi
  done <"$work/target.sequences"
  for name in "${!first[@]}"; do
    [[ -n ${seen[$name]:-} ]] || echo "sequence $name is missing"
  done
}

lies_between() {
  local low=${1%% *} high=${3%% *}
  [[ -n $low && -n $high ]] || return 1
  if (($4 > 0)); then ((low <= $2 && $2 <= high)); else ((high <= $2 && $2 <= low)); fi
}

is_behind() {
  if (($3 > 0)); then (($4 > $1)) && return 0; else (($4 < $1)) && return 0; fi
  [[ $4 == "$1" && $2 == f ]]
}

# Roles that could use an object of the target must be able to use it afterwards.
compare_privileges() {
  psql_at target "${target[database]}" --set state_tables='.*' <"$scripts/inventory.sql" 2>"$work/errors" |
    sort >"$work/current.inventory" ||
    fail verification "read the privileges of the target: $(reason_in "$work/errors"), allowed: all"
  local lost
  lost=$(awk -F '\t' '
    FNR == NR { if ($1 == "owner") there[$2] = 1; if ($1 == "grant") kept[$2 FS $3] = 1; next }
    $1 == "grant" && there[$2] && !kept[$2 FS $3] { print $2 ": " $3 }
  ' "$work/target.inventory" "$work/current.inventory" | tee "$work/differences" | paste -sd ';')
  [[ -z $lost ]] ||
    fail verification "compare privileges: the copy lacks what roles have in the target ($lost), allowed is none; grant it at the source"
}

# Saves the target as a file, and proves the file by restoring it.
back_up_target() {
  local name=${target[database]}-$run_id.dump class=backup
  step 'save the target'
  (umask 077 && mkdir -p "$backup_directory" && [[ -w $backup_directory ]]) 2>"$work/errors" ||
    fail backup "write to $backup_directory: $(reason_in "$work/errors"), allowed: a directory that can be written"
  backup_file=$backup_directory/$name
  take_snapshot backup backup target
  take_inventory target "${target[database]}" "$work/backup.inventory" "$snapshot" ||
    fail backup "read the target: $(reason_in "$work/errors"), allowed: every table readable"
  (umask 077 && : >"$backup_file.partial")
  dump_to "$class" target "$snapshot" "$backup_file"
  close_session backup
  backup_sha256=$(sha256sum "$backup_file" | cut -d ' ' -f 1)
  step 'prove the backup by restoring it'
  restore_into backup "$check_database" "$backup_file"
  take_inventory target "$check_database" "$work/check.inventory" ||
    fail backup "read the restored backup: $(reason_in "$work/errors"), allowed: every table readable"
  compare_inventories "$work/backup.inventory" "$work/check.inventory"
  [[ ! -s $work/differences ]] ||
    fail backup "compare the restored backup with the target: $(head -n 1 "$work/differences"), allowed 0 differences"
  value_at target "$maintenance_database" "DROP DATABASE $check_database WITH (FORCE)" >/dev/null
  backup_verified=true
  say "  $backup_file, sha256 $backup_sha256"
}
