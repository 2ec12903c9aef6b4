import * as fs from 'node:fs';
import * as path from 'node:path';
import { importCluster } from '../../src/adopt/import/import-cluster';
import { readClusters } from '../../src/adopt/import/read-clusters';
import { StateStore } from '../../src/kops';
import { ROOT } from './documents';

const text = fs.readFileSync(path.join(ROOT, 'docs/import.md'), 'utf8');

test('the example is what the command makes of it', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const [, code = ''] = /cluster\.ts`:\n\n```ts\n([\s\S]*?)```/.exec(text) ?? [];
  const { clusters, problems } = readClusters([{ file: '-', text: yaml }]);
  expect(problems).toEqual([]);
  const [cluster] = clusters;
  if (!cluster) throw new Error('no cluster was read');
  const settings = {
    stateStore: StateStore.s3('acme-kops-state'),
    kops: '1.36.2',
    kubernetesVersion: '1.35.5',
  };
  const result = importCluster(cluster, {
    kops: { version: '1.36.2', release: '1.36' },
    settings,
    level: 'L2',
    functionName: 'addShopK8sAcmeExample',
  });
  expect(result.text).toBe(code);
  expect(result.findings).toEqual([]);
});
