# What a roll-out makes of the cluster: this commit's manifest, or in a roll-back one that the record keeps.
#
#   $wanted_digest      its digest: what digest_of_commit prints, or that of the kept one
#   $manifest_recorded  the kept one, in the job's folder

# digest_of_commit: the digest of this commit's manifest. Where code gives the manifest it comes with it, made of the data; where
# people write it, it is that of their files, and nobody has to renew it. CDKOPS_EJECTED_DIGEST has both, of the manifest that
# cdkops gave last: the record knows that one by the digest of then.
digest_of_commit() {
  if [ -n "${CDKOPS_MANIFEST_DIGEST:-}" ]; then
    printf '%s\n' "$CDKOPS_MANIFEST_DIGEST"
    return 0
  fi
  files_digest=$(digest_of_files)
  case ${CDKOPS_EJECTED_DIGEST:-} in
    "$files_digest"=?*) printf '%s\n' "${CDKOPS_EJECTED_DIGEST#*=}" ;;
    *) printf '%s\n' "$files_digest" ;;
  esac
}

# digest_of_files: that of the manifest's file, or of what a template is rendered from; nothing where a file is not there, which
# the jobs that need it say. Line ends do not count: a checkout may have changed them.
digest_of_files() {
  if [ -z "${CDKOPS_TEMPLATE_FLAGS:-}" ]; then
    [ ! -f "${CDKOPS_MANIFEST:-}" ] || tr -d '\r' <"$CDKOPS_MANIFEST" | digest
    return 0
  fi
  if template_files >"$work/template.files"; then
    {
      printf '%s\n' "$CDKOPS_TEMPLATE_FLAGS"
      while IFS= read -r template_file; do
        printf '%s %s\n' "$template_file" "$(tr -d '\r' <"$template_file" | digest)"
      done <"$work/template.files"
    } | digest
  fi
}

# template_files: the files that the flags of a template name, a path a line; returns 1 where one is not there. Hidden ones in a
# folder are those of an editor or the system.
template_files() {
  set -f
  # shellcheck disable=SC2086 # flags without blanks in them
  set -- $CDKOPS_TEMPLATE_FLAGS
  set +f
  while [ $# -gt 0 ]; do
    case $1 in
      --template=* | --values=* | --snippets=*) template_path=${1#*=} ;;
      --template | --values | --snippets)
        template_path=${2:-}
        [ $# -eq 1 ] || shift
        ;;
      *)
        shift
        continue
        ;;
    esac
    shift
    if [ -d "$template_path" ]; then
      (cd -- "$template_path" && find . -type f) | LC_ALL=C sort | while IFS= read -r template_file; do
        case $template_file in */.*) ;; *) printf '%s\n' "${template_path%/}/${template_file#./}" ;; esac
      done
    elif [ -f "$template_path" ]; then
      printf '%s\n' "$template_path"
    else
      return 1
    fi
  done
}

# is_rolling_back: whether this pipeline was started to roll back.
is_rolling_back() {
  [ "${CDKOPS_ACTION:-}" = rollback ]
}

# rolling_back: the same as a word of JSON.
rolling_back() {
  if is_rolling_back; then echo true; else echo false; fi
}

# roll_back_allowed: ends the job where a person has not asked for a roll-back of this very cluster.
roll_back_allowed() {
  is_rolling_back || return 0
  [ "${CDKOPS_CLUSTER:-}" = "$name" ] || die "a roll-back is of the one cluster that CDKOPS_CLUSTER names (${CDKOPS_CLUSTER:-it is not set}), and this job is of $name" \
    "Start a pipeline of the default branch by hand with CDKOPS_ACTION=rollback and CDKOPS_CLUSTER=$name."
  if ! is_by_hand || ! on_default_branch; then
    die 'a roll-back is started by hand, on the default branch' "Start a pipeline of it with CDKOPS_ACTION=rollback and CDKOPS_CLUSTER=$name."
  fi
}

# target_choose: what dryrun plans towards.
target_choose() {
  is_rolling_back || return 0
  ! is_deleted || die "$name has been deleted, so there is nothing to roll back" 'A rollout makes it anew.'
  [ "$(record '.rollOuts // [] | length')" -gt 0 ] || die "$name was never rolled out, so there is nothing to roll back to" \
    "The record ($record_url) has no roll-out that came through. Correct the code, and roll that out."
  if [ -n "${CDKOPS_ROLL_BACK_TO:-}" ]; then target_named >"$work/targets"; else target_before >"$work/targets"; fi
  case $(grep -c . "$work/targets") in
    1) target=$(cat "$work/targets") ;;
    0)
      roll_outs_list
      [ -n "${CDKOPS_ROLL_BACK_TO:-}" ] || die 'the record has no manifest from before the one that the cluster has' \
        'Name one of these in CDKOPS_ROLL_BACK_TO, or revert the commit in git and roll that out.'
      die "the record has no roll-out of CDKOPS_ROLL_BACK_TO=$CDKOPS_ROLL_BACK_TO" 'Name one of these, by its commit or its manifest.'
      ;;
    *)
      roll_outs_list
      die "CDKOPS_ROLL_BACK_TO=$CDKOPS_ROLL_BACK_TO is several roll-outs with different manifests" 'Name one of these by its manifest.'
      ;;
  esac
  [ "$target" != "$wanted_digest" ] || die "that manifest is what this commit has, so there is nothing to roll back" \
    "Start a rollout in place of the roll-back: CDKOPS_ACTION=rollout with CDKOPS_CLUSTER=$name." \
    'Or name an earlier roll-out in CDKOPS_ROLL_BACK_TO: its commit, or its manifest.'
  if ! is_in_progress && ! is_rolled_back_here && [ "$(record '.rollOuts[0].manifestDigest')" = "$target" ]; then
    roll_outs_list
    die "$name has that manifest already" 'Name an earlier roll-out in CDKOPS_ROLL_BACK_TO: its commit, or its manifest.'
  fi
  target_load "$target"
}

