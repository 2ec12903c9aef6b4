# dryrun: what the manifest would change. Isolated: reads the live state and the cloud, writes neither.
dryrun() {
  job_start
  heading "Plan for $name"
  if [ -z "${CI_MERGE_REQUEST_IID:-}" ] && on_default_branch && [ -n "${CI:-}" ]; then record_guard may-take-over; else record_read; fi
  live_fetch
  state_make
  rm -rf "$plans"
  kubernetes_check
  plan_make "$plans"
  jq '{create: (.create | length), update: (.modify | length), delete: (.delete | length)}' "$plans/plan.json" >"$plans/counts.json"
  cat "$plans/plan.txt"
  plan_notes
  if [ -n "${CI_MERGE_REQUEST_IID:-}" ]; then
    done_with "$name: $(plan_summary "$plans"). Nothing has been changed." '' dryrun
  elif plan_is_empty "$plans" && is_rolled_out && ! is_in_progress; then
    done_with "$name: nothing to do, this commit is rolled out" '' dryrun
  else
    done_with "$name: $(plan_summary "$plans"). Nothing has been changed." "read the plan, then start update:$name" update
  fi
}

# plan_notes: what is no part of the plan, since it changes with time.
plan_notes() {
  if [ -s "$work/warnings" ]; then
    heading 'kops warns'
    cat "$work/warnings"
  fi
}
