# open: whether a wave may be rolled out: the gates of the waves before it have just been passed, and their roll-outs are old
# enough. Needs neither kops nor credentials.
open_wave() {
  need_variables CDKOPS_WAVE
  is_gate_name "$CDKOPS_WAVE" || die "CDKOPS_WAVE is no name of a wave: $CDKOPS_WAVE"
  job_begin
  open_file=gates/open/$CDKOPS_WAVE.json
  rm -f "$open_file"
  on_default_branch || die 'waves are opened on the default branch only'
  passed_by=
  if is_passing; then
    say "The gates before the wave $CDKOPS_WAVE are passed by: $passed_by"
  else
    heading "Have the waves before $CDKOPS_WAVE been rolled out?"
    : >"$work/newest"
    # shellcheck disable=SC2086 # names without blanks in them
    for opened_gate in ${CDKOPS_GATES:-}; do open_gate "$opened_gate"; done
    [ -n "${CDKOPS_GATES:-}" ] || say 'There are none.'
    open_soak
  fi
  mkdir -p gates/open
  jq -n --arg wave "$CDKOPS_WAVE" --arg commit "$commit" --arg pipeline "$pipeline" --arg time "$(now)" --arg passed "$passed_by" '
    {format: 1, $wave, $commit, $pipeline, $time, passed: (if $passed == "" then null else $passed end)}' >"$open_file"
  done_with "the wave $CDKOPS_WAVE is open, for a day" "the update jobs of its clusters" ''
}

# is_passing: whether gates are not asked, and by what, in $passed_by: a person's reason, or a roll-back. Either is for one cluster.
is_passing() {
  if is_rolling_back; then
    passed_by='a roll-back'
    [ -z "${CDKOPS_PASS_GATE:-}" ] || die 'a roll-back asks no gate, and takes no CDKOPS_PASS_GATE' 'Start the pipeline again without it.'
  elif [ -n "${CDKOPS_PASS_GATE:-}" ]; then
    passed_by=$CDKOPS_PASS_GATE
    case ${CDKOPS_ACTION:-rollout} in
      rollout) ;;
      *) die "a gate is passed in a rollout alone, and this is CDKOPS_ACTION=$CDKOPS_ACTION" 'Start a pipeline of the default branch by hand with CDKOPS_ACTION=rollout.' ;;
    esac
  else
    return 1
  fi
  is_by_hand || die 'gates are passed by a person alone, in a pipeline that was started by hand' \
    'Start a pipeline of the default branch by hand, with CDKOPS_CLUSTER and CDKOPS_PASS_GATE, whose value says why.'
  is_of_one_cluster || die "gates are passed for exactly one cluster, and CDKOPS_CLUSTER is ${CDKOPS_CLUSTER:-not set}" \
    'Start the pipeline again with the name of one cluster in it.'
  [ -f "clusters/$CDKOPS_CLUSTER/pipeline.yml" ] || die "there is no cluster $CDKOPS_CLUSTER (CDKOPS_CLUSTER)" 'Its name is that of its folder under clusters/.'
}

# gate_paper FILE MEMBER VALUE: whether a file that a gate has written is of this commit and pipeline, and what it claims to be.
gate_paper() {
  [ -f "$1" ] && jq -es --arg member "$2" --arg value "$3" --arg commit "$commit" --arg pipeline "$pipeline" '
    length == 1 and (.[0] | .format == 1 and .[$member] == $value and .commit == $commit and .pipeline == $pipeline
      and (.time | type == "string"))' "$1" >/dev/null 2>&1
}

