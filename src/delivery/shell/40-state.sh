# The cluster's objects: as they are live, and as the manifest makes them, side by side in the job's folder.
#
#   $work/live    what of the live state a plan needs: config, instancegroup/*, clusteraddons/*; no keys, no secrets
#   $work/state   the same after the manifest has been replaced into it, in kops's own spelling
#   $work/planned the same without what needs a secret that is not there yet
#   $work/alone   what the manifest gives in an empty store: its instance groups, and no other

# live_fetch: copies the live objects.
live_fetch() {
  rm -rf "$work/live"
  mkdir -p "$work/live/$name"
  is_new=
  store_read "$live/config" "$work/live/$name/config" || is_new=true
  store_copy "$live/instancegroup" "$work/live/$name/instancegroup"
  store_copy "$live/clusteraddons" "$work/live/$name/clusteraddons"
}

# manifest_prepare: the manifest without SSH keys in $work/manifest.yaml, the keys' fingerprints in $work/keys/.
# kops writes a key to the live store whatever store it is told to work on, so no copy may see one.
manifest_prepare() {
  manifest_source
  rm -rf "$work/keys"
  mkdir -p "$work/keys"
  awk -v keys="$work/keys.txt" '
    function flush() {
      if (is_key) printf "%s", document > keys
      else { if (count++) print "---"; printf "%s", document }
      document = ""; is_key = 0
    }
    BEGIN { printf "" > keys }
    /^---[ \t\r]*$/ { flush(); next }
    /^kind:[ \t]*["\047]?SSHCredential["\047]?[ \t\r]*(#.*)?$/ { is_key = 1 }
    { document = document $0 "\n" }
    END { flush() }
  ' "$manifest" >"$work/manifest.yaml"
  if grep -q "^[^#]*kind[\"']*[ \t]*:[ \t]*[\"']*SSHCredential" "$work/manifest.yaml"; then
    die "$manifest has an SSHCredential that cannot be told from its other documents" \
      'Write it as a document of its own, between lines of three dashes, with "kind: SSHCredential" at the beginning of a line.'
  fi
  grep -oE '(ssh-[a-z0-9@.-]+|ecdsa-[a-z0-9@.-]+|sk-[a-z0-9@.-]+) +AAAA[A-Za-z0-9+/]+=*' "$work/keys.txt" >"$work/keys.found" || :
  while read -r key_type key_data; do
    fingerprint=$(printf '%s' "$key_data" | base64 -d | md5_hex)
    printf '%s %s\n' "$key_type" "$key_data" >"$work/keys/$fingerprint"
  done <"$work/keys.found"
  manifest_keys=$(ls "$work/keys")
  if [ -z "$manifest_keys" ] && [ -s "$work/keys.txt" ]; then
    die "$manifest has an SSHCredential without a public key that can be read" 'Expected spec.publicKey with a key such as: ssh-ed25519 AAAA…'
  fi
}

# manifest_source: sets $manifest; renders it where it is a template.
manifest_source() {
  if [ -n "${manifest_recorded:-}" ]; then
    manifest=$manifest_recorded
  elif [ -n "${CDKOPS_TEMPLATE_FLAGS:-}" ]; then
    manifest=$work/rendered.yaml
    set -f
    # shellcheck disable=SC2086 # flags without blanks in them, as synth makes sure
    kops toolbox template $CDKOPS_TEMPLATE_FLAGS --format-yaml --out "$manifest" || {
      die 'kops toolbox template cannot render the manifest' 'Its own message is above.'
    }
    set +f
  else
    need_variables CDKOPS_MANIFEST
    manifest=$CDKOPS_MANIFEST
  fi
  [ -f "$manifest" ] || die "there is no manifest $manifest" 'Is this the top of the project? Run npx projen synth and commit what it writes.'
}

md5_hex() {
  if command -v md5sum >/dev/null 2>&1; then md5sum; else md5 -r; fi | cut -c1-32
}

# keys_compare: the fingerprints of the live keys, and whether the manifest's differ; without one in the manifest nothing is asked.
keys_compare() {
  live_keys=
  keys_change=
  [ -n "$manifest_keys" ] || return 0
  store_list "$config_base/pki/ssh/public/admin" "$work/keys.live"
  live_keys=$(cat "$work/keys.live")
  [ "$live_keys" = "$manifest_keys" ] || keys_change=true
}

# state_make: what the manifest makes of the live objects.
state_make() {
  manifest_prepare
  keys_compare
  rm -rf "$work/alone" "$work/state"
  mkdir -p "$work/alone"
  replace_into alone
  if [ -n "$is_new" ]; then cp -R "$work/alone" "$work/state"; else cp -R "$work/live" "$work/state"; fi
  # Also over what the first made, where the cluster is new: what kops fills in then it takes back the second time.
  replace_into state
  stamps_keep
  objects_of live >"$work/live.objects"
  objects_of state >"$work/state.objects"
  objects_of alone >"$work/alone.objects"
  live_kubernetes=$(kubernetes_of live)
  state_kubernetes=$(kubernetes_of state)
}

# replace_into FOLDER: kops's own judgement, in a store of this job.
replace_into() {
  kops replace --force -f "$work/manifest.yaml" --state "file://$work/$1" >"$work/replace.log" 2>&1 || {
    indented '  ' <"$work/replace.log" >&2
    die "kops does not take $manifest" 'Its own message is above. Nothing has been changed.'
  }
}

# stamps_keep: replace forgets or renews when an object was made; what has not changed must not look as if it had.
stamps_keep() {
  objects_of state >"$work/state.objects"
  while IFS= read -r stamped; do
    stamped_live=$work/live/$name/$stamped
    stamped_state=$work/state/$name/$stamped
    [ -f "$stamped_live" ] || continue
    if [ "$(object_digest live "$stamped")" = "$(object_digest state "$stamped")" ]; then
      cp "$stamped_live" "$stamped_state"
    else
      stamp=$(sed -n '/^  creationTimestamp:/{p;q;}' "$stamped_live")
      awk -v stamp="$stamp" '/^  creationTimestamp:/ { next } { print } /^metadata:$/ && stamp != "" { print stamp }' "$stamped_state" >"$work/stamped"
      cp "$work/stamped" "$stamped_state"
    fi
  done <"$work/state.objects"
}

# objects_of FOLDER: the paths of its objects, a line each.
objects_of() {
  (
    cd "$work/$1/$name" 2>/dev/null || exit 0
    find config instancegroup clusteraddons -type f 2>/dev/null | LC_ALL=C sort
  )
}

kubernetes_of() {
  sed -n 's/^  kubernetesVersion: *"\{0,1\}v\{0,1\}\([0-9][^" ]*\)"\{0,1\} *$/\1/p' "$work/$1/$name/config" 2>/dev/null | head -n 1
}

# object FOLDER PATH: an object without what kops stamps on it at each replace.
object() {
  sed -e '/^  creationTimestamp:/d' -e '/^  generation:/d' "$work/$1/$name/$2"
}

# object_digest FOLDER PATH: its digest, or nothing where it is not there.
object_digest() {
  [ ! -f "$work/$1/$name/$2" ] || object "$1" "$2" | digest
}

# digests_of FOLDER: {"config": "…", "instancegroup/nodes": "…"}
digests_of() {
  while IFS= read -r digested; do
    printf '%s\t%s\n' "$digested" "$(object_digest "$1" "$digested")"
  done <"$work/$1.objects" | jq -Rn '[inputs | split("\t") | {key: .[0], value: .[1]}] | from_entries'
}

# objects_differing: the objects of the manifest that are not live so, a path a line.
objects_differing() {
  while IFS= read -r compared; do
    [ "$(object_digest live "$compared")" = "$(object_digest state "$compared")" ] || printf '%s\n' "$compared"
  done <"$work/state.objects"
}

# groups_leaving: instance groups that are live and not in the manifest.
groups_leaving() {
  sed -n 's|^instancegroup/||p' "$work/live.objects" | while IFS= read -r group; do
    [ -f "$work/alone/$name/instancegroup/$group" ] || printf '%s\n' "$group"
  done
}

# group_role FOLDER GROUP
group_role() {
  sed -n 's/^  role: *//p' "$work/$1/$name/instancegroup/$2"
}

# kubernetes_check: one minor at a time, never down, never an older kops, unless a person says that it is meant.
kubernetes_check() {
  if store_read "$config_base/kops-version.txt" "$work/kops-version"; then
    last_kops=$(cat "$work/kops-version")
    if [ "$(version_order "$KOPS_VERSION" "$last_kops")" -lt 0 ] && ! is_acknowledged kops-downgrade; then
      die "kops $KOPS_VERSION is older than $last_kops, which changed this cluster last" \
        "Give the cluster kops: '$last_kops' or newer; where the step back is meant, acknowledge: ['kops-downgrade']."
    fi
  fi
  [ -n "$live_kubernetes" ] && [ -n "$state_kubernetes" ] || return 0
  versions="Kubernetes $live_kubernetes -> $state_kubernetes"
  if [ "$(version_order "$state_kubernetes" "$live_kubernetes")" -lt 0 ] && ! is_acknowledged kubernetes-downgrade; then
    die "$versions is a step back, which Kubernetes does not support" \
      "Give the cluster kubernetesVersion: '$live_kubernetes' or newer; where this is meant, acknowledge: ['kubernetes-downgrade']."
  fi
  if [ $(($(minor "$state_kubernetes") - $(minor "$live_kubernetes"))) -gt 1 ] && ! is_acknowledged kubernetes-skip; then
    die "$versions leaves a minor version out: Kubernetes is upgraded one minor at a time" \
      "Take 1.$(($(minor "$live_kubernetes") + 1)) first; where this is meant, acknowledge: ['kubernetes-skip']."
  fi
}

# secrets_needed: the secrets that kops wants for this spec and the store does not have, a name a line.
secrets_needed() {
  wanted=
  ! grep -q '^  encryptionConfig: true$' "$work/state/$name/config" || wanted="$wanted encryptionconfig"
  if grep -q '^      enableEncryption: true$' "$work/state/$name/config" && grep -q '^      encryptionType: ipsec$' "$work/state/$name/config"; then
    wanted="$wanted ciliumpassword"
  fi
  [ -z "${CDKOPS_DOCKER_CONFIG:-}" ] || wanted="$wanted dockerconfig"
  [ -n "$wanted" ] || return 0
  store_list "$config_base/secrets" "$work/secrets.live"
  for secret in $wanted; do
    grep -qx "$secret" "$work/secrets.live" || printf '%s\n' "$secret"
  done
}
