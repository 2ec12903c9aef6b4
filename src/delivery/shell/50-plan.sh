# The plan: what `kops update cluster` would do, made on the copy, so that neither live state nor cloud is touched.

# plan_make FOLDER: writes plan.txt and plan.json. Equal plans are equal bytes.
plan_make() {
  mkdir -p "$1"
  secrets_needed >"$work/secrets.missing"
  planned_make
  # shellcheck disable=SC2086 # flags without blanks in them
  KUBECONFIG="$work/no-kubeconfig" kops update cluster --name "$name" --state "file://$work/planned" $kops_flags >"$work/update.out" 2>"$work/update.err" || {
    indented '  ' <"$work/update.out" >&2
    indented '  ' <"$work/update.err" >&2
    die "kops cannot plan this cluster" 'Its own message is above. Nothing has been changed.'
  }
  sed -n 's/^W[0-9]* [^]]*\] //p' "$work/update.err" | grep -v 'not functional for running clusters' >"$work/warnings" || :
  plan_sections <"$work/update.out" >"$work/sections"
  plan_json >"$1/plan.json"
  plan_text "$1" >"$1/plan.txt"
}

# planned_make: kops makes no plan where a secret is missing that the spec asks for, and the store gets it in update alone.
planned_make() {
  rm -rf "$work/planned"
  cp -R "$work/state" "$work/planned"
  while IFS= read -r secret; do
    case $secret in
      encryptionconfig) unplanned='^  encryptionConfig: true$' ;;
      ciliumpassword) unplanned='^      (enableEncryption: true|encryptionType: ipsec)$' ;;
      *) continue ;;
    esac
    sed -E "/$unplanned/d" "$work/planned/$name/config" >"$work/config.part"
    cp "$work/config.part" "$work/planned/$name/config"
  done <"$work/secrets.missing"
}

# plan_sections: kops's output without what is no plan, and in one order: kops prints maps as Go has them, by chance. Paths of
# this run and addresses in memory are replaced.
plan_sections() {
  awk '
    # The members of each {…} of a field, sorted; braces may nest.
    function ordered(text,   at, char, depth, from, out, members, count, part, i) {
      out = ""
      while ((at = index(text, "{")) > 0) {
        out = out substr(text, 1, at - 1)
        depth = 0
        for (i = at; i <= length(text); i++) {
          char = substr(text, i, 1)
          if (char == "{") depth++
          if (char == "}" && --depth == 0) break
        }
        if (depth != 0) return out substr(text, at)
        out = out "{" sorted(substr(text, at + 1, i - at - 1)) "}"
        text = substr(text, i + 1)
      }
      return out text
    }
    # A member is "key: value", the key with blanks or colons in it, too; what lies between two commas and has no key belongs
    # to the value before it. A value may look like members: its parts are the same ones each time, and so is their order.
    function sorted(text,   parts, count, i, j, members, amount, depth, piece, joined) {
      count = split(text, parts, ", ")
      amount = 0
      depth = 0
      for (i = 1; i <= count; i++) {
        if (amount > 0 && (depth > 0 || !index(parts[i], ": "))) members[amount] = members[amount] ", " parts[i]
        else members[++amount] = parts[i]
        piece = parts[i]
        depth += gsub(/[{[]/, "", piece) - gsub(/[]}]/, "", piece)
      }
      for (i = 1; i <= amount; i++) if (index(members[i], "{")) members[i] = ordered(members[i])
      for (i = 2; i <= amount; i++) {
        piece = members[i]
        for (j = i - 1; j >= 1 && members[j] > piece; j--) members[j + 1] = members[j]
        members[j + 1] = piece
      }
      joined = members[1]
      for (i = 2; i <= amount; i++) joined = joined ", " members[i]
      return joined
    }
    function flush_deletions(   i, j, item) {
      for (i = 2; i <= items; i++) {
        item = deletions[i]
        for (j = i - 1; j >= 1 && deletions[j] > item; j--) deletions[j + 1] = deletions[j]
        deletions[j + 1] = item
      }
      for (i = 1; i <= items; i++) print deletions[i]
      items = 0
    }
    /^Will create resources:$/ || /^Will modify resources:$/ { started = 1; deleting = 0 }
    /^Items will be deleted / { started = 1; deleting = 1; print; next }
    # A map goes on over the lines of its values; with them in one, nothing in it passes for a part of the plan.
    function is_whole(text,   piece) {
      piece = text
      return gsub(/[{]/, "", piece) <= gsub(/[}]/, "", piece)
    }
    function flush_map() {
      if (map == "") return
      map = ordered(map)
      if (is_whole(map)) gsub(/\n/, "\\n", map)
      print map
      map = ""
    }
    map != "" && !/^  \t/ && !/^  [A-Za-z0-9]+\// {
      map = map "\n" $0
      if (is_whole(map)) flush_map()
      next
    }
    { flush_map() }
    # Not the end: a value of several lines may have such a line, and must not hide what follows.
    /^Must specify --yes to apply changes$/ || /^No changes need to be applied$/ { flush_deletions(); next }
    !started { next }
    deleting && /^  / { deletions[++items] = $0; next }
    deleting { flush_deletions() }
    # The field of a resource; in a longer difference the name is blank, and the lines are the text of a file.
    /^  \t[^ \t]/ { map = $0; if (is_whole(map)) flush_map(); next }
    { print }
    END { flush_map(); flush_deletions() }
  ' | awk 'NF { printf "%s%s\n", blanks, $0; blanks = ""; next } { blanks = blanks $0 "\n" }' |
    plan_without_secrets |
    sed -e "s|$work|<temporary folder>|g" -e 's/0x[0-9a-f]\{6,\}/0x…/g'
}

