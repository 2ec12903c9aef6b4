# update: makes live state and cloud what the plan says, when it is still the plan that was read.
update() {
  job_start
  change_allowed
  roll_back_allowed
  open_read
  if [ -n "$shut" ]; then
    record_read
    # What is done may say so.
    if is_in_progress || ! { is_rolled_out || is_rolled_back_here; }; then open_needed; fi
  fi
  record_guard may-take-over
  plan_read
  target_of_plan
  live_fetch
  state_make
  kubernetes_check
  plan_make "$work/plan"
  docker_config_needed
  approved=$(jq -r .digest "$plans/plan.json")
  # Before the plan is compared: a job of a pipeline that has come through, run again, ends green.
  if plan_is_empty "$work/plan" && [ ! -s "$work/secrets.missing" ] && is_rolled_out && ! is_in_progress; then
    [ -n "$shut" ] || objects_note
    done_with "$name: nothing to do, $(what_is_rolled_out)" '' ''
    return 0
  fi
  open_needed
  not_back_again
  if is_own_run_again; then
    say 'This job was cut off before: its plan is no longer the one that was read, and what it had done stands.'
    cat "$work/plan/plan.txt"
    live_check
    # What runs half-way changes the plan, and not what it leads to.
    jq -e --slurpfile now "$work/state.json" '.target == $now[0]' "$plans/plan.json" >/dev/null ||
      die 'what this job would write is no longer what was read, so nothing has been done' "Run dryrun:$name again, read its plan, then start this job."
  else
    plan_compare
    live_check
  fi
  secrets_check
  record_begin "$approved"
  if plan_is_empty "$work/plan" && [ ! -s "$work/secrets.missing" ]; then
    say 'live state and cloud are as this commit wants them: nothing to change'
  else
    objects_replace
    keys_replace
    secrets_create
    cloud_update
  fi
  record_change '.inProgress.applied = $time' --arg time "$(now)"
  heading 'What will roll'
  kops rolling-update cluster --name "$name" --state "$store" --cloudonly || warn 'kops could not tell what will roll; roll finds out'
  if is_being_created; then
    done_with "$name is being created: its machines start now" "start roll:$name, which waits until the cluster is valid" roll
  elif rolls_control_plane_first; then
    done_with "$name: the control plane is ready for Kubernetes $state_kubernetes; workers follow in roll, after it has rolled" "start roll:$name" roll
  else
    done_with "$name: live state and cloud are as the plan said" "start roll:$name" roll
  fi
}

# not_back_again: ends the job where it would bring back by itself what a person has rolled back from: a cluster may have jobs
# although nothing of it has changed.
not_back_again() {
  ! is_by_hand && ! is_in_progress && is_rolled_back || return 0
  [ "$(record '.rollOuts[0].rolledBackFrom')" = "$wanted_digest" ] || return 0
  die "$name was rolled back from this very manifest, so nothing has been done" \
    "Correct the code, merge and roll that out. Where it was right, start a rollout of $name by hand."
}

# objects_note: where the record has other digests of live objects than there are, or none, although nothing is to be done: those of
# now. Such records are older than these digests, or somebody removed by hand what prune would have.
objects_note() {
  # What was read it must be.
  [ "$(jq -r .digest "$work/plan/plan.json")" = "$approved" ] || return 0
  [ "$(record '.rollOuts[0].objects == $now[0]' --slurpfile now "$work/live.json")" != true ] || return 0
  say 'noting the live objects as they are in the record'
  record_change '.rollOuts[0] += {objects: $now[0], leaving: ($leaving | split("\n") | map(select(. != "")))}' \
    --slurpfile now "$work/live.json" --rawfile leaving "$work/groups.leaving"
}

# plan_read: the plan that a person has read.
plan_read() {
  [ -f "$plans/plan.json" ] && [ -f "$plans/plan.txt" ] || die "there is no plan ($plans/plan.json)" \
    "It comes from dryrun:$name and expires with its artifacts: run dryrun:$name again, read what it says, then this job."
  jq -e --arg cluster "$name" '.format == 1 and .cluster == $cluster and (.base | type == "object")' "$plans/plan.json" >/dev/null 2>&1 ||
    die "$plans/plan.json is no plan for $name" "Run dryrun:$name again, then this job."
  plan_commit=$(jq -r .commit "$plans/plan.json")
  [ "$plan_commit" = "$commit" ] || die "the plan is of another commit ($plan_commit) than this job ($commit)" "Run dryrun:$name of this pipeline again, then this job."
  plan_kops=$(jq -r .kops "$plans/plan.json")
  [ "$plan_kops" = "$KOPS_VERSION" ] || die "the plan was made by kops $plan_kops, this job has $KOPS_VERSION" "Run dryrun:$name again, then this job."
  [ "$(jq -r '.rolledBack == true' "$plans/plan.json")" = "$(rolling_back)" ] || die \
    "the plan is $(if is_rolling_back; then echo no; else echo a; fi) roll-back, and this job is of another kind" "Run dryrun:$name again, then this job."
}

# is_own_run_again: whether the record says that this pipeline began to carry out this very plan.
is_own_run_again() {
  [ "$(record '.inProgress | "\(.commit) \(.planDigest) \(.pipeline.id)"')" = "$commit $approved $pipeline" ]
}

