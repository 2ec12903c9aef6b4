# asked: whether what a person gave makes sense who started this pipeline by hand. Else it would do nothing, or less than they think.
asked() {
  case ${CI_PIPELINE_SOURCE:-} in web | api) ;; *) return 0 ;; esac
  asked_cluster=${CDKOPS_CLUSTER:-}
  asked_action=${CDKOPS_ACTION:-rollout}
  case $asked_action in
    rollout | plan | drift | rollback) ;;
    *) die "there is no action $asked_action (CDKOPS_ACTION)" 'Give rollout, plan, drift or rollback.' ;;
  esac
  case $asked_cluster in
    '')
      [ "$asked_action${CDKOPS_PASS_GATE:-}${CDKOPS_TAKE_OVER:-}${CDKOPS_ROLL_BACK_TO:-}" = rollout ] ||
        die "which cluster is $asked_action for?" "Give CDKOPS_CLUSTER a cluster's name, or all."
      ;;
    all)
      for asked_of_one in CDKOPS_PASS_GATE CDKOPS_TAKE_OVER CDKOPS_ROLL_BACK_TO; do
        eval "[ -z \"\${$asked_of_one:-}\" ]" || die "$asked_of_one is for one cluster, and CDKOPS_CLUSTER is all" "Give CDKOPS_CLUSTER a cluster's name."
      done
      [ "$asked_action" != rollback ] || die 'one cluster is rolled back at a time, and CDKOPS_CLUSTER is all' "Give CDKOPS_CLUSTER a cluster's name."
      ;;
    *[!A-Za-z0-9.-]* | .*) die "CDKOPS_CLUSTER is no name of a cluster: $asked_cluster" ;;
    *)
      [ -f "clusters/$asked_cluster/pipeline.yml" ] || die "there is no cluster $asked_cluster (CDKOPS_CLUSTER)" \
        'There are:' "$(for asked_file in clusters/*/pipeline.yml; do asked_file=${asked_file#clusters/} && printf '%s ' "${asked_file%/pipeline.yml}"; done)"
      if [ "$asked_action" != rollout ] && grep -qx '    CDKOPS_RETIRED: "true"' "clusters/$asked_cluster/pipeline.yml"; then
        die "$asked_cluster is retired: there is nothing but its end" 'Give CDKOPS_ACTION=rollout, which shows what would be deleted.'
      fi
      ;;
  esac
  case $asked_action in
    rollout | rollback)
      [ -z "$asked_cluster" ] || on_default_branch ||
        die "clusters change from ${CI_DEFAULT_BRANCH:-the default branch} alone" 'Start the pipeline there. On other branches there are plan and drift.'
      ;;
    plan | drift)
      if [ "$asked_cluster" != all ] && ! on_default_branch && ! grep -q 'merge_request_event\|\.canary-dryrun:' "clusters/$asked_cluster/pipeline.yml"; then
        die "$asked_cluster is planned and looked at from ${CI_DEFAULT_BRANCH:-the default branch} alone" "Start the pipeline there; or let merge requests plan it ($how_plans)."
      fi
      ;;
  esac
  [ -z "${CDKOPS_ROLL_BACK_TO:-}" ] || [ "$asked_action" = rollback ] || die 'CDKOPS_ROLL_BACK_TO says where to go back to, and the action is not rollback (CDKOPS_ACTION)'
  [ -z "${CDKOPS_PASS_GATE:-}" ] || [ "$asked_action" = rollout ] || die 'CDKOPS_PASS_GATE opens a wave for a rollout, and the action is another (CDKOPS_ACTION)'
}
