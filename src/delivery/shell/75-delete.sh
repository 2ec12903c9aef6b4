# retire: what deleting a cluster that is marked so would delete. Changes nothing.
retire() {
  job_start
  ! is_rolling_back || die "$name is retired, and is not rolled back" "$how_not_retired"
  record_read
  rm -rf "$plans"
  mkdir -p "$plans"
  if delete_list >"$plans/delete.txt"; then
    heading "Deleting $name would delete"
    grep -v "$delete_data" "$plans/delete.txt" || :
    heading 'Among it data and addresses: volumes (those of pods, too) and load balancers'
    grep "$delete_data" "$plans/delete.txt" || say none
    done_with "$name is retired: nothing has been changed" "read the list, then start delete:$name" delete
  else
    done_with "$name has no state any more: nothing to delete" "start delete:$name, which notes that in the record" delete
  fi
}

# What a list of kops calls volumes and load balancers, on all clouds.
delete_data='^[A-Za-z-]*\(volume\|[Dd]isk\|load-\{0,1\}balancer\|LoadBalancer\|target-group\|ForwardingRule\)'

# delete_list: what `kops delete cluster` would delete, a line each, sorted; returns 1 where there is no cluster.
delete_list() {
  store_read "$live/config" "$work/config" || return 1
  kops delete cluster --name "$name" --state "$store" >"$work/delete.out" 2>"$work/delete.err" || {
    indented '  ' <"$work/delete.err" >&2
    die 'kops cannot tell what it would delete' 'Its own message is above.'
  }
  sed -e '/^TYPE/d' -e '/^Must specify/d' -e '/^No cloud resources/d' -e '/^$/d' -e 's/[[:space:]]*$//' "$work/delete.out" | LC_ALL=C sort
}

# delete_cluster: deletes what retire has shown, and nothing else.
delete_cluster() {
  job_start
  change_allowed
  ! is_rolling_back || die "$name is retired, and is not rolled back" "$how_not_retired"
  record_guard may-take-over
  [ -f "$plans/delete.txt" ] || die "there is no list of what to delete ($plans/delete.txt)" "It comes from retire:$name and expires with its artifacts: run that again, read it, then this job."
  if delete_list >"$work/delete.now"; then
    # kops makes columns as wide as what is in them, and with a part gone they are narrower.
    tr -s '\t' <"$plans/delete.txt" >"$work/delete.read"
    tr -s '\t' <"$work/delete.now" | lines_not_in "$work/delete.read" >"$work/delete.more"
    if [ -s "$work/delete.more" ]; then
      heading 'Not in the list that was read'
      cat "$work/delete.more"
      die 'more would be deleted than was read, so nothing has been deleted' "Run retire:$name again, read its list, then start this job."
    fi
    if kops_is_at_least 1.29; then set -- --wait=1h; else set --; fi
    kops delete cluster --name "$name" --state "$store" --yes "$@" || die 'kops could not delete the cluster' 'Its own message is above. Run this job again: what is gone stays gone.'
  fi
  # Keys that are left would become those of a cluster of this name that is made later.
  store_list "$live" "$work/delete.left"
  [ ! -s "$work/delete.left" ] || {
    indented '  ' <"$work/delete.left"
    die "the state store still has files of $name" "kops has forgotten the cluster, and these lie under $live: look at them, and remove them by hand. Then run this job again."
  }
  record_note '.deleted = {commit: $commit, pipeline: $pipeline, by: $by, time: $time} | del(.inProgress)'
  done_with "$name is deleted" 'take it out of the code' ''
}