# plan_compare: ends the job where the plan of now is not the plan that was read.
plan_compare() {
  [ "$(jq -r .digest "$work/plan/plan.json")" != "$approved" ] || return 0
  heading 'The plan that was read (-), and the plan now (+)'
  diff -u "$plans/plan.txt" "$work/plan/plan.txt" | sed 1,2d || :
  die 'the plan has changed since it was read, so nothing has been done' \
    'Somebody or something changed the live state, the cloud, or what an image or channel resolves to; the difference is above.' \
    "Run dryrun:$name again, read its plan, then start this job."
}

# live_check: ends the job where a live object is neither what the plan came from nor already what it makes.
live_check() {
  jq -r '(.base + .target) | keys[]' "$plans/plan.json" | cat - "$work/live.objects" | LC_ALL=C sort -u >"$work/objects.known"
  while IFS= read -r checked; do
    jq -e --arg path "$checked" --arg found "$(object_digest live "$checked")" \
      '[.base, .target] | any((.[$path] // "") == $found)' "$plans/plan.json" >/dev/null || printf '%s\n' "$checked"
  done <"$work/objects.known" >"$work/objects.strange"
  [ -s "$work/objects.strange" ] || return 0
  heading 'Changed in the live state since the plan was made'
  indented '  ' <"$work/objects.strange"
  say '' 'From what is live to what this commit wants:'
  objects_diff "$work/objects.strange"
  die 'somebody changed the live state meanwhile, so nothing has been done' \
    'Take that change over into the code, or leave it to be replaced:' \
    "run dryrun:$name again, read its plan, then start this job."
}

# objects_replace: puts the objects that differ into the live state, the cluster first.
objects_replace() {
  heading 'Live state'
  if [ ! -s "$work/objects.differing" ]; then
    say 'as the manifest says'
    return 0
  fi
  while IFS= read -r replaced; do
    say "replacing $replaced"
    # shellcheck disable=SC2094 # the list is only read
    kops replace --force -f "$work/state/$name/$replaced" --state "$store" </dev/null || die "kops could not replace $replaced" \
      'Its own message is above. Run this job again: it goes on where it stopped.'
  done <"$work/objects.differing"
}

# keys_replace: kops takes one SSH key a cluster, so the old one goes first.
keys_replace() {
  [ -n "$keys_change" ] || return 0
  heading 'SSH key'
  kops delete sshpublickey --name "$name" --state "$store" || die 'kops could not remove the SSH key' 'Run this job again: it goes on where it stopped.'
  for fingerprint in $manifest_keys; do
    kops create sshpublickey --name "$name" --state "$store" -i "$work/keys/$fingerprint" || die 'kops could not add the SSH key' \
      'The cluster has none at the moment. Run this job again: it goes on where it stopped.'
    say "$fingerprint"
  done
}

# docker_config_needed: no spec asks for this secret. The variable alone does, which a plan does not see where it is kept for the
# cluster's environment.
docker_config_needed() {
  [ -n "${CDKOPS_DOCKER_CONFIG:-}" ] || return 0
  secrets_lacking dockerconfig >>"$work/secrets.missing"
}

# secret_variable SECRET: the name of the CI/CD variable that has it.
secret_variable() {
  case $1 in
    encryptionconfig) echo CDKOPS_ENCRYPTION_CONFIG ;;
    ciliumpassword) echo CDKOPS_CILIUM_IPSEC_KEYS ;;
    dockerconfig) echo CDKOPS_DOCKER_CONFIG ;;
  esac
}

# secrets_check: whether the variables are there for the secrets that the store lacks; before anything is changed.
secrets_check() {
  while IFS= read -r secret; do
    variable=$(secret_variable "$secret")
    eval "secret_file=\${$variable:-}"
    [ -n "$secret_file" ] && [ -f "$secret_file" ] || die "the cluster needs the secret $secret, and $variable is no file, so nothing has been done" \
      "Add the CI/CD variable $variable: type File, protected, environment scope $name. Then run this job again."
  done <"$work/secrets.missing"
}

# secrets_create: the secrets that the store lacks.
secrets_create() {
  while IFS= read -r secret; do
    heading "Secret $secret"
    eval "secret_file=\$$(secret_variable "$secret")"
    kops create secret "$secret" --name "$name" --state "$store" -f "$secret_file" </dev/null || die "kops could not create the secret $secret" \
      "Is $(secret_variable "$secret") a file as kops wants it (kops create secret $secret --help)? Then run this job again."
  done <"$work/secrets.missing"
}

# cloud_update: in an upgrade of Kubernetes the control plane's share alone.
cloud_update() {
  heading 'Cloud'
  if rolls_control_plane_first; then kops_update --instance-group-roles=control-plane,apiserver; else kops_update; fi
}

# kops_update FLAG…: kops's own update. With a kubeconfig at hand it would judge by the nodes that it sees; the record does that.
kops_update() {
  # shellcheck disable=SC2086 # flags without blanks in them
  KUBECONFIG="$work/no-kubeconfig" kops update cluster --name "$name" --state "$store" --yes --create-kube-config=false \
    $kops_flags "$@" || die 'kops could not update the cluster' \
    'Its own message is above. The record says that this roll-out is in progress; run this job again: it goes on where kops stopped.'
}
