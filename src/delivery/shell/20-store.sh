# The state store, by the client of its kind. URLs are kops's own: s3://bucket/key, azureblob://account/container/key…

# store_client: the command that speaks to the store, nothing for a folder.
store_client() {
  case $store in
    s3://* | do://* | scw://*) echo aws ;;
    gs://*) echo gcloud ;;
    azureblob://*) echo az ;;
    swift://*) echo swift ;;
    file://*) ;;
    *) die "the state store $store is of a kind that cdkops does not know" \
      "It knows s3, do, scw, gs, azureblob, swift and file." ;;
  esac
}

# store_read URL FILE: copies an object into FILE; returns 1 where there is none, and ends the job where that cannot be told.
store_read() {
  case $1 in
    s3://* | do://* | scw://*) s3_read "$1" "$2" ;;
    gs://*) gcloud_read "$1" "$2" ;;
    azureblob://*) azure_read "$1" "$2" ;;
    swift://*) swift_read "$1" "$2" ;;
    file://*)
      [ -f "${1#file://}" ] || return 1
      store_try "$1" cat "${1#file://}" >"$2"
      ;;
  esac
}

# store_write FILE URL: puts a file in the place of an object.
store_write() {
  case $2 in
    s3://* | do://* | scw://*) store_try "$2" s3_write "$1" "$2" ;;
    gs://*) store_try "$2" gcloud storage cp --quiet "$1" "$2" ;;
    azureblob://*) store_try "$2" azure_write "$1" "$2" ;;
    swift://*) store_try "$2" swift_write "$1" "$2" ;;
    file://*) store_try "$2" folder_write "$1" "${2#file://}" ;;
  esac
}

# store_remove URL: removes an object.
store_remove() {
  case $1 in
    s3://* | do://* | scw://*) store_try "$1" s3_remove "$1" ;;
    gs://*) store_try "$1" gcloud storage rm --quiet "$1" ;;
    azureblob://*) store_try "$1" azure_remove "$1" ;;
    swift://*) store_try "$1" swift delete "$(container_of "$1")" "$(key_of "$1")" ;;
    file://*) store_try "$1" rm -f "${1#file://}" ;;
  esac
}

# store_list URL FILE: writes what lies under the folder URL into FILE, a name a line, relative to it; nothing where it is not there.
store_list() {
  case $1 in
    s3://* | do://* | scw://*) store_try "$1" s3_list "$1" ;;
    gs://*) gcloud_list "$1" ;;
    azureblob://*) store_try "$1" azure_list "$1" ;;
    swift://*) store_try "$1" swift_list "$1" ;;
    file://*) folder_list "${1#file://}" ;;
  esac >"$2"
}

# store_copy URL FOLDER: copies everything under the folder URL.
store_copy() {
  case $1 in s3://* | do://* | scw://*)
    store_try "$1" s3 s3 cp --recursive --only-show-errors "s3://$(container_of "$1")/$(key_of "$1")/" "$2/"
    return
    ;;
  esac
  store_list "$1" "$work/listing"
  while IFS= read -r copied; do
    case "/$copied/" in */../*) die "the store has an object of a strange name under $1: $copied" ;; esac
    mkdir -p "$(dirname "$2/$copied")"
    # No client may read what is left of the list.
    store_read "$1/$copied" "$2/$copied" </dev/null || die "$1/$copied is gone again" 'Somebody changes the state store at this moment: run the job again.'
  done <"$work/listing"
}

# store_try URL COMMAND…: runs a client that must not fail.
store_try() {
  store_url=$1
  shift
  "$@" 2>"$work/store.err" || store_failed "$store_url"
}

# store_failed URL: ends the job with what the client said last.
store_failed() {
  indented '  ' <"$work/store.err" >&2
  # Numbers by themselves: a port or the id of a request may have the same digits.
  case " $(cat "$work/store.err") " in
    *AccessDenied* | *[!0-9A-Za-z]403[!0-9A-Za-z]* | *Forbidden* | *denied* | *credentials* | *Credentials* | *ExpiredToken* | *AuthorizationFailure* | \
    *Unauthorized* | *[!0-9A-Za-z]401[!0-9A-Za-z]* | *'required permissions'* | *'az login'* | *'active account'*)
      die "no access to $1" \
        'Its client was refused, or found no credentials (see above): check the role or the CI/CD variables of this job.' \
        'docs/credentials.md says what each job needs. Nothing has been changed by this step.' ;;
  esac
  die "cannot reach $1" \
    'Its client failed (see above): is the store there, and reachable from this runner?' \
    'Nothing has been changed by this step; when the store answers, run the job again.'
}

# container_of URL, key_of URL: s3://bucket/a/b is the bucket and a/b.
container_of() {
  container_rest=${1#*://}
  printf '%s' "${container_rest%%/*}"
}
key_of() {
  key_rest=${1#*://}
  printf '%s' "${key_rest#*/}"
}

# --- S3, and services that speak its language