# target_before: without a name: what the cluster was valid with last, while a roll-out is in progress; else what it had before.
# A roll-back that was cut off goes on to where it wanted.
target_before() {
  jq -r --arg pipeline "$pipeline" '
    .rollOuts as $all | $all[0] as $now
    | if .inProgress != null then (if .inProgress.rolledBack == true then .inProgress else $now end)
      elif $now.rolledBack == true and $now.pipeline.id? == $pipeline and $pipeline != "by-hand" then $now
      else
        # What a roll-back has left behind is newer than what it went back to.
        (if $now.rolledBack == true then
           ([range(1; $all | length) | select($all[.].manifestDigest == $now.manifestDigest and $all[.].rolledBack != true)][0] // ($all | length))
         else 0 end) as $from
        | first($all[$from + 1:][] | select(.manifestDigest != $now.manifestDigest))
      end
    | .manifestDigest' "$work/record.json"
}

# target_named: the manifests that CDKOPS_ROLL_BACK_TO means, by commit or digest. The commit of a roll-back is that of its
# jobs: its manifest is another's.
target_named() {
  case $CDKOPS_ROLL_BACK_TO in
    *[!0-9a-f]* | ? | ?? | ??? | ???? | ????? | ??????)
      die "CDKOPS_ROLL_BACK_TO is neither a commit nor the digest of a manifest: $(printf '%s' "$CDKOPS_ROLL_BACK_TO" | plainly)" \
        'It takes at least seven of its hex digits, in small letters.'
      ;;
  esac
  jq -r --arg to "$CDKOPS_ROLL_BACK_TO" '
    [.rollOuts[]
      | select([.manifestDigest, (if .rolledBack == true then null else .commit end)] | any(.[]; type == "string" and startswith($to)))
      | .manifestDigest]
    | unique[]' "$work/record.json"
}

# roll_outs_list: those that the record keeps, for a person who has to choose.
roll_outs_list() {
  heading 'Roll-outs that the record keeps, newest first'
  jq -c '.rollOuts[]' "$work/record.json" | while IFS= read -r kept; do
    printf '%s' "$kept" | jq -r '"commit \(.commit), \(.time), Kubernetes \(.kubernetes), kOps \(.kops), manifest \(.manifestDigest)"
      + (if .rolledBack == true then " (rolled back)" else "" end)' | plainly
    echo
  done
}

# is_rolled_back_here: whether the newest roll-out is this pipeline's own roll-back.
is_rolled_back_here() {
  is_rolling_back && [ "$(record '.rollOuts[0] | "\(.rolledBack == true) \(.commit) \(.pipeline.id?)"')" = "true $commit $pipeline" ]
}

# target_load DIGEST: takes a kept manifest for what is wanted.
target_load() {
  case $1 in '' | *[!0-9a-f]*) die "$record_url has a manifest whose digest is none" 'docs/record.md has the format.' ;; esac
  wanted_digest=$1
  manifest_recorded=$work/target.yaml
  target_url=$store/cdkops/$name/$wanted_digest.yaml
  store_read "$target_url" "$manifest_recorded" || die "the manifest to roll back to, $target_url, is gone" \
    'Look at earlier versions of that object; or revert the commit in git, and roll that out.'
}

# target_of_plan: what update works towards is what its plan was made for.
target_of_plan() {
  ! is_rolling_back || target_load "$(jq -r '.manifestDigest' "$plans/plan.json")"
}

# target_of_record: what roll and rolled work towards is what update began.
target_of_record() {
  if is_in_progress; then
    [ "$(record '.inProgress.rolledBack == true')" = "$(rolling_back)" ] || die "$(
      if is_rolling_back; then echo 'the roll-out in progress is no roll-back'; else echo 'the roll-out in progress is a roll-back'; fi
    ), and this job is of another kind" "Start update:$name of this pipeline first."
    ! is_rolling_back || target_load "$(record '.inProgress.manifestDigest')"
  elif is_rolled_back_here; then
    wanted_digest=$(record '.rollOuts[0].manifestDigest')
  elif is_rolling_back; then
    wanted_digest=none
  fi
}

# manifest_commit DIGEST: the commit that a manifest of the record is from.
manifest_commit() {
  jq -r --arg digest "$1" '
    [.rollOuts // [] | .[] | select(.manifestDigest == $digest)]
    | first((.[] | select(.rolledBack != true) | "commit \(.commit)"), "a commit that the record does not have any more")' "$work/record.json" | plainly
}

# roll_back_check: workers newer than their control plane, or a control plane older than its data, is what Kubernetes takes least.
roll_back_check() {
  for roll_back_from in "$live_kubernetes" "$(record '.inProgress.kubernetes.after // empty')"; do
    [ -n "$roll_back_from" ] && [ -n "$state_kubernetes" ] || continue
    [ "$(version_order "$(minor_of "$state_kubernetes")" "$(minor_of "$roll_back_from")")" -ge 0 ] || die \
      "Kubernetes $roll_back_from -> $state_kubernetes is a lower minor version, to which no cluster can be rolled back" \
      'Nothing has been changed. Correct the code and roll that out, or name a later roll-out in CDKOPS_ROLL_BACK_TO.'
  done
}
