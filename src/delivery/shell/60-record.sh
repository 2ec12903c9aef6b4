# What has been rolled out: <store>/cdkops/<cluster>.json, beside the state, never in it. docs/record.md has the format.

# record_read: the record in $work/record.json, {} where there is none.
record_read() {
  record_url=$store/cdkops/$name.json
  if store_read "$record_url" "$work/record.json"; then
    # All documents of the file as a list: of none jq would say that it is well.
    jq -es 'def absent_or(kind): . == null or type == kind;
      length == 1 and (.[0] | type == "object" and (.format | type == "number" and . >= 1)
        and ([.rollOuts, .takeOvers] | all(absent_or("array")) and all(.[]; all(.[]?; type == "object")))
        and ([.inProgress, .inProgress.pipeline?, .deleted] | all(absent_or("object"))))' "$work/record.json" >/dev/null 2>&1 ||
      die "$record_url is no record of cdkops" 'Somebody wrote over it. Look at earlier versions of the object; docs/record.md has the format.'
    jq -e '.format == 1' "$work/record.json" >/dev/null ||
      die "$record_url was written by a newer cdkops" "$how_newer"
  else
    printf '{}\n' >"$work/record.json"
  fi
  cp "$work/record.json" "$work/record.found"
}

# record FILTER [jq OPTION…]: what jq's FILTER finds in the record.
record() {
  jq -r "$@" "$work/record.json"
}

# record_change FILTER [jq OPTION…]: changes the record in the store, where nobody else changed it meanwhile.
record_change() {
  record_filter=$1
  shift
  jq --arg cluster "$name" "$@" "{format: 1, cluster: \$cluster} + . | $record_filter" "$work/record.json" >"$work/record.new"
  if store_read "$record_url" "$work/record.now"; then :; else printf '{}\n' >"$work/record.now"; fi
  cmp -s "$work/record.now" "$work/record.found" || die "$record_url has been changed by another job at this moment" 'Look at what runs for this cluster, then run this job again.'
  store_write "$work/record.new" "$record_url"
  cp "$work/record.new" "$work/record.json"
  cp "$work/record.new" "$work/record.found"
}

# record_guard [may-take-over]: an old pipeline must not take a cluster back, nor one cut into the work of another.
record_guard() {
  record_read
  # A word each, whatever somebody has written there.
  recorded_commits=$(record '[.inProgress, .rollOuts[0], .deleted | select(. != null).commit] | unique[]
    | if type == "string" and test("^[0-9a-f]+$") then . else "none" end')
  for recorded in $recorded_commits; do
    case $recorded in none) die "$record_url names a commit that is none" 'docs/record.md has the format.' ;; esac
    [ "$recorded" = "$commit" ] && continue
    git cat-file -e "$recorded^{commit}" ||
      die "the commit $recorded, which this cluster was changed to last, is not known here" \
        'This job cannot tell whether it is older. Was history rewritten, or is the clone shallow (GIT_DEPTH must be 0)?'
    git merge-base --is-ancestor "$recorded" "$commit" ||
      die "this job is of $commit, and the cluster is at $recorded, which is newer or of another branch" \
        'A job of an older pipeline, run again, must not take a cluster back. Use the newest pipeline of the default branch.'
  done
  in_progress_pipeline=$(record '.inProgress.pipeline.id // empty')
  case $in_progress_pipeline in
    '' | "$pipeline") ;;
    *)
      if [ -n "${CDKOPS_TAKE_OVER:-}" ] && [ "${1:-}" = may-take-over ]; then
        warn "taking over from pipeline $in_progress_pipeline: $CDKOPS_TAKE_OVER"
      else
        die "a roll-out of another pipeline is in progress since $(record .inProgress.time): $(record '.inProgress.pipeline | .url // .id')" \
          "Finish it there (roll:$name), then run this job again. Or, where it will never be finished, take over: start a new" \
          "pipeline of the default branch by hand with the variables CDKOPS_CLUSTER=$name and CDKOPS_TAKE_OVER, whose value" \
          'says why; it goes into the record. On a laptop, give the variable to dryrun and update.'
      fi
      ;;
  esac
}

