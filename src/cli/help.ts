/** What `cdkops --help` teaches beyond the list of commands. */
export const PROGRAM_HELP = `
The fleet is defined in clusters/fleet.ts:

  import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

  export const fleet = new Fleet({
    stateStore: StateStore.s3('acme-kops-state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
  });
  const dev = new Wave(fleet, 'dev');
  new Cluster(dev, 'dev.k8s.example.com', { zones: ['eu-central-1a'] });

Change it, run npx projen synth, commit the code together with the files that it became.

Exit codes: 0 done, 1 something is wrong (it is said on standard error), 2 wrong use of the command.`;

/** What `cdkops synth --help` teaches. */
export const SYNTH_HELP = `
Writes for each cluster clusters/NAME/kops.yaml, which kOps reads, and clusters/NAME/pipeline.yml, its jobs; and
.gitlab-ci.yml, which includes them. All or nothing: when anything is wrong, types included, no file changes. Files
that cdkops did not write are never touched; files of clusters that the fleet does not have any more are removed,
unless somebody changed them.

Examples:
  npx projen synth                        the fleet of clusters/fleet.ts
  npx projen synth --app clusters/lab.ts  another file of the project
  npx projen synth --no-type-check        faster, while an editor checks types`;

/** What `cdkops check --help` teaches. */
export const CHECK_HELP = `
For merge requests: fails with exit code 1 and a diff when the committed files are not what the code gives, because
somebody forgot npx projen synth, or changed a generated file by hand.

Examples:
  npx projen check                        the fleet of clusters/fleet.ts
  npx projen check --app clusters/lab.ts  another file of the project`;
