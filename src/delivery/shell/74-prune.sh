# prune: removes the instance groups that left the code, drained first; exactly those that the plan named.
prune() {
  job_start
  change_allowed
  ! is_rolling_back || die 'a roll-back removes no instance groups, so nothing has been removed' \
    'Those that the code does not have any more are removed by prune after a rollout.'
  record_guard
  plan_read
  if is_in_progress || ! is_rolled_out; then die "this commit is not rolled out yet" "Start roll:$name first."; fi
  live_fetch
  state_make
  cp "$work/groups.leaving" "$work/groups.pruned"
  jq -r '.instanceGroupsLeaving[]' "$plans/plan.json" >"$work/groups.planned"
  lines_not_in "$work/groups.planned" <"$work/groups.pruned" >"$work/groups.foreign"
  if [ -s "$work/groups.foreign" ]; then
    indented '  ' <"$work/groups.foreign"
    die 'these instance groups are live and not in the code, and the plan did not name them: nothing has been removed' \
      "Somebody made them meanwhile. Run dryrun:$name again and read its plan, then start this job."
  fi
  while IFS= read -r group; do prune_check "$group"; done <"$work/groups.pruned"
  if [ -s "$work/groups.pruned" ] && ! contains no-drain "${CDKOPS_PRUNE:-}"; then prune_access; fi
  while IFS= read -r group; do
    heading "Instance group $group"
    contains no-drain "${CDKOPS_PRUNE:-}" || prune_drain "$group"
    # Draining takes long, and a newer roll-out may have begun.
    record_guard </dev/null
    ! is_in_progress || die "a roll-out has begun meanwhile, so $group stays" 'Its own prune removes what has left the code then.'
    kops delete instancegroup "$group" --name "$name" --state "$store" --yes </dev/null || die "kops could not delete the instance group $group" \
      'Its own message is above. Run this job again: what is gone stays gone.'
  done <"$work/groups.pruned"
  prune_note
  if contains revisions "${CDKOPS_PRUNE:-}"; then
    heading 'Old revisions'
    # kops has no pruning by itself: it is an update, which must have nothing else to do.
    live_fetch
    state_make
    plan_make "$work/plan"
    plan_is_empty "$work/plan" || die 'live state or cloud are not what was rolled out, so old revisions stay' "dryrun:$name shows the difference."
    kops_update --prune
  fi
  if [ -s "$work/groups.pruned" ]; then
    done_with "$name: removed $(paste -s -d ' ' "$work/groups.pruned")" '' ''
  else
    done_with "$name: no instance group left the code" '' ''
  fi
}

# prune_note: what has been removed is not missing. Also what a run that was cut off has removed.
prune_note() {
  live_fetch
  objects_of live >"$work/live.objects"
  record '.rollOuts[0].leaving // [] | .[]' | cat - "$work/groups.planned" | sed 's|^|instancegroup/|' | lines_not_in "$work/live.objects" >"$work/objects.gone"
  pruned_filter='($gone | split("\n") | map(select(. != ""))) as $gone
    | if .objects | type == "object" then .objects |= with_entries(select(.key as $key | $gone | index($key) | not)) else . end
    | .leaving = [.leaving // [] | .[] | select(("instancegroup/" + .) as $key | $gone | index($key) | not)]'
  [ "$(record ".rollOuts[0] | . == ($pruned_filter)" --rawfile gone "$work/objects.gone")" != true ] || return 0
  record_change ".rollOuts[0] |= ($pruned_filter)" --rawfile gone "$work/objects.gone"
}

# prune_check GROUP: an etcd member, and its data, does not go with a group by mistake.
prune_check() {
  case $(group_role live "$1") in
    Master | ControlPlane | control-plane)
      contains control-plane "${CDKOPS_PRUNE:-}" || die "$1 is a group of the control plane: its etcd members and their data would go with it, so nothing has been removed" \
        'Move its etcd members first (https://kops.sigs.k8s.io/operations/etcd_administration/).' \
        "Where it holds none any more: $how_prune_control_plane"
      ;;
  esac
}

# prune_access: draining goes through the Kubernetes API.
prune_access() {
  need_tools kubectl
  kubernetes_access
  if [ "${CDKOPS_USE_KUBECONFIG:-}" != true ]; then kubeconfig_export; fi
  kubectl get nodes --request-timeout=30s -o name >/dev/null || die 'the Kubernetes API cannot be reached, so nothing has been drained or removed' \
    "Set $how_api_server or $how_kubeconfig for this cluster; or, where its pods may be killed, $how_no_drain."
}

prune_drain() {
  kubectl drain --selector="kops.k8s.io/instancegroup=$1" --ignore-daemonsets --delete-emptydir-data --timeout=30m </dev/null || die "the nodes of $1 could not be drained, so the group stays" \
    'What blocks stands above (often a PodDisruptionBudget). The nodes take no new pods now; run this job again when it is mended.'
}
