# What every command needs first: its variables, a folder that goes with it, credentials, the right kops.

# job_start: makes ready for one cluster, with kops.
job_start() {
  need_variables KOPS_CLUSTER_NAME KOPS_STATE_STORE KOPS_VERSION
  is_cluster_name "$KOPS_CLUSTER_NAME" || die "KOPS_CLUSTER_NAME is no name of a cluster: $KOPS_CLUSTER_NAME"
  job_begin
  cluster_take "$KOPS_CLUSTER_NAME"
  plans=plans/$name
  kops_provide
  credentials_take
  kops_flags=
  ! is_acknowledged kops-downgrade || kops_flags=--allow-kops-downgrade
}

# job_begin: what a command needs that is about no cluster: a folder that goes with it, git, jq, its commit and pipeline.
job_begin() {
  work=$(mktemp -d) || die 'there is no folder for temporary files' "Is ${TMPDIR:-/tmp} there, may it be written, and is it not full?"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # kops and kubectl must not touch the kubeconfig of the person or runner that this runs as.
  runners_kubeconfig=${KUBECONFIG:-}
  export KUBECONFIG="$work/kubeconfig"
  # In a container the project may belong to another user than the one who runs this: git refuses it, but for one that is named.
  [ -z "${CI:-}" ] || export GIT_DIR="$PWD/.git" GIT_WORK_TREE="$PWD"
  need_tools git jq
  commit=${CI_COMMIT_SHA:-$(git rev-parse HEAD)}
  pipeline=${CI_PIPELINE_ID:-by-hand}
  # A child that is started again goes on for the one before.
  [ "${CI_PIPELINE_SOURCE:-}" != parent_pipeline ] || pipeline=${CDKOPS_PIPELINE_ID:-$pipeline}
}

# cluster_take NAME: the cluster that is worked on, and where its state lies.
cluster_take() {
  name=$1
  store=${KOPS_STATE_STORE%/}
  live=$store/$name
  config_base=${CDKOPS_CONFIG_BASE:-$live}
  wanted_digest=$(digest_of_commit)
  # Version 1 of the aws client looks at this one alone.
  [ -z "${AWS_REGION:-}" ] || export AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-$AWS_REGION}"
  client=$(store_client)
  # shellcheck disable=SC2086 # one word or none
  need_tools $client
}

# is_cluster_name NAME: whether it can be one; then it is safe as a part of a path.
is_cluster_name() {
  case $1 in '' | *[!A-Za-z0-9.-]* | .* | -*) return 1 ;; esac
}

# need_variables NAME…
need_variables() {
  missing=
  for needed in "$@"; do
    eval "[ -n \"\${$needed:-}\" ]" || missing="$missing $needed"
  done
  [ -z "$missing" ] || die "these variables are not set:$missing" \
    "They stand in the cluster's pipeline.yml. On a laptop, give them before the command, as the end of a job's log shows."
}

# need_tools COMMAND…
need_tools() {
  missing=
  for needed in "$@"; do
    command -v "$needed" >/dev/null 2>&1 || missing="$missing $needed"
  done
  [ -z "$missing" ] || die "this job's image lacks:$missing" \
    "$how_image"
}

is_acknowledged() {
  contains "$1" "${CDKOPS_ACKNOWLEDGE:-}"
}

# on_default_branch: whether this job belongs to what is to be rolled out; also true where a person runs it.
on_default_branch() {
  [ -z "${CI:-}" ] || [ "${CI_COMMIT_BRANCH:-}" = "${CI_DEFAULT_BRANCH:-main}" ]
}

# is_by_hand: whether a person started this: in a child pipeline, its parent.
is_by_hand() {
  [ -n "${CI:-}" ] || return 0
  started_by=${CI_PIPELINE_SOURCE:-}
  [ "$started_by" != parent_pipeline ] || started_by=${CDKOPS_PIPELINE_SOURCE:-}
  case $started_by in web | api) ;; *) return 1 ;; esac
}

# is_of_one_cluster: whether the pipeline was started for exactly one cluster.
is_of_one_cluster() {
  [ "${CDKOPS_CLUSTER:-}" != all ] && is_cluster_name "${CDKOPS_CLUSTER:-}"
}

# change_allowed: ends the job in a time in which nothing may be deployed.
change_allowed() {
  on_default_branch || die "this changes a cluster, and runs on the default branch only"
  [ -z "${CI_DEPLOY_FREEZE:-}" ] || die 'this project has a deploy freeze' \
    'Nothing has been changed. Start this job again when the freeze is over (Settings > CI/CD > Deploy freezes).'
}

