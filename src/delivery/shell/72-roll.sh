# roll: replaces the nodes that need it, drained one by one, and waits until the cluster is valid.
roll() {
  job_start
  change_allowed
  roll_back_allowed
  record_guard
  target_of_record
  if ! is_in_progress; then
    is_rolled_out || die 'there is nothing to roll: no update of this commit has begun' "Start update:$name first."
    done_with "$name: nothing to do, $(what_is_rolled_out)" '' ''
    return 0
  fi
  in_progress=$(record .inProgress.commit)
  [ "$in_progress" = "$commit" ] || die "the update in progress is of $in_progress, this job of $commit" "Start update:$name of this pipeline first."
  [ "$(record '.inProgress.applied // "no"')" != no ] || die 'the update of this commit has not come through' "Run update:$name again first."
  live_is_commits
  kubernetes_access
  if is_being_created; then
    roll_new
  elif rolls_control_plane_first; then
    roll_upgrade
  else
    heading 'Rolling update'
    rolling_update "${CDKOPS_ROLLING_UPDATE_FLAGS:-}"
  fi
  validate
  record_change '.inProgress += {validated: $time, leaving: ($leaving | split("\n") | map(select(. != "")))}' \
    --arg time "$(now)" --rawfile leaving "$work/groups.leaving"
  say '' "$name is valid."
}

# roll_new: a new cluster is waited for. Only machines made before a correction are replaced: drained where it works already,
# and where it never did there is nothing to drain.
roll_new() {
  heading 'A new cluster'
  # shellcheck disable=SC2086 # flags without blanks in them
  if kops validate cluster --name "$name" --state "$store" $access_flags >/dev/null 2>&1; then
    rolling_update "${CDKOPS_ROLLING_UPDATE_FLAGS:-}"
  else
    rolling_update --cloudonly
  fi
}

# live_is_commits: ends the job where the live state is not what this commit makes of it.
live_is_commits() {
  live_fetch
  state_make
  [ ! -s "$work/objects.differing" ] && [ -z "$is_new" ] && [ -z "$keys_change" ] && return 0
  heading 'Not live as this commit has it'
  indented '  ' <"$work/objects.differing"
  [ -z "$keys_change" ] || say '  the SSH key'
  die "the live state is not this commit's, so nothing has been rolled" "Start update:$name first; if somebody changed it meanwhile, dryrun:$name shows what."
}

# roll_upgrade: the order in which no kubelet is ever newer than the API server. Each step, done again, does nothing.
# https://kops.sigs.k8s.io/tutorial/upgrading-kubernetes/
roll_upgrade() {
  heading "1 of 3: the control plane to Kubernetes $state_kubernetes"
  # Groups and roles that the roll is limited to otherwise add up with these.
  rolling_update --instance-group-roles=control-plane,apiserver "$(flags_without_groups)"
  heading '2 of 3: the workers may have it now'
  kops_update
  heading '3 of 3: the workers'
  rolling_update "${CDKOPS_ROLLING_UPDATE_FLAGS:-}"
}

flags_without_groups() {
  for flag in ${CDKOPS_ROLLING_UPDATE_FLAGS:-}; do
    case $flag in --instance-group*) ;; *) printf '%s ' "$flag" ;; esac
  done
}

# rolling_update FLAGS…: words without blanks in them, blank-separated.
rolling_update() {
  # shellcheck disable=SC2086,SC2048 # flags without blanks in them
  kops rolling-update cluster --name "$name" --state "$store" --yes $access_flags $* || die 'the rolling update has stopped' \
    'Its own message is above. Nodes that it has replaced stay; run this job again when the cluster is well: it goes on with the rest.'
}

# validate: until kops finds every node and every system pod ready.
validate() {
  heading 'Validation'
  # shellcheck disable=SC2086 # flags without blanks in them
  kops validate cluster --name "$name" --state "$store" $access_flags ${CDKOPS_VALIDATE_FLAGS:---wait=15m} || die "$name is not valid" \
    'What is missing stands above. When it has been mended, run this job again; until then this roll-out is in progress.'
}

# rolled: the roll-out has come through, the user's own steps after it included.
rolled() {
  job_start
  roll_back_allowed
  record_guard
  target_of_record
  if ! is_in_progress; then
    is_rolled_out || die 'no roll-out is in progress' "Start update:$name first."
    return 0
  fi
  [ "$(record '.inProgress | "\(.commit) \(.validated != null)"')" = "$commit true" ] ||
    die 'this roll-out has not been validated' "Start roll:$name."
  # A template may be rendered into something else since.
  live_is_commits
  is_rolling_back || store_write "$manifest" "$store/cdkops/$name/$wanted_digest.yaml"
  digests_of live >"$work/live.json"
  record '[.rollOuts[].manifestDigest]? // [] | .[]' >"$work/kept.before"
  record_change '
    .rollOuts = ([.inProgress | {
        commit, manifestDigest, kops, kubernetes: .kubernetes.after, pipeline, by, time: $time, leaving,
        manifest: ("cdkops/" + $cluster + "/" + .manifestDigest + ".yaml"),
        objects: $live[0]
      }
      + (if .rolledBack == true then {rolledBack: true, rolledBackFrom} else {} end)
      + (if .passedGate == null then {} else {passedGate: .passedGate} end)] + (.rollOuts // []))[:5]
    | del(.inProgress)' --arg time "$(now)" --slurpfile live "$work/live.json"
  record '.rollOuts[].manifestDigest' >"$work/kept.now"
  # shellcheck disable=SC2013 # digests have no blanks
  for gone in $(sort -u "$work/kept.before"); do
    case $gone in *[!0-9a-f]*) continue ;; esac
    grep -qx "$gone" "$work/kept.now" || store_remove "$store/cdkops/$name/$gone.yaml"
  done
  leaving=$(record '.rollOuts[0].leaving // [] | join(" ")')
  if is_rolling_back; then
    [ -z "$leaving" ] || say "Instance groups that the manifest does not have stay: $leaving"
    done_with "$name: rolled back to the manifest of $(manifest_commit "$wanted_digest")" \
      'correct the code: until what it has is rolled out, drift says pending and the waves after stay shut' ''
  elif [ -n "$leaving" ]; then
    done_with "$name: rolled out" "start prune:$name to remove the instance groups that left the code: $leaving" prune
  else
    done_with "$name: rolled out" '' ''
  fi
}
