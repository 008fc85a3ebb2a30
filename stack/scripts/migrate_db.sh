#!/usr/bin/env bash
#
# Moves a database: dumps the development database, restores it beside the production database,
# proves that both hold the same, and only then lets the copy take its place, in one transaction.
# `migrate_db.sh --help` tells how to use it.

set -Eeuo pipefail
# A session that has died is noticed by its answer, not by a signal that ends the script.
trap '' PIPE
export LC_ALL=C PGCONNECT_TIMEOUT=10

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/migrate_db
readonly scripts

# shellcheck source=migrate_db/endpoints.sh
. "$scripts/endpoints.sh"
# shellcheck source=migrate_db/sessions.sh
. "$scripts/sessions.sh"
# shellcheck source=migrate_db/report.sh
. "$scripts/report.sh"
# shellcheck source=migrate_db/preflight.sh
. "$scripts/preflight.sh"
# shellcheck source=migrate_db/transfer.sh
. "$scripts/transfer.sh"
# shellcheck source=migrate_db/swap.sh
. "$scripts/swap.sh"

# Exit code of each class of failure; 128 and more: ended by that signal.
declare -Ar exit_code_of=(
  [usage]=64 [preflight]=10 [lock]=11 [occupied]=12 [backup]=13 [dump]=14 [restore]=15
  [verification]=16 [swap]=17 [internal]=70
)

readonly default_database=missions
# Rows that the schema migrations write themselves: with these alone a database counts as empty.
readonly bookkeeping_tables='public\.schema_migrations|public\.cache_lease'
# State of the running system, which every database has of its own.
readonly state_tables='public\.cache_lease'

declare -A source=() target=()
mode=migrate
replace=false
backup_directory=./backups
step_seconds_max=3600
lock_seconds_max=30
started_at=$(TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T' -1)
run_id=$(TZ=UTC printf '%(%Y%m%d%H%M%S)T' -1)_$$
report_file=./migrate_db-$run_id.json
failure='' failure_class='' failed_step='' target_changed=false facts_compared=0 child=
export PGAPPNAME=migrate_db_$run_id

print_help() {
  cat <<HELP
Usage: migrate_db.sh --source ENDPOINT --target ENDPOINT [OPTION]…

Moves the database of development (source) to production (target), all or nothing: whatever fails,
and whenever, the target is as it was. What is moved is one snapshot of the source; writes after it
stay behind, so stop the writers first when you mean to switch over.

ENDPOINT is one of
  container:NAME[/DATABASE]            a running container; its own psql, pg_dump, pg_restore are used
  postgres://USER@HOST[:PORT]/DATABASE  a server; the tools of this machine are used
DATABASE is 'missions' where none is named. Passwords: in files (options below), in PGPASSFILE, or in
the URL, where others can read it in the process list.

  --replace               also when the target holds rows: a verified backup is written first, and
                          the replaced database is kept beside the new one
  --backup-directory DIR  where backups go (default: ./backups)
  --dry-run               check everything that can be checked, print the plan, change nothing
  --verify-only           compare source and target as they are, change nothing
  --report FILE           the report, as JSON (default: ./migrate_db-RUN.json)
  --source-password-file FILE, --target-password-file FILE
  --step-seconds-max N    longest time for one step (default: $step_seconds_max)
  --lock-seconds-max N    longest wait for a lock on a table (default: $lock_seconds_max)
  --help                  this text

Exit codes
   0  done: every row, sequence, constraint, index, privilege and owner was found equal
  10  preflight: an endpoint cannot be reached, or source and target do not fit together
  11  lock: another run is at work on this target
  12  occupied: the target holds rows, and --replace was not given
  13  backup: the target could not be saved before its replacement
  14  dump: the source could not be read
  15  restore: the copy could not be written
  16  verification: copy and source differ (--verify-only: target and source differ)
  17  swap: the copy could not take the place of the target, or the target was written to meanwhile
  64  usage
  70  internal: a defect of this script
 129, 130, 143  ended by SIGHUP, SIGINT, SIGTERM
HELP
}

# fail CLASS WORDS: ends the run; what was begun is undone by the trap on EXIT.
fail() {
  failure_class=$1 failure=$2 failed_step=$step_name
  say "failed ($1): $2"
  exit "${exit_code_of[$1]}"
}

warn() {
  say "warning: $1"
  printf '%s\n' "$1" >>"$work/warnings"
}

# reason_in FILE: the first error that a tool reported, or the last thing that it said.
reason_in() {
  grep -m 1 -E 'ERROR|FATAL|error:' "$1" || grep . "$1" | tail -n 1
}

# interruptible COMMAND…: a signal ends the wait at once, and not only when the command ends.
interruptible() {
  "$@" <&0 &
  child=$!
  local code=0
  wait "$child" || code=$?
  child=
  return "$code"
}

read_options() {
  local source_text='' target_text=''
  while (($# > 0)); do
    case $1 in
      --help) print_help; exit 0 ;;
      --replace) replace=true ;;
      --dry-run) mode=dry-run ;;
      --verify-only) mode=verify-only ;;
      --source | --target | --report | --backup-directory | --step-seconds-max | \
        --lock-seconds-max | --source-password-file | --target-password-file)
        (($# > 1)) || fail usage "read $1: saw no value, allowed one; see --help"
        case $1 in
          --source) source_text=$2 ;;
          --target) target_text=$2 ;;
          --report) report_file=$2 ;;
          --backup-directory) backup_directory=$2 ;;
          --step-seconds-max) step_seconds_max=$2 ;;
          --lock-seconds-max) lock_seconds_max=$2 ;;
          --source-password-file) source[password]=$(read_password "$2") || exit $? ;;
          --target-password-file) target[password]=$(read_password "$2") || exit $? ;;
        esac
        shift
        ;;
      *) fail usage "read the options: saw '$1', allowed are those of --help" ;;
    esac
    shift
  done
  [[ $step_seconds_max =~ ^[1-9][0-9]{0,5}$ && $lock_seconds_max =~ ^[1-9][0-9]{0,5}$ ]] ||
    fail usage "read the limits: saw '$step_seconds_max' and '$lock_seconds_max', allowed 1 to 999999 seconds"
  export PGOPTIONS="-c statement_timeout=0 -c lock_timeout=${lock_seconds_max}s -c idle_in_transaction_session_timeout=0"
  [[ -n $source_text && -n $target_text ]] ||
    fail usage 'read the options: saw not both of --source and --target, allowed both; see --help'
  read_endpoint source "$source_text"
  read_endpoint target "$target_text"
}

