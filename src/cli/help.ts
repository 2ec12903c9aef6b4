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

Exit codes: 0 done, 1 something is wrong (it is said on standard error), 2 wrong use of the command; with
--fail 100 where diff found differences or outdated something newer, 101 where outdated found something overdue.`;

/** What `cdkops synth --help` teaches. */
export const SYNTH_HELP = `
Writes for each cluster clusters/NAME/kops.yaml, which kOps reads, and clusters/NAME/pipeline.yml, its jobs; and
.gitlab-ci.yml, which includes them. All or nothing: when anything is wrong, types included, no file changes. Files
that cdkops did not write are never touched. A cluster can leave the code when it was retired, or forgotten
(fleet.forget); its files are removed then, unless somebody changed them.

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

/** What `cdkops diff --help` teaches. */
export const DIFF_HELP = `
Reads the manifests in clusters/ (and those written by hand, where the jobs of a cluster name one), on disk and on the
other side, and tells which fields went from what to what: order, comments and spelling of the YAML do not count.
Instance groups, subnets, etcd members and other lists with names are matched by these. With each field stands what it
does to the cluster when it is rolled out, as far as kOps's rules say:

  cannot be changed in place   kOps or the cloud refuses it
  replaces it                  something is made anew: what, is said beside it
  rolls …                      machines are replaced, one after the other
  no restart                   no machine is touched

The other side is one of:

  committed   HEAD; also a commit, a branch, a tag. Offline; with the jobs of each cluster and the pipeline that all
              share. What cannot be read there is a warning, on disk an error.
  live        what kOps has in the clusters' state stores, read by the kops on PATH, else, from s3, do and scw, by aws;
              with your own credentials, which read config, instancegroup/ and clusteraddons/. Where the stores are is
              said by clusters/NAME/pipeline.yml, else by spec.configBase. SSH keys are not compared. A cluster that
              cannot be read is an error, and the others are told.

A branch that is called live or committed is refs/heads/live. The fleet's code does not run.

With --fail differences end with exit code 100; 1 remains for what goes wrong. In a merge request's job, which needs
GIT_DEPTH: "0", compare with $CI_MERGE_REQUEST_DIFF_BASE_SHA.

Examples:
  npx cdkops diff                                  what is not committed yet
  npx cdkops diff eu.k8s.example.com               the same for one cluster
  npx cdkops diff --against origin/main            what the branch changes
  npx cdkops diff --against v1.4 --markdown        since a tag, for a merge request's description
  npx cdkops diff --against live --fail            whether all is rolled out, for a script
  npx cdkops diff --json | jq '.clusters[] | select(.effects.worst == "immutable").cluster'`;

/** What `cdkops graph --help` teaches. */
export const GRAPH_HELP = `
Waves from left to right, between them what opens the next one: the waves before, the soak, a person. In a wave its
clusters with their versions: the canary goes first, a dashed box is retired. A wave of more than 50 clusters is folded
into boxes of equal versions, unless --all is given. The same fleet gives the same text, so it can be committed.

  mermaid   GitLab draws it in Markdown, between \`\`\`mermaid and \`\`\`
  dot       for Graphviz
  svg       a picture; needs the package @viz-js/viz: npm install --save-dev @viz-js/viz

Without --format the name of the file says it: .svg, .dot or .gv; all else is Mermaid. Types are not checked. Nothing is
written but the file, whole or not at all.

Examples:
  npx cdkops graph                                 Mermaid on standard output
  npx cdkops graph --wave prod                     one wave
  npx cdkops graph --output docs/fleet.svg         a picture
  npx cdkops graph --format dot | dot -Tpdf        with a Graphviz of your own`;

/** What `cdkops lock --help` teaches. */
export const LOCK_HELP = `
Jobs with kopsBinary: 'download' run a kOps binary only if it has the digest that this repository names. For each version
that such jobs of the fleet use, this reads the SHA-256 that kOps publishes beside its Linux binaries (amd64, arm64) and
writes clusters/kops.lock.json, which is committed. A digest that is there is never replaced: to have it read again, take
its lines out of the file. With versions as arguments these are added; without, versions that no cluster uses go.

Only this command needs the network. Node heeds HTTPS_PROXY from version 22.21 on, with NODE_USE_ENV_PROXY=1.

Examples:
  npx cdkops lock                                  what the fleet downloads
  npx cdkops lock 1.36.2                           one more version, before the fleet uses it
  npx cdkops lock --url https://mirror.example.com/kops    a mirror: v1.36.2/kops-linux-amd64.sha256 below it`;

/** What `cdkops outdated --help` teaches. */
export const OUTDATED_HELP = `
For each cluster of the fleet: its kOps and Kubernetes, what each could be, the next minor release of Kubernetes, and
the end of life of the one it has; below that what to do. The last column:

  required  kOps refuses the version, or nobody maintains it: Kubernetes maintains a minor release until its end of
            life, kOps its newest minor release and the one before
  soon      its end of life is near (--within), or its kOps calls its Kubernetes deprecated
  newer     there is a newer kOps that runs its Kubernetes, or a newer patch release of its Kubernetes
  current   neither; that there is a next minor release of Kubernetes is no reason by itself
  unknown   the manifest does not say which Kubernetes, or a job renders it from a template
  retired   the cluster is on its way out, nothing is said of it

Offline, by what ships with cdkops: kOps's channel stable, its releases, the days on which Kubernetes's releases end; of
which day that is stands below. With --online it asks kOps's channel stable, with --channel the one that you name. kOps
itself asks the channel that a cluster's spec.channel names. Node heeds HTTPS_PROXY from version 22.21 on, with
NODE_USE_ENV_PROXY=1.

With --fail: 0 nothing to do, 100 something is newer or soon, 101 something is required. Without it these are 0,
too. 1 and 2 remain for what goes wrong, so that "allow_failure: exit_codes: 100" makes a warning of nothing else.

Examples:
  npx cdkops outdated                              the fleet of clusters/fleet.ts
  npx cdkops outdated eu.k8s.example.com           one cluster
  npx cdkops outdated --online --fail              for a scheduled pipeline
  npx cdkops outdated --channel mirror/stable      a file that you keep
  npx cdkops outdated --json | jq '.clusters[] | select(.status == "required").name'`;

/** What `cdkops roles --help` teaches. */
export const ROLES_HELP = `
For each role of AWS that the fleet names in its credentials: what it can do, the policy that says who may take it, and
the policy that says what it may do. Roles are made by an administrator, not by cdkops:

  credentials: { aws: { planRole: 'arn:aws:iam::123456789012:role/cdkops-plan', changeRole: 'arn:aws:iam::…' } }

The account needs GitLab as an OpenID Connect provider, with the credentials' audience (by default GitLab's address).
A plan role is trusted on every branch where merge requests plan, and on the default branch alone where
plansInMergeRequests is false. For state stores in S3; others have CI/CD variables with credentials of their own.

What no manifest says has to be added by hand: kms:Decrypt (and kms:GenerateDataKey to change) where the bucket is
encrypted with a key of your own, ssm:GetParameter for images that your own parameters name.

Examples:
  npx cdkops roles                                 all roles; the project is that of git's remote origin
  npx cdkops roles eu.k8s.example.com              the roles of one cluster
  npx cdkops roles --gitlab-url https://gitlab.example.com --project acme/clusters --branch main
  npx cdkops roles --json | jq '.roles[0].trust'`;
