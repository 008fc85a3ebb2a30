# shellcheck shell=bash
# Lets the copy take the place of the target, and cleans up what is not needed.
#
# Both renames are one transaction of the session that holds the lock: a crash of the script, of the
# server or of the machine in between leaves the old name on the old database. The first rename locks
# the database against new connections and waits five seconds for those within to leave; a session
# that was within before ("gate") ends the others and has the last look. Nothing is changed before the
# commit, so there is nothing to be rolled back by hand.

# prepare_next: gives the copy what belongs to the database itself and is in no dump.
prepare_next() {
  psql_at target "$maintenance_database" --set current="${target[database]}" --set next="$next_database" \
    <"$scripts/settings.sql" >/dev/null 2>"$work/errors" ||
    fail swap "give $next_database the owner and privileges of ${target[database]}: $(reason_in "$work/errors"), allowed: no error"
  psql_at target "$next_database" <"$scripts/own-state.sql" >/dev/null 2>"$work/errors" ||
    fail swap "give $next_database a state of its own: $(reason_in "$work/errors"), allowed: no error"
}

swap_databases() {
  replaced_database=${target[database]}_prev_$run_id
  local next_oid occupied
  step "put the copy in the place of ${target[database]}"
  next_oid=$(value_at target "$maintenance_database" "SELECT oid FROM pg_database WHERE datname = '$next_database'")
  open_session gate target "${target[database]}"
  ask gate "\\set bookkeeping '${bookkeeping_tables//\\/\\\\}'" >/dev/null ||
    fail swap "enter ${target[database]}: $(session_error gate), allowed: a connection"
  # From here to the look at the outcome takes seconds; a signal in between would hide the outcome.
  trap '' HUP INT TERM
  tell lock "BEGIN;
    ALTER DATABASE ${target[database]} RENAME TO $replaced_database;
    ALTER DATABASE $next_database RENAME TO ${target[database]};
    ALTER DATABASE $replaced_database ALLOW_CONNECTIONS false;
    COMMENT ON DATABASE ${target[database]} IS NULL;
    COMMIT;" || fail swap "rename: $(session_error lock), allowed: the lock held until here"
  ask gate "$(<"$scripts/clear-out.sql")" >/dev/null ||
    fail swap "end the sessions in ${target[database]}: $(session_error gate), allowed: all of them ended"
  if ! $replace; then
    occupied=$(ask gate "$(<"$scripts/occupied.sql")") ||
      fail swap "look into the target once more: $(session_error gate), allowed: an answer"
    if [[ -n $occupied ]]; then
      ask gate "$(<"$scripts/give-up.sql")" >/dev/null || true
      fail swap "look into the target once more: ${occupied//$'\n'/ } hold rows now, allowed none; stop what writes to it"
    fi
  fi
  close_session gate
  answer_of lock >/dev/null || true
  # Whatever the session answered, and whether it could: the name tells which database it is now.
  [[ $(value_at target "$maintenance_database" "SELECT oid FROM pg_database
    WHERE datname = '${target[database]}'" 2>"$work/errors") == "$next_oid" ]] ||
    fail swap "rename $next_database to ${target[database]}: $(session_error lock)$(reason_in "$work/errors"), allowed: nobody connected; the target is as it was"
  target_changed=true
  keep_or_drop_replaced
}

keep_or_drop_replaced() {
  if [[ -s $work/occupied ]]; then
    say "  the replaced database is kept as $replaced_database; when nobody needs it: DROP DATABASE $replaced_database"
    return
  fi
  value_at target "$maintenance_database" "DROP DATABASE $replaced_database" >/dev/null 2>"$work/errors" ||
    warn "the replaced, empty database $replaced_database could not be dropped: $(reason_in "$work/errors")"
  replaced_database=
}

# remove_unfinished: after a failure; ends what this run still has open and drops its copies.
remove_unfinished() {
  [[ $target_changed == false ]] || return 0
  replaced_database=
  local name
  end_own_sessions target
  for name in "$next_database" "$check_database"; do
    value_at target "$maintenance_database" "DROP DATABASE IF EXISTS $name WITH (FORCE)" >/dev/null 2>"$work/errors" ||
      warn "$name could not be removed ($(reason_in "$work/errors")); the next run removes it"
  done
}

# end_own_sessions SIDE: a tool inside of a container goes on when its client outside has ended.
end_own_sessions() {
  [[ -n ${source[reached]:-} && -n ${target[reached]:-} ]] || return 0
  value_at "$1" "$maintenance_database" "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE application_name = '$PGAPPNAME' AND pid <> pg_backend_pid()" >/dev/null 2>&1 || true
}
