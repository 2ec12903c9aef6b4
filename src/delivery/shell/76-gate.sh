# gate: whether each cluster of a wave has been rolled out as this commit has it, whichever pipeline did that. Looks with the
# wave's own read role at records and live objects; needs no kops.

# How many clusters it looks at at the same time.
gate_workers=8

gate() {
  need_variables CDKOPS_WAVE CDKOPS_GATE
  [ -n "${CDKOPS_CLUSTERS+set}" ] || need_variables CDKOPS_CLUSTERS
  is_gate_name "$CDKOPS_WAVE" || die "CDKOPS_WAVE is no name of a wave: $CDKOPS_WAVE"
  is_gate_name "$CDKOPS_GATE" || die "CDKOPS_GATE is no name of a gate: $CDKOPS_GATE"
  job_begin
  credentials_take
  gate_file=gates/rolled/$CDKOPS_GATE.json
  rm -f "$gate_file"
  set -f
  # shellcheck disable=SC2086 # names without blanks in them
  set -- $CDKOPS_CLUSTERS
  set +f
  gate_expected=$#
  : >"$work/clusters"
  for gate_cluster in "$@"; do printf '%s\n' "$gate_cluster" >>"$work/clusters"; done
  heading "Are the clusters of the wave $CDKOPS_WAVE rolled out as commit $commit has them?"
  gate_look_at_all
  gate_result
}

# is_gate_name NAME: of a wave, or of a gate: that and a number. Safe as a part of a path.
is_gate_name() {
  case $1 in '' | [!a-z]* | *[!a-z0-9.-]*) return 1 ;; esac
}

# gate_look_at_all: several clusters at a time, each in a shell and a folder of its own: what one finds does not touch another.
gate_look_at_all() {
  gate_worker=0
  while [ "$gate_worker" -lt "$gate_workers" ]; do
    gate_work_through "$gate_worker" &
    gate_worker=$((gate_worker + 1))
  done
  wait
}

# gate_work_through WORKER: every so many-th cluster, one after the other.
gate_work_through() {
  gate_number=0
  while IFS= read -r gate_cluster; do
    gate_number=$((gate_number + 1))
    [ $((gate_number % gate_workers)) -eq "$1" ] || continue
    gate_folder=$work/gate/$gate_number
    mkdir -p "$gate_folder"
    # In the background, so that it ends where something fails: after if or || it would go on.
    gate_look "$gate_cluster" "$gate_folder" >"$gate_folder/finding" 2>"$gate_folder/err" </dev/null &
    wait "$!" || :
  done <"$work/clusters"
}

# gate_look CLUSTER FOLDER: prints since when it is rolled out, and writes the time into FOLDER; ends its shell where it is not.
gate_look() {
  work=$2
  # One that is in no cluster's file must not come from the job.
  unset KOPS_STATE_STORE KOPS_VERSION CDKOPS_CONFIG_BASE \
    CDKOPS_MANIFEST CDKOPS_MANIFEST_DIGEST CDKOPS_EJECTED_DIGEST CDKOPS_TEMPLATE_FLAGS
  is_cluster_name "$1" || die 'that is no name of a cluster'
  cluster_file=clusters/$1/pipeline.yml
  [ -f "$cluster_file" ] || die "this commit has no $cluster_file"
  cluster_variables "$1" >"$work/variables" || die "$cluster_file has a value of $(tail -n 1 "$work/variables") that cannot be read" \
    "$how_variables"
  while IFS= read -r given; do export "${given?}"; done <"$work/variables"
  for needed in KOPS_STATE_STORE KOPS_VERSION; do
    grep -q "^$needed=." "$work/variables" || die "$cluster_file has no $needed that can be read"
  done
  # Where the client is told it in another variable, too, that one must not be of another cluster.
  ! grep -q '^AWS_REGION=.' "$work/variables" || export AWS_DEFAULT_REGION="$AWS_REGION"
  cluster_take "$1"
  [ -n "$wanted_digest" ] || die "this commit has no manifest ${CDKOPS_MANIFEST:-${CDKOPS_TEMPLATE_FLAGS:-}}"
  record_read
  gate_finding
}

