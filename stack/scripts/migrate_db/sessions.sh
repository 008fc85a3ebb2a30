# shellcheck shell=bash
# Sessions of psql that stay open between steps: a snapshot and a lock live as long as their session.

declare -A session_pid=() session_in=() session_out=()

# open_session NAME SIDE DATABASE
open_session() {
  local name=$1 pipes="$work/session-$1"
  mkfifo "$pipes.in" "$pipes.out"
  psql_at "$2" "$3" <"$pipes.in" >"$pipes.out" 2>"$pipes.errors" &
  session_pid[$name]=$!
  exec {session_in[$name]}>"$pipes.in" {session_out[$name]}<"$pipes.out"
  rm "$pipes.in" "$pipes.out"
}

# tell NAME SQL: hands a statement over and does not wait for it.
tell() {
  printf '%s\n' "$2" 2>/dev/null >&"${session_in[$1]}"
}

# ask NAME SQL: the answer; fails when the session ended or took longer than a step may.
ask() {
  tell "$1" "$2" && answer_of "$1"
}

# answer_of NAME: what the session printed up to now, after all that it was told.
answer_of() {
  local line
  tell "$1" '\echo ---' || return 1
  while read -r -t "$step_seconds_max" -u "${session_out[$1]}" line; do
    [[ $line == --- ]] && return 0
    printf '%s\n' "$line"
  done
  return 1
}

# close_session NAME: a transaction that is still open is rolled back by this.
close_session() {
  [[ -n ${session_pid[$1]:-} ]] || return 0
  # In so many words, because other processes of this run have inherited the pipe.
  tell "$1" '\q' || true
  exec {session_in[$1]}>&- {session_out[$1]}<&-
  wait "${session_pid[$1]}" 2>/dev/null || true
  unset "session_pid[$1]"
}

session_error() {
  reason_in "$work/session-$1.errors"
}
