import { Fleet, StateStore, Wave } from 'cdkops';
import { addShopK8sAcmeExample } from './shop.k8s.acme.example/cluster';

/** All clusters, in waves. */
export const fleet = new Fleet({
  stateStore: StateStore.s3('acme-kops-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.5',
});

const imported = new Wave(fleet, 'imported');
addShopK8sAcmeExample(imported);
// cdkops import: new clusters go above this line.
