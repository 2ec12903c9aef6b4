import { Cluster, Delivery, Fleet, ManifestCluster, StateStore, TemplateCluster, Wave } from 'cdkops';

/** Clusters whose manifests are not made of constructs, with the same jobs as any other. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state', { region: 'eu-central-1' }),
  kops: '1.36.2',
});
const dev = new Wave(fleet, 'dev');

// A manifest that people write: judged at synth, and never changed.
new ManifestCluster(dev, 'old.k8s.acme.example', {
  manifest: 'docs/examples/manifests/old.k8s.acme.example.yaml',
});

// A template of kOps's own: the job renders it, so that synth cannot judge it.
const lab = new TemplateCluster(dev, 'lab.k8s.acme.example', {
  template: ['docs/examples/templates/cluster.yaml'],
  values: ['docs/examples/templates/all.yaml', 'docs/examples/templates/lab.yaml'],
});

// A cluster made of constructs, beside them.
new Cluster(dev, 'new.k8s.acme.example', { zones: ['eu-central-1a'], kubernetesVersion: '1.35.5' });

// Settings can be given afterwards, too.
Delivery.of(lab).set({ validation: { wait: '30m' } });