# kops_provide: a kops of the cluster's version, the image's own or one that is downloaded and checked.
kops_provide() {
  if [ -n "${CDKOPS_KOPS_SHA256_AMD64:-}${CDKOPS_KOPS_SHA256_ARM64:-}" ]; then kops_download; fi
  need_tools kops
  kops_version=$(kops version --short) || die 'kops does not run' "Its own message is above."
  kops_version=${kops_version#v}
  [ "$kops_version" = "${KOPS_VERSION#v}" ] || die "this job has kops $kops_version, the cluster wants $KOPS_VERSION" \
    "Take an image with that version (its tag can contain \$KOPS_VERSION), or let the jobs download it: $how_download."
}

# kops_download: kops's release binary, trusted by its digest alone; one from an earlier job's cache will do.
kops_download() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-amd64) kops_file=kops-linux-amd64 kops_sha256=${CDKOPS_KOPS_SHA256_AMD64:-} ;;
    Linux-aarch64 | Linux-arm64) kops_file=kops-linux-arm64 kops_sha256=${CDKOPS_KOPS_SHA256_ARM64:-} ;;
    *) die "there is no digest of kops for $(uname -s) on $(uname -m)" "Install kops $KOPS_VERSION and unset CDKOPS_KOPS_SHA256_AMD64 and _ARM64." ;;
  esac
  [ -n "$kops_sha256" ] || die "the pipeline has no digest of $kops_file $KOPS_VERSION" "To have one: $how_lock"
  mkdir -p "$work/bin" .cdkops
  kops_cached=.cdkops/kops-$KOPS_VERSION-${kops_file##*-}
  if ! kops_is_right "$kops_cached"; then
    kops_url=${CDKOPS_KOPS_URL:-https://github.com/kubernetes/kops/releases/download}/v$KOPS_VERSION/$kops_file
    say "downloading $kops_url"
    if command -v curl >/dev/null 2>&1; then
      curl --fail --silent --show-error --location --retry 3 --max-time 600 --output "$kops_cached.part" "$kops_url"
    else
      # Without a time limit: the wget of some versions of busybox crashes with one.
      need_tools wget
      wget -q -O "$kops_cached.part" "$kops_url"
    fi || die "cannot download $kops_url" 'See above. A mirror can be named in CDKOPS_KOPS_URL.'
    kops_is_right "$kops_cached.part" || {
      rm -f "$kops_cached.part"
      die "$kops_url is not the file whose digest is in the pipeline ($kops_sha256)" "It has been thrown away. If that digest is wrong: $how_lock"
    }
    mv "$kops_cached.part" "$kops_cached"
  fi
  cp "$kops_cached" "$work/bin/kops"
  # What another job of this machine may have put there meanwhile is not run.
  kops_is_right "$work/bin/kops" || die "$kops_cached was changed while it was copied" 'Run this job again.'
  chmod 700 "$work/bin/kops"
  PATH=$work/bin:$PATH
}

kops_is_right() {
  [ -f "$1" ] && [ "$(digest <"$1")" = "$kops_sha256" ]
}

# credentials_take: the AWS role of the job, by GitLab's token; without one, what the variables or the runner give.
credentials_take() {
  [ -n "${CDKOPS_AWS_ROLE_ARN:-}" ] || return 0
  [ -n "${CDKOPS_ID_TOKEN:-}" ] || {
    # A person at a laptop has credentials of their own.
    [ -n "${CI:-}" ] || return 0
    die 'this job has a role to take and no token (CDKOPS_ID_TOKEN)' 'Its id_tokens are missing: was pipeline.yml changed by hand?'
  }
  printf '%s' "$CDKOPS_ID_TOKEN" >"$work/token"
  # Keys and profiles come before tokens for every client: nobody would take the role.
  unset CDKOPS_ID_TOKEN AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_DEFAULT_PROFILE
  export AWS_WEB_IDENTITY_TOKEN_FILE="$work/token" AWS_ROLE_ARN="$CDKOPS_AWS_ROLE_ARN"
  export AWS_CONFIG_FILE="${AWS_CONFIG_FILE:-${HOME:-}/.aws/config}"
  role_home=$work
  AWS_ROLE_SESSION_NAME=$(printf 'cdkops-%s-%s' "${CI_PROJECT_ID:-0}" "${CI_JOB_ID:-0}" | cut -c1-64)
  export AWS_ROLE_SESSION_NAME
}

# kubernetes_access: how kops reaches the Kubernetes API, in $access_flags. Before kOps 1.31 it needs a kubeconfig; from
# then on it makes itself a certificate, and can be given another address from 1.32.1, the runner's kubeconfig from 1.34.
kubernetes_access() {
  access_flags=
  if [ "${CDKOPS_USE_KUBECONFIG:-}" = true ]; then
    if kops_is_at_least 1.34; then
      access_flags=--use-kubeconfig
    elif kops_is_at_least 1.31; then
      die "kops $KOPS_VERSION cannot use the runner's kubeconfig: kops 1.34 and newer can, and those before 1.31" "Set $how_api_server in place of $how_kubeconfig, or take a newer kops."
    fi
    if [ -n "$runners_kubeconfig" ]; then export KUBECONFIG="$runners_kubeconfig"; else unset KUBECONFIG; fi
  elif ! kops_is_at_least 1.31; then
    kubeconfig_export
  elif [ -n "${CDKOPS_API_SERVER:-}" ]; then
    kops_is_at_least 1.32.1 || die "kops $KOPS_VERSION cannot be told where the Kubernetes API is: kops 1.32.1 and newer can" 'Take a newer kops.'
    access_flags=--api-server=$(api_server)
  fi
}

# api_server: the address of the Kubernetes API, where another than the cluster's own is given.
api_server() {
  case $CDKOPS_API_SERVER in
    *[!]A-Za-z0-9:/._@%[-]* | [!h]*) die "CDKOPS_API_SERVER is no URL: $CDKOPS_API_SERVER" ;;
    *) printf '%s' "$CDKOPS_API_SERVER" ;;
  esac
}

