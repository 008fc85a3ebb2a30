# shellcheck shell=bash
# Progress for people on standard error, and the report as JSON for machines.

steps_json=
step_name=
step_started_ms=

now_ms() {
  local now=$EPOCHREALTIME
  printf '%s' $((${now/[.,]/} / 1000))
}

say() {
  printf '%(%H:%M:%S)T %s\n' -1 "$*" >&2
}

# step NAME: ends the step before it and begins a new one.
step() {
  end_step
  step_name=$1
  step_started_ms=$(now_ms)
  say "$1"
}

end_step() {
  [[ -n $step_name ]] || return 0
  steps_json+="${steps_json:+, }{\"step\": $(json_text "$step_name"), \"durationMs\": $(($(now_ms) - step_started_ms))}"
  step_name=
}

json_text() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  text=${text//$'\r'/\\r}
  printf '"%s"' "${text//[[:cntrl:]]/ }"
}

# json_lines FILE [COUNT]: a list of the first lines of a file.
json_lines() {
  local line list=
  [[ -s $1 ]] || { printf '[]'; return; }
  while IFS= read -r line; do list+="${list:+, }$(json_text "$line")"; done < <(head -n "${2:-20}" "$1")
  printf '[%s]' "$list"
}

# json_tables FILE: what an inventory says about rows.
json_tables() {
  local kind name value list=
  [[ -s $1 ]] || { printf '[]'; return; }
  while IFS=$'\t' read -r kind name value; do
    [[ $kind == rows ]] || continue
    list+="${list:+, }{\"table\": $(json_text "$name"), \"rows\": ${value%% *}, \"content\": $(json_text "${value#* }")}"
  done <"$1"
  printf '[%s]' "$list"
}

# write_report EXIT_CODE: the file appears complete or not at all.
write_report() {
  local kept=${replaced_database:-}
  cat >"$report_file.partial" <<JSON || return 1
{
  "schemaVersion": 1,
  "run": $(json_text "$run_id"),
  "startedAt": $(json_text "$started_at"),
  "endedAt": "$(TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T' -1)",
  "mode": $(json_text "$mode"),
  "source": $(json_text "${source[words]:-}"),
  "target": $(json_text "${target[words]:-}"),
  "exitCode": $1,
  "failure": $(if [[ -n $failure ]]; then json_text "$failure"; else printf null; fi),
  "failureClass": $(if [[ -n $failure_class ]]; then json_text "$failure_class"; else printf null; fi),
  "failedStep": $(if [[ -n $failure ]]; then json_text "$failed_step"; else printf null; fi),
  "targetChanged": $target_changed,
  "snapshotAt": $(json_text "${snapshot_at:-}"),
  "steps": [${steps_json}],
  "tables": $(json_tables "$work/source.inventory"),
  "factsCompared": $facts_compared,
  "differences": $(json_lines "$work/differences"),
  "dump": {"bytes": ${dump_bytes:-0}, "sha256": $(json_text "${dump_sha256:-}")},
  "backup": {"file": $(json_text "${backup_file:-}"), "sha256": $(json_text "${backup_sha256:-}"), "verified": ${backup_verified:-false}},
  "keptDatabase": $(json_text "$kept"),
  "warnings": $(json_lines "$work/warnings")
}
JSON
  mv "$report_file.partial" "$report_file"
}
