usage() {
  cat <<'USAGE'
Usage: sh .gitlab/cdkops.sh COMMAND

For one cluster, named by the environment variables of its pipeline.yml (KOPS_CLUSTER_NAME, KOPS_STATE_STORE, …).

  dryrun            show what the manifest would change; changes nothing
  update            carry out the plan that dryrun left in plans/<cluster>, if it still is the plan
  roll              replace the nodes that need it and wait until the cluster is valid
  rolled            record that the roll-out came through
  prune             drain and delete the instance groups that left the code
  drift             compare cloud and live state with what was rolled out last; 100 means that they differ
  retire            show what deleting the cluster would delete; changes nothing
  delete            delete the cluster, if that list is still the same
  asked             find out whether what a pipeline was given that was started by hand makes sense
  files             find out whether the files of the clusters fit together (CDKOPS_PIPELINE_FILES)
  gate              find out whether all clusters of a wave are rolled out as this commit has them (CDKOPS_CLUSTERS)
  open              find out whether the gates before a wave have been passed (CDKOPS_GATES)
  with-kubeconfig   run a command with an administrator's kubeconfig that goes with it

CDKOPS_ACTION=rollback with CDKOPS_CLUSTER has dryrun, update and roll take a manifest that the record keeps: that of
CDKOPS_ROLL_BACK_TO (a commit or the digest of a manifest), or the one before.

Exit codes: 0 done, 1 error, 100 drift, 101 a record that belongs to no cluster.
USAGE
}

command=${1:-help}
[ $# -eq 0 ] || shift
# Paths are the project's, wherever the step before has gone.
started_in=$PWD
cd -- "$(dirname -- "$0")/.."
case $command in
  asked | files | dryrun | update | roll | rolled | prune | drift | retire | gate) "$command" ;;
  open) open_wave ;;
  delete) delete_cluster ;;
  with-kubeconfig) with_kubeconfig "$@" ;;
  help | --help | -h) usage ;;
  *)
    usage >&2
    die "there is no command $command"
    ;;
esac
