# How to change something: in the code that gives these files. An ejected script has other words for the same, in `ejected`.

# Names of settings are text here.
# shellcheck disable=SC2034

how_mend='Run npx projen synth and commit what it writes.'
how_change='Make the change in the code, run npx projen synth and commit what it writes.'
how_variables='Run npx projen synth and commit what it writes. A reference to another variable belongs into the jobs.variables of the fleet or wave.'
how_newer='Take a newer version of cdkops, synthesise and commit.'
how_image='Take an image that has them (the setting jobs.image), or install them in jobs.beforeScript.'
how_download='kopsBinary'
how_lock='take the lines of this version out of the lock, if there are any, run npx cdkops lock, synthesise and commit.'
how_api_server='apiServer'
how_kubeconfig='useKubeconfig'
how_forget="fleet.forget('<name>', '<reason>')."
how_no_drain='prune: { drain: false }'
how_prune_control_plane='set prune: { controlPlane: true }, synthesise and commit.'
how_not_retired='Take retired out of the code first.'
how_plans='plansInMergeRequests'

# how_kops VERSION: what gives the cluster that kops.
how_kops() {
  printf "kops: '%s'" "$1"
}

# how_acknowledge WORD: what lets through what is refused.
how_acknowledge() {
  printf "acknowledge: ['%s']" "$1"
}