# plan_without_secrets: kops writes tokens and keys into manifests of add-ons, and shows what changes in them. That they change
# stays to be seen.
plan_without_secrets() {
  awk '
    BEGIN {
      count = split("HCLOUD_TOKEN DIGITALOCEAN_ACCESS_TOKEN SCW_ACCESS_KEY SCW_SECRET_KEY OS_PASSWORD OS_APPLICATION_CREDENTIAL_SECRET AZURE_CLIENT_SECRET AWS_SECRET_ACCESS_KEY S3_SECRET_ACCESS_KEY", names, " ")
    }
    function without(text, value,   at, out) {
      out = ""
      while ((at = index(text, value)) > 0) {
        out = out substr(text, 1, at - 1) "<secret>"
        text = substr(text, at + length(value))
      }
      return out text
    }
    {
      for (i = 1; i <= count; i++) if (length(ENVIRON[names[i]]) >= 8) $0 = without($0, ENVIRON[names[i]])
      gsub(/rfc4106\(gcm\(aes\)\) [0-9A-Za-z]+/, "rfc4106(gcm(aes)) <secret>")
    }
    # The lines of a file: two columns say what happens to each.
    !/^  \t +\t/ { depth = -1; print; next }
    {
      line = $0
      sub(/^  \t +\t../, "", line)
      head = substr($0, 1, length($0) - length(line))
      match(line, /^ */)
      indent = RLENGTH
      if (line ~ /^ *stringData:/) depth = indent
      else if (line ~ /[^ ]/ && indent <= depth) depth = -1
      if (depth >= 0 && indent > depth && line ~ /^ *[^ :]+: *[^ ]/) sub(/: .*/, ": <secret>", line)
      else if (tolower(line) ~ /^[ -]*"?[a-z0-9_.-]*(token|password|passwd|secret|secret-?key|access-?key|private-?key|api-?key)"?: *[^ ]/ && line !~ /: *(true|false|null|[0-9]+) *$/) sub(/: .*/, ": <secret>", line)
      print head line
    }
  '
}