read_password() {
  [[ -r $1 ]] || fail usage "read the password file '$1': cannot be read, allowed: one line"
  head -n 1 "$1"
}

# Undoes what was begun and writes the report, whatever ended the run.
finish() {
  local code=$?
  trap - EXIT ERR
  trap '' HUP INT TERM
  local interrupted_step=$step_name
  end_step
  [[ -z ${ticker:-} ]] || kill "$ticker" 2>/dev/null || true
  [[ -z $child ]] || kill "$child" 2>/dev/null || true
  if ((code != 0)) && [[ -z $failure ]]; then
    failure_class=interrupted failure="ended by signal $((code - 128))"
    if ((code < 128 && code != 64)); then
      failure_class=internal failure="ended with code $code in an unexpected place"
      code=${exit_code_of[internal]}
    fi
    failed_step=$interrupted_step
  fi
  if [[ ${target[locked]:-} == yes ]]; then remove_unfinished; fi
  if ((code != 0)); then end_own_sessions source; fi
  local name
  for name in "${!session_pid[@]}"; do close_session "$name"; done
  if [[ $code != 64 ]]; then
    write_report "$code" || say "warning: the report $report_file could not be written"
    say "report: $report_file"
  fi
  rm -rf "$work"
  exit "$code"
}

verify_only() {
  step 'compare source and target'
  take_snapshot dump source source
  take_inventory source "${source[database]}" "$work/source.inventory" "$snapshot" ||
    fail dump "read the source: $(reason_in "$work/errors"), allowed: every table readable"
  read_sequences dump source "${source[database]}" "$work/before.sequences"
  close_session source
  cp "$work/before.sequences" "$work/after.sequences"
  compare_with_source "${target[database]}"
}

migrate() {
  if $replace && [[ -s $work/occupied ]]; then back_up_target; fi
  dump_source
  close_session source
  restore_next
  step 'compare the copy with the source'
  compare_with_source "$next_database"
  compare_privileges
  prepare_next
  swap_databases
}

main() {
  work=$(mktemp -d "${TMPDIR:-/var/tmp}/migrate_db.XXXXXX")
  trap finish EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  read_options "$@"
  step 'check source and target'
  check_endpoints
  if [[ $mode == verify-only ]]; then verify_only; return; fi
  take_lock
  check_occupied
  if [[ $mode == dry-run ]]; then print_plan; return; fi
  remove_left_behind
  migrate
}

main "$@"
end_step
say "$([[ $mode == dry-run ]] && echo 'nothing was changed' || echo 'source and target hold the same')"
