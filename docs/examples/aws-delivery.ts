import { Cluster, Fleet, StateStore, Wave } from 'cdkops';

/** How clusters get to the cloud: every setting of their jobs, each for the fleet, a wave or a cluster. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',

  // The file, for a project that has a .gitlab-ci.yml of its own, and the job that checks what was committed.
  pipeline: {
    file: 'ci/kops.yml',
    verify: { image: 'node:22', tags: ['docker'], cache: { key: 'npm', paths: ['.npm/'] } },
  },

  // What the jobs run in. GitLab expands `$NAME`.
  jobs: {
    image: '$CI_REGISTRY_IMAGE/kops:$KOPS_VERSION',
    tags: ['docker'],
    variables: { HTTPS_PROXY: 'http://proxy.acme.example:3128' },
    beforeScript: ['./ci/trust-our-authority.sh'],
    cache: { key: 'tools', paths: ['.tools/'] },
  },

  // What runs before anything is changed, and what must succeed before a cluster counts as rolled out.
  beforeUpdate: ['./ci/announce.sh "$KOPS_CLUSTER_NAME"'],
  afterRoll: [
    'sh .gitlab/cdkops.sh with-kubeconfig kubectl get nodes',
    'sh .gitlab/cdkops.sh with-kubeconfig ./ci/smoke-test.sh',
  ],

  // How nodes are replaced, and when a cluster counts as ready.
  rollingUpdate: { nodeInterval: '30s', drainTimeout: '30m' },
  validation: { wait: '20m', interval: '15s', count: 3 },
  timeouts: { update: '90m', roll: '1 day' },
});

const dev = new Wave(fleet, 'dev', {
  credentials: {
    aws: {
      planRole: 'arn:aws:iam::123456789012:role/kops-dev-plan',
      changeRole: 'arn:aws:iam::123456789012:role/kops-dev-change',
      readRole: 'arn:aws:iam::123456789012:role/kops-dev-read',
    },
  },
  // Pods in development may be killed, and old launch templates need not be kept.
  prune: { drain: false, revisions: true },
});
new Cluster(dev, 'dev.k8s.acme.example', { zones: ['eu-central-1a'] });

// A trial that went too far ahead, on purpose.
new Cluster(dev, 'next.k8s.acme.example', {
  zones: ['eu-central-1a'],
  kubernetesVersion: '1.36.0',
  acknowledge: ['kubernetes-skip'],
});

const prod = new Wave(fleet, 'prod', {
  plansInMergeRequests: false,
  credentials: {
    aws: {
      planRole: 'arn:aws:iam::123456789012:role/kops-prod-plan',
      changeRole: 'arn:aws:iam::123456789012:role/kops-prod-change',
      audience: 'https://gitlab.acme.example',
    },
  },
  environment: { deployment_tier: 'production', url: 'https://grafana.acme.example/d/$KOPS_CLUSTER_NAME' },
  rollingUpdate: { nodeInterval: '2m' },
});

// Behind a firewall: runners in its network reach its API by another address.
new Cluster(prod, 'eu.k8s.acme.example', {
  zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  controlPlane: { count: 3 },
  topology: 'private',
  api: 'internal',
  apiServer: 'https://10.0.0.10',
  jobs: { tags: ['eu-network'] },
});

// The runner of the office has a kubeconfig, and keys of its own for AWS; a group is rolled by its users themselves.
new Cluster(prod, 'office.k8s.acme.example', {
  zones: ['eu-west-1a'],
  credentials: false,
  useKubeconfig: true,
  jobs: { tags: ['office'] },
  rollingUpdate: { excludeInstanceGroups: ['nodes-eu-west-1a'] },
  prune: false,
});

// On its way out: its jobs show what would be deleted, and delete it.
new Cluster(prod, 'us.k8s.acme.example', { zones: ['us-east-1a'], retired: true });

// Gone from the code, and still running: others look after it now.
fleet.forget('data.k8s.acme.example', 'handed over to the data team');
