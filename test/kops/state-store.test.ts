import { StateStore } from '../../src';
import { aCluster, specOf } from './support';

test.each([
  ['s3', StateStore.s3('acme'), 's3://acme', {}],
  [
    's3 in a region',
    StateStore.s3('acme', { region: 'eu-central-1' }),
    's3://acme',
    { AWS_REGION: 'eu-central-1' },
  ],
  [
    's3 elsewhere',
    StateStore.s3('acme', { region: 'main', endpoint: 'https://s3.example.com' }),
    's3://acme',
    { S3_REGION: 'main', S3_ENDPOINT: 'https://s3.example.com' },
  ],
  ['a folder', StateStore.s3('acme', { prefix: '/kops/prod/' }), 's3://acme/kops/prod', {}],
  ['gs', StateStore.gs('acme'), 'gs://acme', {}],
  [
    'do',
    StateStore.do('acme', { endpoint: 'https://nyc3.digitaloceanspaces.com' }),
    'do://acme',
    { S3_ENDPOINT: 'https://nyc3.digitaloceanspaces.com' },
  ],
  [
    'scw',
    StateStore.scw('acme', { region: 'fr-par', endpoint: 'https://s3.fr-par.scw.cloud' }),
    'scw://acme',
    { S3_REGION: 'fr-par', S3_ENDPOINT: 'https://s3.fr-par.scw.cloud' },
  ],
  ['swift', StateStore.swift('acme'), 'swift://acme', {}],
  ['azureblob', StateStore.azureblob('account', 'box'), 'azureblob://account/box', {}],
  ['file', StateStore.file('/tmp/state/'), 'file:///tmp/state', {}],
])('%s', (_what, store, url, environment) => {
  expect(store.url('1.36')).toBe(url);
  expect(store.variables('1.36')).toEqual({ KOPS_STATE_STORE: url, ...environment });
  expect(store.configBase('c.example.com', '1.36')).toBe(`${url}/c.example.com`);
});

test('before kOps 1.36 the account of azureblob is in the environment', () => {
  const store = StateStore.azureblob('account', 'box', { prefix: 'x' });
  expect(store.variables('1.35')).toEqual({
    KOPS_STATE_STORE: 'azureblob://box/x',
    AZURE_STORAGE_ACCOUNT: 'account',
  });
});

test('a cluster says where its state lies, so that a dry run on a copy sees real changes alone', () => {
  const stateStore = StateStore.s3('acme', { prefix: 'kops' });
  expect(specOf(aCluster({ stateStore })).configBase).toBe('s3://acme/kops/c.k8s.local');
});
