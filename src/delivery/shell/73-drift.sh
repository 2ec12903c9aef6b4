# drift: whether cloud and live state still are what was rolled out last; apart from it, what waits to be rolled out.
drift() {
  job_start
  rm -rf "$plans"
  mkdir -p "$plans"
  record_read
  drift_report >"$plans/drift.txt"
  cat "$plans/drift.txt"
  stray_records
  if [ -f "$work/drift" ]; then
    fail 100 "$name has drifted: cloud or live state are not what was rolled out last (see above, and $plans/drift.txt)" \
      "Take what changed over into the code, or roll the recorded state out again: run the newest pipeline's dryrun:$name and update:$name."
  fi
  [ ! -f "$work/stray" ] || fail 101 'there are records of clusters that nobody owns (see above)' \
    "Give them back to the code, or say so there: $how_forget"
  done_with "$name: no drift" '' ''
}

drift_report() {
  if is_deleted; then
    say "deleted: $(record .deleted.time)"
    return 0
  fi
  if is_in_progress; then
    say "in progress: commit $(record .inProgress.commit), $(age_of "$(record .inProgress.time)"), pipeline $(record '.inProgress.pipeline | .url // .id')"
    say 'A roll-out that is under way is no drift; what differs is told when it has come through.'
    return 0
  fi
  if [ "$(record '.rollOuts[0] // "none"')" = none ]; then
    say "pending: never rolled out, in the code $(pending_age)"
    return 0
  fi
  if ! is_rolled_out; then
    say "pending: this commit's manifest or kOps version is not rolled out, in the code $(pending_age)"
    ! is_rolled_back || say "rolled back to the manifest of $(manifest_commit "$(record '.rollOuts[0].manifestDigest')"), $(age_of "$(record '.rollOuts[0].time')"), by $(record '.rollOuts[0].by' | plainly)"
  fi
  say "rolled out last: commit $(record '.rollOuts[0].commit'), kOps $(record '.rollOuts[0].kops'), $(age_of "$(record '.rollOuts[0].time')")"
  drift_compare
}

# drift_compare: the recorded manifest against live state and cloud.
drift_compare() {
  manifest_recorded=$work/recorded.yaml
  recorded_url=$store/$(record '.rollOuts[0].manifest')
  store_read "$recorded_url" "$manifest_recorded" || die "the recorded manifest $recorded_url is gone" 'Without it there is nothing to compare with until the next roll-out.'
  live_fetch
  [ -z "$is_new" ] || {
    say '' "The state store has no cluster $name any more."
    : >"$work/drift"
    return 0
  }
  state_make
  record '.rollOuts[0].leaving // [] | .[]' >"$work/groups.known"
  lines_not_in "$work/groups.known" <"$work/groups.leaving" >"$work/groups.foreign"
  if [ "$(record '.rollOuts[0].kops')" != "$KOPS_VERSION" ]; then
    say "this job has kOps $KOPS_VERSION, so live objects alone are compared"
    objects_diff "$work/objects.differing"
  else
    plan_make "$work/plan"
    indented '  ' <"$work/plan/plan.txt"
    plan_is_empty "$work/plan" || : >"$work/drift"
  fi
  [ ! -s "$work/objects.differing" ] || : >"$work/drift"
  if [ -s "$work/groups.foreign" ]; then
    say '' 'Instance groups that nobody rolled out:'
    indented '  ' <"$work/groups.foreign"
    : >"$work/drift"
  fi
}

# age_of TIME: "since 2026-11-23T10:00:00Z (3 days)".
age_of() {
  jq -rn --arg time "$1" '
    ((now - ($time | fromdateiso8601)) / 60 | floor) as $minutes
    | (if $minutes < 120 then "\($minutes) minutes" elif $minutes < 2880 then "\($minutes / 60 | floor) hours" else "\($minutes / 1440 | floor) days" end) as $age
    | "since \($time) (\($age))"'
}

# pending_age: since when the code has what is not rolled out.
pending_age() {
  pending_time=$(TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd -- "clusters/$name" ${CDKOPS_MANIFEST:+"$CDKOPS_MANIFEST"})
  if [ -n "$pending_time" ]; then age_of "$pending_time"; else printf 'for an unknown time'; fi
}

# stray_records: records in this store of clusters that are neither in the code nor deleted nor forgotten.
# The first cluster of each store looks for all of them.
stray_records() {
  for stray_file in clusters/*/pipeline.yml; do
    grep -qxF "    KOPS_STATE_STORE: $KOPS_STATE_STORE" "$stray_file" || continue
    ! grep -qx '    CDKOPS_RETIRED: "true"' "$stray_file" || continue
    [ "$stray_file" = "clusters/$name/pipeline.yml" ] || return 0
    break
  done
  store_list "$store/cdkops" "$work/records"
  while IFS= read -r stray; do
    case $stray in */* | *[!A-Za-z0-9.-]*) continue ;; *.json) stray=${stray%.json} ;; *) continue ;; esac
    [ ! -f "clusters/$stray/pipeline.yml" ] || continue
    ! contains "$stray" "${CDKOPS_FORGOTTEN:-}" || continue
    store_read "$store/cdkops/$stray.json" "$work/stray.json" </dev/null || continue
    jq -e '.deleted == null' "$work/stray.json" >/dev/null 2>&1 || continue
    warn "$store/cdkops/$stray.json is the record of a cluster that the code does not have"
    : >"$work/stray"
  done <"$work/records"
}
