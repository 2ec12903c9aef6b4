import { Cluster, Fleet, NodeGroup, StateStore, Wave } from '../../src';
import { clusterSettings } from '../../src/kops/settings';
import { groupsOf, specOf } from './support';

const SETTINGS = { stateStore: StateStore.s3('a'), kops: '1.36.2', kubernetesVersion: '1.35.1' };

test('the nearest wins: fleet, then wave, then cluster', () => {
  const fleet = new Fleet({ ...SETTINGS, topology: 'private', cloudLabels: { at: 'fleet' }, dns: 'none' });
  const wave = new Wave(fleet, 'wave', { cloudLabels: { at: 'wave' }, kops: '1.35.0' });
  const cluster = new Cluster(wave, 'c.k8s.local', {
    zones: ['eu-central-1a'],
    cloudLabels: { at: 'cluster' },
  });
  expect(specOf(cluster).cloudLabels).toEqual({ at: 'cluster' });
  expect(cluster.kopsVersion).toBe('1.35.0');
  expect(cluster.release).toBe('1.35');
  expect(cluster.setting('topology')).toBe('private');
});

test('undefined does not hide what is set further up', () => {
  const wave = new Wave(new Fleet({ ...SETTINGS, channel: 'alpha' }), 'wave', { channel: undefined });
  const cluster = new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'], channel: undefined });
  expect(specOf(cluster).channel).toBe('alpha');
});

test('where a value comes from can be told', () => {
  const wave = new Wave(new Fleet(SETTINGS), 'wave', { topology: 'private' });
  const cluster = new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'] });
  expect(clusterSettings.origin(cluster, 'topology')).toEqual({ value: 'private', construct: wave });
  expect(clusterSettings.origin(cluster, 'kops')?.construct).toBe(wave.node.root);
  expect(clusterSettings.origin(cluster, 'image')).toBeUndefined();
});

test('a value that is false, empty or nothing is a value', () => {
  const wave = new Wave(new Fleet({ ...SETTINGS, sshAccess: ['192.0.2.0/24'] }), 'wave');
  const cluster = new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'], sshAccess: [] });
  expect(specOf(cluster).sshAccess).toEqual([]);
});

test('siblings do not see each other', () => {
  const fleet = new Fleet(SETTINGS);
  new Wave(fleet, 'one', { topology: 'private' });
  const cluster = new Cluster(new Wave(fleet, 'two'), 'c.k8s.local', { zones: ['eu-central-1a'] });
  expect(cluster.setting('topology')).toBeUndefined();
});

describe('images', () => {
  const group = (machineType: string, settings = {}) => {
    const wave = new Wave(new Fleet({ ...SETTINGS, ...settings }), 'wave');
    const cluster = new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'] });
    new NodeGroup(cluster, 'nodes', { machineType });
    return groupsOf(cluster).nodes.image;
  };

  test.each([
    'm7g.large',
    'c6gn.xlarge',
    't4g.small',
    'a1.medium',
    'im4gn.large',
    'x2gd.medium',
    'r8g.metal-24xl',
    'g5g.xlarge',
    'hpc7g.4xlarge',
  ])('%s is an ARM machine', (machineType) => expect(group(machineType)).toContain('arm64'));

  test.each([
    'm7i.large',
    'g5.xlarge',
    'g4dn.xlarge',
    't3.medium',
    'c7a.large',
    'mac2.metal',
    'p5.48xlarge',
    'inf2.xlarge',
    'u-6tb1.metal',
  ])('%s is none', (machineType) => expect(group(machineType)).toContain('amd64'));

  test('follow the Kubernetes version', () => {
    expect(group('m5.large')).toContain('noble');
    expect(group('m5.large', { kubernetesVersion: '1.31.0', kops: '1.31.0' })).toContain('jammy');
  });

  test('the nearest one given wins', () => {
    expect(group('m7g.large', { image: 'ami-1' })).toBe('ami-1');
  });
});

test('labels of the cloud add up, the nearest first', () => {
  const fleet = new Fleet({ ...SETTINGS, cloudLabels: { owner: 'platform', environment: 'none' } });
  const wave = new Wave(fleet, 'prod', { cloudLabels: { environment: 'prod' } });
  const cluster = new Cluster(wave, 'c.k8s.local', { zones: ['eu-central-1a'], cloudLabels: { team: 'a' } });
  expect(specOf(cluster).cloudLabels).toEqual({ owner: 'platform', environment: 'prod', team: 'a' });
});