# plan_json: the plan for programs.
plan_json() {
  digests_of live >"$work/live.json"
  digests_of state >"$work/state.json"
  jq -Rn \
    --arg cluster "$name" --arg commit "$commit" --arg kops "$KOPS_VERSION" --arg manifestDigest "$wanted_digest" \
    --arg before "$live_kubernetes" --arg after "$state_kubernetes" --arg isNew "$is_new" \
    --arg liveKeys "$live_keys" --arg manifestKeys "$manifest_keys" --arg keysChange "$keys_change" \
    --arg digest "$(plan_digest)" --argjson rolledBack "$(rolling_back)" \
    --slurpfile base "$work/live.json" --slurpfile target "$work/state.json" \
    --rawfile leaving "$work/groups.leaving" --rawfile secrets "$work/secrets.missing" --rawfile differing "$work/objects.differing" '
    def lines: split("\n") | map(select(. != ""));
    def nullable: if . == "" then null else . end;
    reduce inputs as $line ({section: null, sections: {create: [], modify: [], delete: [], prune: []}};
      if $line == "Will create resources:" then .section = "create"
      elif $line == "Will modify resources:" then .section = "modify"
      elif $line | startswith("Items will be deleted during update") then .section = "delete"
      elif $line | startswith("Items will be deleted only when") then .section = "prune"
      elif $line == "" or .section == null then .
      elif .section == "delete" or .section == "prune" then
        .sections[.section] += [$line | capture("^ *(?<type>[^ ]+) +(?<item>.*)$")]
      elif $line | test("^  [^ \t]") then .sections[.section] += [{resource: $line[2:], fields: []}]
      elif $line | test("^  \t[^ \t]") then
        ($line | capture("^  \t(?<field>[^ \t]+) *(\t(?<value>.*))?$")) as $field
        | .sections[.section][-1].fields += [{field: $field.field, value: (($field.value // "") | sub("^ "; ""))}]
      elif (.sections[.section][-1].fields | length) > 0 then
        .sections[.section][-1].fields[-1].value += ((if .sections[.section][-1].fields[-1].value == "" then "" else "\n" end) + ($line | ltrimstr("  \t") | sub("^ *\t"; "")))
      else . end)
    | .sections
    | . as $sections
    | {
        format: 1, $cluster, $commit, $kops, $manifestDigest, $rolledBack, $digest,
        new: ($isNew != ""),
        kubernetes: {before: ($before | nullable), after: ($after | nullable)},
        create, modify, delete, prune,
        objects: ($differing | lines),
        instanceGroupsLeaving: ($leaving | lines),
        roll: [ $sections.modify[].resource | select(startswith("LaunchTemplate/")) | ltrimstr("LaunchTemplate/") | rtrimstr("." + $cluster) | rtrimstr(".masters") ] | unique,
        sshKeys: (if $keysChange == "" then null else {before: ($liveKeys | lines), after: ($manifestKeys | lines)} end),
        secretsMissing: ($secrets | lines),
        base: $base[0], target: $target[0]
      }' <"$work/sections"
}

# plan_digest: of all that an approval is about.
plan_digest() {
  {
    cat "$work/sections" "$work/groups.leaving" "$work/secrets.missing"
    printf '%s\n' "$keys_change" "$live_keys" "$manifest_keys"
    jq -cS . "$work/state.json"
  } | digest
}

# plan_text FOLDER: the plan for people. Nothing in it may change from run to run.
plan_text() {
  printf '%s, kOps %s' "$name" "$KOPS_VERSION"
  if [ -n "$is_new" ]; then
    printf ', Kubernetes %s: a new cluster\n' "$state_kubernetes"
  elif [ "$live_kubernetes" = "$state_kubernetes" ]; then
    printf ', Kubernetes %s\n' "$state_kubernetes"
  else
    printf ', Kubernetes %s -> %s\n' "$live_kubernetes" "$state_kubernetes"
  fi
  ! is_rolling_back || printf '\nRolls back to manifest %s, of %s.\n' "$wanted_digest" "$(manifest_commit "$wanted_digest")"
  objects_diff "$work/objects.differing"
  if [ -n "$keys_change" ]; then
    printf '\nThe SSH key changes; with it all launch templates, which is not in the plan below. By fingerprint:\n'
    printf '%s\n' "$live_keys" | sed '/^$/d' | indented '  - '
    printf '%s\n' "$manifest_keys" | sed '/^$/d' | indented '  + '
  fi
  if [ -s "$work/secrets.missing" ]; then
    printf '\nSecrets that update creates first; what needs them is left out of the plan below:\n'
    indented '  ' <"$work/secrets.missing"
  fi
  if [ -s "$work/groups.leaving" ]; then
    if is_rolling_back; then
      printf '\nInstance groups that are live and not in that manifest. They stay: a roll-back removes none:\n'
    else
      printf '\nInstance groups that are live and not in the manifest. update leaves them alone; prune removes them:\n'
    fi
    indented '  ' <"$work/groups.leaving"
  fi
  printf '\n'
  if [ -s "$work/sections" ]; then cat "$work/sections"; else printf 'No changes need to be applied to the cloud.\n'; fi
  plan_rolls "$1"
}

# objects_diff LIST: what the manifest changes in those of kops's own objects, as a diff.
objects_diff() {
  [ -z "$is_new" ] || return 0
  while IFS= read -r shown; do
    mkdir -p "$work/diff/live/$(dirname "$shown")" "$work/diff/manifest/$(dirname "$shown")"
    if [ -f "$work/live/$name/$shown" ]; then object live "$shown" >"$work/diff/live/$shown"; else : >"$work/diff/live/$shown"; fi
    object state "$shown" >"$work/diff/manifest/$shown"
    printf '\n%s\n' "$shown"
    diff -u "$work/diff/live/$shown" "$work/diff/manifest/$shown" | sed -e '1,2d' | indented '  ' || :
  done <"$1"
}

# plan_rolls FOLDER: what is known of the nodes.
plan_rolls() {
  [ -z "$is_new" ] || return 0
  if jq -e '.roll != []' "$1/plan.json" >/dev/null; then
    printf '\nNodes of these instance groups will need rolling, where there are any:\n'
    jq -r '.roll[]' "$1/plan.json" | indented '  '
  elif [ "$(cloud_provider)" != aws ]; then
    printf '\nWhether nodes need rolling is known after update, on this cloud.\n'
  fi
}

cloud_provider() {
  sed -n 's/^  cloudProvider: *//p' "$work/state/$name/config"
}

# plan_is_empty FOLDER: whether neither cloud nor live objects nor keys nor secrets would change.
plan_is_empty() {
  jq -e '(.create + .modify + .delete == []) and .objects == [] and .sshKeys == null and .secretsMissing == []' "$1/plan.json" >/dev/null
}

# plan_summary FOLDER: one line.
plan_summary() {
  jq -r '"\(.create | length) to create, \(.modify | length) to change, \(.delete | length) to delete"
    + (if .instanceGroupsLeaving == [] then "" else (if .rolledBack then ", instance groups that stay: " else ", instance groups to prune: " end) + "\(.instanceGroupsLeaving | join(", "))" end)
    + (if .roll == [] then "" else "; nodes of \(.roll | join(", ")) will need rolling" end)' "$1/plan.json"
}