# What jq notes where one pipeline goes on for another: who, why, and from what.
record_taken_over='(if .inProgress != null and .inProgress.pipeline.id != $pipeline
    then .takeOvers = ([{reason: $reason, by: $by, time: $time, pipeline: $pipeline, from: .inProgress}] + (.takeOvers // []))[:5]
    else . end)'

# record_note FILTER [jq OPTION…]: changes the record, and notes a take-over.
record_note() {
  noted=$1
  shift
  record_change "$record_taken_over | $noted" --arg commit "$commit" --arg pipeline "$pipeline" --arg reason "${CDKOPS_TAKE_OVER:-}" \
    --arg by "${GITLAB_USER_LOGIN:-$(id -un)}" --arg time "$(now)" "$@"
}

# record_begin PLAN_DIGEST: from now on this roll-out is in progress. What the cluster came from is kept from a run that was
# cut off: it may still have nodes of that. One that was valid before its end was missing has not.
record_begin() {
  record_note '
    (.inProgress // null) as $earlier
    | .inProgress = {
        commit: $commit, manifestDigest: $manifestDigest, planDigest: $planDigest, kops: $kops,
        new: (if $earlier != null then $earlier.new == true and $earlier.validated == null else $isNew != "" end),
        kubernetes: {
          before: (if $earlier != null then (if $earlier.validated then $earlier.kubernetes.after else $earlier.kubernetes.before end)
                   elif $isNew != "" or $before == "" then null
                   else (.rollOuts[0].kubernetes // $before) end),
          after: $after
        },
        pipeline: {id: $pipeline, url: (if $url == "" then null else $url end)},
        by: $by, time: $time
      }
    | if $rolledBack then .inProgress += {rolledBack: true, rolledBackFrom: (
        if $earlier == null then .rollOuts[0].manifestDigest
        elif $earlier.rolledBack == true then $earlier.rolledBackFrom
        else $earlier.manifestDigest end)}
      else . end
    | if $passedGate != "" then .inProgress.passedGate = $passedGate else . end
    | del(.deleted)' \
    --argjson rolledBack "$(rolling_back)" --arg passedGate "${passed_gate:-}" \
    --arg manifestDigest "$wanted_digest" --arg planDigest "$1" --arg kops "$KOPS_VERSION" \
    --arg isNew "$is_new" --arg before "$live_kubernetes" --arg after "$state_kubernetes" --arg url "${CI_PIPELINE_URL:-}"
}

# is_being_created: whether this roll-out makes the cluster.
is_being_created() {
  [ "$(record .inProgress.new)" = true ]
}

# is_rolled_out: whether the newest roll-out is of what is wanted, by this kops.
is_rolled_out() {
  [ "$(record '.rollOuts[0] | "\(.manifestDigest) \(.kops)"')" = "$wanted_digest $KOPS_VERSION" ]
}

# is_in_progress: whether a roll-out has begun and not come through.
is_in_progress() {
  [ "$(record '.inProgress // "none"')" != none ]
}

# is_rolled_back: whether the newest roll-out is a roll-back.
is_rolled_back() {
  [ "$(record '.rollOuts[0].rolledBack == true')" = true ]
}

# is_deleted: whether the cluster has been deleted, and not been made anew since.
is_deleted() {
  [ "$(record '.deleted // "none"')" != none ]
}

# kubernetes_rises: whether this roll-out is an upgrade, told by the record alone: live state a run that was cut off has changed.
kubernetes_rises() {
  rises_before=$(record '.inProgress.kubernetes.before // empty')
  rises_after=$(record '.inProgress.kubernetes.after // empty')
  [ -n "$rises_before" ] && [ -n "$rises_after" ] && [ "$(version_order "$rises_after" "$rises_before")" -gt 0 ]
}

# rolls_control_plane_first: whether the workers must wait for the control plane.
rolls_control_plane_first() {
  kubernetes_rises && kops_is_at_least 1.31
}