# open_gate GATE: ends the job where a gate has not been passed, or too long ago.
open_gate() {
  is_gate_name "$1" || die "CDKOPS_GATES has no name of a gate: $1"
  gate_file=gates/rolled/$1.json
  gate_next="Its job rolled:$1 says what is missing. Once it is green, run this job again."
  [ -f "$gate_file" ] || die "the gate $1 has not been passed: there is no $gate_file" "$gate_next" \
    'To let one cluster through all the same, start a pipeline of the default branch by hand with CDKOPS_CLUSTER and CDKOPS_PASS_GATE,' \
    'whose value says why; it goes into the record.'
  gate_paper "$gate_file" gate "$1" || die "$gate_file is not of the gate $1 in this pipeline, at this commit" "Run rolled:$1 of this pipeline again, then this job."
  gate_time=$(jq -r .time "$gate_file")
  is_fresh "$gate_time" || die "the gate $1 was passed at $gate_time, which is not within the last day" "Run rolled:$1 again, then this job."
  gate_newest=$(jq -r '.newest // empty' "$gate_file")
  if [ -n "$gate_newest" ]; then
    gate_seconds=$(seconds_of "$gate_newest")
    [ -n "$gate_seconds" ] || die "$gate_file does not say when its newest roll-out was" "Run rolled:$1 again, then this job."
    printf '%s\n' "$gate_seconds" >>"$work/newest"
  fi
  say "$1: passed at $gate_time, newest roll-out ${gate_newest:-none}"
}

# open_soak: ends the job where the newest roll-out is not old enough.
open_soak() {
  case ${CDKOPS_SOAK:-0} in *[!0-9]*) die "CDKOPS_SOAK is no number of seconds: $CDKOPS_SOAK" ;; esac
  soak_newest=$(sort -n "$work/newest" | tail -n 1)
  [ -n "$soak_newest" ] || return 0
  soak_end=$((soak_newest + ${CDKOPS_SOAK:-0}))
  # Where nothing soaks, a roll-out that seems to be to come is a matter of clocks.
  [ "${CDKOPS_SOAK:-0}" -gt 0 ] && [ "$(date -u +%s)" -lt "$soak_end" ] || return 0
  die "the waves before $CDKOPS_WAVE soak until $(time_of "$soak_end")" \
    "Their newest roll-out was at $(time_of "$soak_newest"). After that time, run the rolled jobs again, then this one."
}

# open_read: whether the wave of this job's cluster is open: $shut says why it is not, $passed_gate for what reason where the
# gate was passed. In a child pipeline a job of the same name hands on what the parent's has left.
open_read() {
  shut=
  passed_gate=
  [ -n "${CDKOPS_OPEN:-}" ] && [ -n "${CI:-}" ] || return 0
  is_gate_name "$CDKOPS_OPEN" || die "CDKOPS_OPEN is no name of a wave: $CDKOPS_OPEN"
  open_next="Run open:$CDKOPS_OPEN again, then this job."
  [ "${CI_PIPELINE_SOURCE:-}" != parent_pipeline ] || open_next="Run open:$CDKOPS_OPEN of the parent pipeline again, then open:$CDKOPS_OPEN of this child, then this job."
  open_file=gates/open/$CDKOPS_OPEN.json
  if [ ! -f "$open_file" ]; then
    shut="the wave $CDKOPS_OPEN has not been opened: there is no $open_file"
  elif ! gate_paper "$open_file" wave "$CDKOPS_OPEN"; then
    shut="$open_file is not of the wave $CDKOPS_OPEN in this pipeline, at this commit"
  elif ! is_fresh "$(jq -r .time "$open_file")"; then
    shut="the wave $CDKOPS_OPEN was opened at $(jq -r .time "$open_file"), which is not within the last day"
  else
    open_passed=$(jq -r '.passed // empty' "$open_file")
    if [ -n "$open_passed" ] && [ "${CDKOPS_CLUSTER:-}" != "$name" ]; then
      shut="the gates before the wave $CDKOPS_OPEN were passed for ${CDKOPS_CLUSTER:-another cluster}, and this job is of $name"
    fi
    is_rolling_back || passed_gate=$open_passed
  fi
}

# open_needed: ends the job where the wave is shut.
open_needed() {
  [ -z "$shut" ] || die "$shut, so nothing has been done" "$open_next"
}