# s3 COMMAND…: the aws client, with the credentials that kops itself takes for another endpoint than AWS's. What it keeps of
# a role that it took lies in its home: that of the job then.
s3() {
  s3_home=${role_home:-${HOME:-}}
  if [ -z "${S3_ENDPOINT:-}" ]; then
    HOME=$s3_home aws "$@"
  else
    s3_region=${S3_REGION:-${AWS_REGION:-us-east-1}}
    # Both names of the region: version 1 of the client knows one. Checksums are not what every such service takes.
    HOME=$s3_home \
      AWS_ACCESS_KEY_ID=${S3_ACCESS_KEY_ID:-${SCW_ACCESS_KEY:-${AWS_ACCESS_KEY_ID:-}}} \
      AWS_SECRET_ACCESS_KEY=${S3_SECRET_ACCESS_KEY:-${SCW_SECRET_KEY:-${AWS_SECRET_ACCESS_KEY:-}}} \
      AWS_REGION=$s3_region AWS_DEFAULT_REGION=$s3_region \
      AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required \
      aws --endpoint-url "$S3_ENDPOINT" "$@"
  fi
}

s3_read() {
  if s3 s3api get-object --bucket "$(container_of "$1")" --key "$(key_of "$1")" "$2" >/dev/null 2>"$work/store.err"; then return 0; fi
  grep -q NoSuchKey "$work/store.err" || store_failed "$1"
  return 1
}

s3_write() {
  s3 s3api put-object --bucket "$(container_of "$2")" --key "$(key_of "$2")" --body "$1" >/dev/null
}

s3_remove() {
  s3 s3api delete-object --bucket "$(container_of "$1")" --key "$(key_of "$1")" >/dev/null
}

s3_list() {
  s3 s3api list-objects-v2 --bucket "$(container_of "$1")" --prefix "$(key_of "$1")/" --output json >"$work/s3.json" || return 1
  jq -r --arg prefix "$(key_of "$1")/" '.Contents // [] | .[].Key | ltrimstr($prefix) | select(. != "")' "$work/s3.json"
}

# --- Google Cloud Storage

gcloud_read() {
  if gcloud storage cp --quiet "$1" "$2" >/dev/null 2>"$work/store.err"; then return 0; fi
  gcloud_found_nothing || store_failed "$1"
  return 1
}

# gcloud_found_nothing: whether that is what it said last; a bucket that is not there is no cluster that is new.
gcloud_found_nothing() {
  ! grep -q 'bucket does not exist' "$work/store.err" && grep -q 'matched no objects\|NotFound\|not found: 404\|HTTPError 404' "$work/store.err"
}

gcloud_list() {
  if gcloud storage ls --recursive "$1/" >"$work/gcloud.list" 2>"$work/store.err"; then
    while IFS= read -r listed; do
      case $listed in */ | *: | '') ;; *) printf '%s\n' "${listed#"$1/"}" ;; esac
    done <"$work/gcloud.list"
  else
    gcloud_found_nothing || store_failed "$1"
  fi
}

# --- Azure Blob Storage. Before kops 1.36 the URL has no account; that is in AZURE_STORAGE_ACCOUNT then.

azure_place() {
  azure_rest=${1#azureblob://}
  if kops_is_at_least 1.36; then
    azure_account=${azure_rest%%/*}
    azure_rest=${azure_rest#*/}
  else
    azure_account=${AZURE_STORAGE_ACCOUNT:-}
  fi
  azure_container=${azure_rest%%/*}
  azure_key=${azure_rest#*/}
}

azure_blob() {
  azure_verb=$1
  shift
  az storage blob "$azure_verb" --auth-mode login --account-name "$azure_account" "$@" --only-show-errors
}

azure_read() {
  azure_place "$1"
  if azure_blob download --container-name "$azure_container" --name "$azure_key" --file "$2" >/dev/null 2>"$work/store.err"; then return 0; fi
  rm -f "$2"
  # A container that is not there is no cluster that is new.
  grep -q 'BlobNotFound\|blob does not exist' "$work/store.err" || store_failed "$1"
  return 1
}

azure_write() {
  azure_place "$2"
  azure_blob upload --container-name "$azure_container" --name "$azure_key" --file "$1" --overwrite >/dev/null
}

azure_remove() {
  azure_place "$1"
  azure_blob delete --container-name "$azure_container" --name "$azure_key" >/dev/null
}

azure_list() {
  azure_place "$1"
  azure_blob list --container-name "$azure_container" --prefix "$azure_key/" --num-results '*' --output json >"$work/azure.json" || return 1
  jq -r --arg prefix "$azure_key/" '.[].name | ltrimstr($prefix)' "$work/azure.json"
}

# --- OpenStack Swift

swift_read() {
  if swift download --output "$2" "$(container_of "$1")" "$(key_of "$1")" >/dev/null 2>"$work/store.err"; then return 0; fi
  rm -f "$2"
  grep -q "Object '.*' not found\|404 Not Found" "$work/store.err" || store_failed "$1"
  return 1
}

swift_write() {
  swift upload --object-name "$(key_of "$2")" "$(container_of "$2")" "$1" >/dev/null
}

swift_list() {
  swift list --prefix "$(key_of "$1")/" "$(container_of "$1")" >"$work/swift.list" || return 1
  while IFS= read -r listed; do printf '%s\n' "${listed#"$(key_of "$1")/"}"; done <"$work/swift.list"
}

# --- A folder of this machine, for trials

folder_write() {
  mkdir -p "$(dirname "$2")" && cat "$1" >"$2.cdkops-tmp" && mv "$2.cdkops-tmp" "$2"
}

folder_list() {
  [ -d "$1" ] || return 0
  (cd "$1" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)
}
