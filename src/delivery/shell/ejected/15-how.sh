# How to change something: in the files themselves, since no code gives them.

# Names of variables are text here.
# shellcheck disable=SC2034

how_mend='Mend the file and commit it.'
how_change='It has lines of cdkops at its top, which this project has no more: take those two lines out and commit that.'
how_variables='Write it on one line, NAME: value, four blanks before it; without a reference to another variable, which a gate cannot look up.'
how_newer='Take the .gitlab/cdkops.sh of that version.'
how_image='Take an image that has them (image, in the template of these jobs), or install them in a before_script.'
how_download='CDKOPS_KOPS_SHA256_AMD64 and CDKOPS_KOPS_SHA256_ARM64, its digests'
how_lock="write the digest that kops's release has beside its binary into CDKOPS_KOPS_SHA256_AMD64 or _ARM64 in the cluster's pipeline.yml."
how_api_server='CDKOPS_API_SERVER'
how_kubeconfig='CDKOPS_USE_KUBECONFIG'
how_forget='its name among those of CDKOPS_FORGOTTEN, a variable of the jobs drift.'
how_no_drain='CDKOPS_PRUNE: no-drain'
how_prune_control_plane="add the word control-plane to CDKOPS_PRUNE in the cluster's pipeline.yml, and commit."
how_not_retired='Give its pipeline.yml the jobs of a cluster that stays first.'
how_plans='a rule of its dryrun with merge_request_event'

# how_kops VERSION: what gives the cluster that kops.
how_kops() {
  printf 'KOPS_VERSION: %s' "$1"
}

# how_acknowledge WORD: what lets through what is refused.
how_acknowledge() {
  printf 'CDKOPS_ACKNOWLEDGE: %s' "$1"
}
