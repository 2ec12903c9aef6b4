import { type ClusterImport, importCluster } from '../../../src/adopt/import/import-cluster';
import type { ImportContext } from '../../../src/adopt/import/import-context';
import type { ImportedCluster } from '../../../src/adopt/import/imported-cluster';
import { chooseKops } from '../../../src/adopt/import/kops-release';
import { readClusters } from '../../../src/adopt/import/read/read-clusters';
import { StateStore } from '../../../src/kops';

/** What a fleet's wave may say. */
export const SETTINGS: ImportContext['settings'] = {
  stateStore: StateStore.s3('kops-state'),
  kops: '1.36.2',
  kubernetesVersion: '1.35.1',
};

/** The one cluster of a text that has nothing wrong with it. */
export function read(text: string, file = 'cluster.yaml'): ImportedCluster {
  const { clusters, problems } = readClusters([{ file, text }]);
  expect(problems).toEqual([]);
  const [cluster] = clusters;
  if (!cluster || clusters.length > 1) throw new Error(`expected one cluster, got ${clusters.length}`);
  return cluster;
}

/** The import of that cluster. */
export function importText(text: string, context: Partial<ImportContext> = {}): ClusterImport {
  const cluster = read(text);
  const settings = context.settings ?? SETTINGS;
  return importCluster(cluster, {
    kops: chooseKops(cluster, undefined, settings.kops),
    settings,
    level: 'L2',
    functionName: 'addCluster',
    ...context,
  });
}

/** Lines of code: without imports, comments and blank lines. */
export function codeLines(text: string): number {
  return text.split('\n').filter((line) => /\S/.test(line) && !/^\s*(?:\/\/|\/?\*|import )/.test(line))
    .length;
}
