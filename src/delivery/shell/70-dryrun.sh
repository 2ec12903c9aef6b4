# dryrun: what the manifest would change. Isolated: reads the live state and the cloud, writes neither.
dryrun() {
  job_start
  roll_back_allowed
  heading "Plan for $name"
  if dryrun_leads_to_update; then record_guard may-take-over; else record_read; fi
  target_choose
  live_fetch
  state_make
  rm -rf "$plans"
  kubernetes_check
  plan_make "$plans"
  jq '{create: (.create | length), update: (.modify | length), delete: (.delete | length)}' "$plans/plan.json" >"$plans/counts.json"
  cat "$plans/plan.txt"
  plan_notes
  kops_alone
  if is_plan_alone; then
    done_with "$name: $(plan_summary "$plans"). Nothing has been changed." '' dryrun
  elif plan_is_empty "$plans" && is_rolled_out && ! is_in_progress; then
    done_with "$name: nothing to do, $(what_is_rolled_out)" '' dryrun
  else
    done_with "$name: $(plan_summary "$plans"). Nothing has been changed." "read the plan, then start update:$name" update
  fi
}

# is_plan_alone: whether this pipeline has no job that would carry the plan out.
is_plan_alone() {
  [ -n "${CI_MERGE_REQUEST_IID:-}" ] || [ "${CDKOPS_ACTION:-}" = plan ] || [ "${CDKOPS_PHASE:-}" = plan ] || ! on_default_branch
}

# dryrun_leads_to_update: whether this plan is to be carried out; at a laptop nobody knows.
dryrun_leads_to_update() {
  is_rolling_back || { [ -n "${CI:-}" ] && ! is_plan_alone; }
}

# what_is_rolled_out: of a job that has nothing to do.
what_is_rolled_out() {
  if is_rolling_back; then echo 'it is rolled back'; else echo 'this commit is rolled out'; fi
}

# plan_notes: what is no part of the plan, since it changes with time.
plan_notes() {
  if [ -s "$work/warnings" ]; then
    heading 'kops warns'
    cat "$work/warnings"
  fi
}

# kops_alone: where the newest roll-out was made by another kOps, what the new one changes by itself. Beside the plan, and no part
# of what is approved.
kops_alone() {
  kops_before=$(record '.rollOuts[0].kops // empty' | plainly)
  case $kops_before in '' | "$KOPS_VERSION") return 0 ;; esac
  # Between two roll-outs the cluster has both manifests.
  [ -z "$is_new" ] && ! is_in_progress || return 0
  heading "kOps $KOPS_VERSION in place of $kops_before"
  if [ "$(record '.rollOuts[0].manifestDigest')" = "$wanted_digest" ]; then
    say "The manifest is what was rolled out last: the whole plan above is what kOps $KOPS_VERSION changes by itself."
    return 0
  fi
  # In a shell and a folder of its own, in the background: after if or || it would not end where something fails.
  kops_alone_plan >"$work/alone.out" 2>&1 &
  if wait "$!"; then
    say "What it changes by itself, without what has changed in the manifest, is in $plans/kops.txt ($(cat "$work/alone.out"))."
  else
    rm -f "$plans/kops.txt"
    indented '  ' <"$work/alone.out"
    warn "what kOps $KOPS_VERSION changes by itself cannot be told; the plan above has it among the rest"
  fi
}

# kops_alone_plan: plans what was rolled out last with the kOps of now.
kops_alone_plan() {
  kops_alone_in=$work/kops
  mkdir -p "$kops_alone_in"
  cp "$work/record.json" "$kops_alone_in"
  cp -R "$work/live" "$kops_alone_in"
  work=$kops_alone_in
  # It is what is rolled out, also where the plan is a roll-back.
  CDKOPS_ACTION=
  target_load "$(record '.rollOuts[0].manifestDigest')"
  state_make
  plan_make "$work/plan"
  {
    printf 'What kOps %s changes by itself: the manifest that kOps %s rolled out last, of %s\n\n' "$KOPS_VERSION" "$kops_before" "$(manifest_commit "$wanted_digest")"
    cat "$work/plan/plan.txt"
  } >"$plans/kops.txt"
  plan_summary "$work/plan"
}