# kubeconfig_export: an administrator's kubeconfig in the job's own folder; it goes with it.
kubeconfig_export() {
  kops export kubeconfig --name "$name" --state "$store" --admin --kubeconfig "$work/kubeconfig" >/dev/null ||
    die 'kops cannot give a kubeconfig' 'Its own message is above.'
  [ -z "${CDKOPS_API_SERVER:-}" ] || {
    api_address=$(api_server)
    sed "s|^\( *server:\).*|\1 $api_address|" "$work/kubeconfig" >"$work/kubeconfig.part"
    mv "$work/kubeconfig.part" "$work/kubeconfig"
  }
}

# with_kubeconfig COMMAND…: runs a step of the user's with access to the cluster.
with_kubeconfig() {
  job_start
  [ $# -gt 0 ] || die 'with-kubeconfig needs a command, for instance: sh .gitlab/cdkops.sh with-kubeconfig kubectl get nodes'
  if [ "${CDKOPS_USE_KUBECONFIG:-}" = true ]; then kubernetes_access; else kubeconfig_export; fi
  unset GIT_DIR GIT_WORK_TREE
  cd -- "$started_in"
  "$@"
}

# laptop_command COMMAND: the command that a person types to do the same.
laptop_command() {
  for given in KOPS_CLUSTER_NAME KOPS_STATE_STORE KOPS_VERSION CDKOPS_MANIFEST CDKOPS_MANIFEST_DIGEST CDKOPS_EJECTED_DIGEST \
    CDKOPS_CONFIG_BASE     CDKOPS_TEMPLATE_FLAGS CDKOPS_ROLLING_UPDATE_FLAGS CDKOPS_VALIDATE_FLAGS CDKOPS_API_SERVER CDKOPS_USE_KUBECONFIG \
    CDKOPS_ACKNOWLEDGE CDKOPS_PRUNE KOPS_FEATURE_FLAGS AWS_REGION S3_ENDPOINT S3_REGION AZURE_STORAGE_ACCOUNT; do
    eval "given_value=\${$given:-}"
    [ -z "$given_value" ] || printf '%s=%s ' "$given" "$(quoted "$given_value")"
  done
  if is_rolling_back; then
    printf 'CDKOPS_ACTION=rollback CDKOPS_CLUSTER=%s ' "$(quoted "$name")"
    [ -z "${CDKOPS_ROLL_BACK_TO:-}" ] || printf 'CDKOPS_ROLL_BACK_TO=%s ' "$(quoted "$CDKOPS_ROLL_BACK_TO")"
  fi
  printf 'sh .gitlab/cdkops.sh %s\n' "$1"
}

# done_with WHAT NEXT COMMAND: the last lines of a log: what happened, what to press next, and the same for a laptop.
done_with() {
  printf '\ncdkops: %s\n' "$1"
  [ -z "$2" ] || printf 'cdkops: next: %s\n' "$2"
  [ -z "$3" ] || printf 'cdkops: on a laptop: %s\n' "$(laptop_command "$3")"
}
