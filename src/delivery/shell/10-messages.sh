# shellcheck shell=sh
# What the jobs of one cluster do, over plain kops, the state store's client, git and jq:
#
#   sh .gitlab/cdkops.sh help
#
# Each job calls this file with one command, and so can a person. Everything that it needs to know comes in
# environment variables; nothing that a manifest, a branch or a merge request says is ever interpreted.

# Single quotes hold programs for jq and awk; names in capitals are the pipeline's variables.
# shellcheck disable=SC2016,SC2153

set -eu
# jq before 1.7 takes the summer time of the place for a part of a time.
export TZ=UTC

# say LINE…: what happened, for the log.
say() {
  printf '%s\n' "$@"
}

# heading TEXT: a new part of the log.
heading() {
  printf '\n== %s\n' "$1"
}

# warn LINE…: something that a person should know, though the job goes on.
warn() {
  printf 'cdkops: warning: %s\n' "$@" >&2
}

# fail CODE MESSAGE NEXT…: ends the job; MESSAGE says what is wrong, each NEXT what to do.
fail() {
  fail_code=$1
  printf '\ncdkops: %s\n' "$2" >&2
  shift 2
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit "$fail_code"
}

# die MESSAGE NEXT…: ends the job with exit code 1.
die() {
  fail 1 "$@"
}

# indented PREFIX: standard input, each line after PREFIX.
indented() {
  while IFS= read -r indented_line || [ -n "$indented_line" ]; do
    printf '%s%s\n' "$1" "$indented_line"
  done
}

# quoted TEXT: TEXT as one word for a shell.
quoted() {
  case $1 in
    '' | *[!A-Za-z0-9@%+=:,./_-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

# contains WORD LIST…: whether WORD is one of the words of LIST.
contains() {
  case " $2 " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# lines_not_in FILE: the lines of standard input that FILE does not have.
lines_not_in() {
  awk -v file="$1" 'BEGIN { while ((getline line < file) > 0) known[line] } !($0 in known)'
}

# digest: the SHA-256 of standard input.
digest() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -c1-64
}

# now: the time, as it is written everywhere.
now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

# seconds_of TIME: seconds since 1970 of a time in ISO 8601 with any offset or fraction; nothing where it is no such time.
seconds_of() {
  jq -rn --arg time "$1" '
    try (
      $time
      | capture("^(?<to>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})([.,][0-9]+)?(?<zone>Z|[+-][0-9]{2}:?[0-9]{2})$")
      | (if .zone == "Z" then 0
         else (.zone | capture("^(?<sign>.)(?<hours>..):?(?<minutes>..)$") | (.hours | tonumber) * 60 + (.minutes | tonumber) | . * 60)
           * (if .zone[:1] == "-" then -1 else 1 end)
         end) as $offset
      | (.to + "Z" | fromdateiso8601) - $offset
    ) catch empty'
}

# is_fresh TIME: whether it is less than a day ago. Clocks of two machines differ: an hour to come is none to speak of.
is_fresh() {
  fresh_seconds=$(seconds_of "$1")
  [ -n "$fresh_seconds" ] || return 1
  fresh_age=$(($(date -u +%s) - fresh_seconds))
  [ "$fresh_age" -lt 86400 ] && [ "$fresh_age" -gt -3600 ]
}

# time_of SECONDS: the other way round.
time_of() {
  jq -rn --arg seconds "$1" '$seconds | tonumber | todateiso8601'
}

# plainly: standard input without what could pass for another line, or move a terminal's cursor.
plainly() {
  tr '\n\t' '  ' | tr -d '\000-\037\177' | sed 's/  *$//'
}

# version_order A B: prints -1, 0 or 1, as version A is lower than, equal to or higher than B.
version_order() {
  printf '%s\n%s\n' "${1#v}" "${2#v}" | awk -F'[.+-]' '
    { for (part = 1; part <= 3; part++) number[NR, part] = $part + 0 }
    END {
      for (part = 1; part <= 3; part++) {
        if (number[1, part] < number[2, part]) { print -1; exit }
        if (number[1, part] > number[2, part]) { print 1; exit }
      }
      print 0
    }'
}

# kops_is_at_least VERSION: whether the cluster's kOps is that or newer.
kops_is_at_least() {
  [ "$(version_order "$KOPS_VERSION" "$1")" -ge 0 ]
}

# minor_of VERSION: 1.35 of 1.35.2.
minor_of() {
  printf '%s\n' "${1#v}" | cut -d. -f1,2
}

# minor VERSION: 35 of 1.35.2.
minor() {
  printf '%s\n' "${1#v}" | cut -d. -f2
}