# cluster_variables CLUSTER: what its pipeline.yml says of the variables that a gate needs, NAME=value a line; at a value that is
# not on one line, or refers to another variable, its name, and 1.
cluster_variables() {
  awk -v block=".cluster:$1:" '
    BEGIN {
      split("KOPS_STATE_STORE KOPS_VERSION CDKOPS_MANIFEST_DIGEST CDKOPS_EJECTED_DIGEST CDKOPS_CONFIG_BASE AWS_REGION S3_ENDPOINT S3_REGION AZURE_STORAGE_ACCOUNT", names, " ")
      for (i in names) is_wanted[names[i]] = 1
      # Paths of the project: with letters of any language, and flags with blanks between them.
      is_wanted["CDKOPS_MANIFEST"] = is_wanted["CDKOPS_TEMPLATE_FLAGS"] = 2
    }
    /^[^ #]/ { is_block = ($0 == block); is_variables = 0; next }
    !is_block { next }
    /^  [^ ]/ { is_variables = ($0 == "  variables:"); next }
    !is_variables || !/^    [A-Z]/ { next }
    {
      name = value = $0
      sub(/^    /, "", name)
      sub(/:.*/, "", name)
      if (!(name in is_wanted)) next
      sub(/^    [^:]*: */, "", value)
      if (value ~ /^".*"$/) value = substr(value, 2, length(value) - 2)
      is_plain = is_wanted[name] == 2 ? value !~ /[]["\047\\$#:*&!|>{}]/ : value ~ /^([A-Za-z0-9_.:@%+,=~\/-]|\$\$)*$/
      if (!is_plain || seen[name]++) {
        print name
        exit 1
      }
      gsub(/\$\$/, "$", value)
      print name "=" value
    }' "$cluster_file"
}

# gate_finding: compares record and live objects with what this commit wants.
gate_finding() {
  # Each of these ends the look where jq fails, too.
  [ "$(record '(.cluster // $name) == $name' --arg name "$name")" = true ] ||
    die "$record_url is the record of another cluster: $(record .cluster | plainly)"
  if is_deleted; then
    die "deleted since $(record '.deleted.time' | plainly)"
  fi
  if is_in_progress; then
    die "a roll-out is in progress since $(record '.inProgress.time' | plainly), in pipeline $(record '.inProgress.pipeline | .url // .id' | plainly)"
  fi
  [ "$(record '.rollOuts[0] // "none"')" != none ] || die 'never rolled out'
  rolled_out_time=$(record '.rollOuts[0].time' | plainly)
  rolled_out_digest=$(record '.rollOuts[0].manifestDigest' | plainly)
  if [ "$rolled_out_digest" != "$wanted_digest" ]; then
    ! is_rolled_back || die "rolled back to the manifest of $(manifest_commit "$rolled_out_digest"), since $rolled_out_time"
    die "it has another manifest than this commit's: that of $(manifest_commit "$rolled_out_digest"), since $rolled_out_time"
  fi
  rolled_out_kops=$(record '.rollOuts[0].kops' | plainly)
  [ "$rolled_out_kops" = "$KOPS_VERSION" ] || die "rolled out by kOps $rolled_out_kops, and the code has $KOPS_VERSION"
  [ -n "$(seconds_of "$rolled_out_time")" ] || die "$record_url does not say when it was rolled out"
  [ "$(record '.rollOuts[0].objects | type')" = object ] ||
    die 'its record is from before digests of live objects were kept: a rollout adds them'
  live_fetch
  objects_of live >"$work/live.objects"
  digests_of live >"$work/live.json"
  [ "$(record '.rollOuts[0].objects == $now[0]' --slurpfile now "$work/live.json")" = true ] || die "its live state is not what was rolled out: $(
    record '.rollOuts[0].objects as $before | $now[0] as $after | [($before + $after | keys[]) | select($before[.] != $after[.])] | join(", ")' \
      --slurpfile now "$work/live.json" | plainly
  )"
  say "rolled out since $rolled_out_time, at $(record '"commit \(.rollOuts[0].commit)"' | plainly)"
  time_of "$(seconds_of "$rolled_out_time")" >"$work/time"
}

# gate_reason FOLDER: why a cluster's look ended, on one line: what the job would have said, and what the client of its store did.
gate_reason() {
  gate_said=$(sed -n 's/^cdkops: //p' "$1/err" | grep -v '^warning: ' | tail -n 1 | plainly)
  case $gate_said in
    '') gate_said="it could not be looked at: $(plainly <"$1/err" | cut -c1-300)" ;;
    'no access to '* | 'cannot reach '*) gate_said="its store cannot be read: $gate_said ($(plainly <"$1/store.err" | sed 's/^ *//' | cut -c1-300))" ;;
  esac
  printf '%s\n' "$gate_said"
}

# gate_result: the line of each cluster, and the end of the job.
gate_result() {
  gate_total=0
  gate_open=0
  : >"$work/times"
  : >"$work/shut"
  while IFS= read -r gate_cluster; do
    gate_total=$((gate_total + 1))
    gate_folder=$work/gate/$gate_total
    gate_shown=$(printf '%s' "$gate_cluster" | plainly)
    if [ -s "$gate_folder/time" ]; then
      gate_open=$((gate_open + 1))
      cat "$gate_folder/time" >>"$work/times"
      say "$gate_shown: $(cat "$gate_folder/finding")"
    else
      printf '%s\n' "$gate_shown" >>"$work/shut"
      say "$gate_shown: NOT rolled out: $(gate_reason "$gate_folder")"
    fi
  done <"$work/clusters"
  # A disk that is full must open nothing.
  [ "$gate_total" -eq "$gate_expected" ] || die "only $gate_total of $gate_expected clusters could be looked at" "Is ${TMPDIR:-/tmp} full?"
  if [ "$gate_open" -ne "$gate_expected" ]; then
    set -- "$gate_open of $gate_total clusters of the wave $CDKOPS_WAVE are rolled out, so the waves after it stay shut" \
      'Finish what is in progress, and mend what the lines above name. For the others, start a pipeline of the default branch' \
      'by hand with CDKOPS_ACTION=rollout, and CDKOPS_CLUSTER=all or one of these:'
    while IFS= read -r gate_cluster; do set -- "$@" "  CDKOPS_CLUSTER=$gate_cluster"; done <"$work/shut"
    die "$@" "Then run this job again (rolled:$CDKOPS_GATE)."
  fi
  mkdir -p gates/rolled
  jq -n --arg gate "$CDKOPS_GATE" --arg wave "$CDKOPS_WAVE" --arg commit "$commit" --arg pipeline "$pipeline" --arg time "$(now)" \
    --arg clusters "$gate_total" --arg newest "$(LC_ALL=C sort "$work/times" | tail -n 1)" '
    {format: 1, $gate, $wave, $commit, $pipeline, $time, newest: (if $newest == "" then null else $newest end), clusters: ($clusters | tonumber)}' >"$gate_file"
  done_with "all $gate_total clusters of the wave $CDKOPS_WAVE are rolled out as this commit has them" '' ''
}
