import type { ClusterSettings } from '../../../../src';
import { type ClusterImport, importCluster } from '../../../../src/adopt/import/import-cluster';
import type { ImportedCluster } from '../../../../src/adopt/import/imported-cluster';
import { type ChosenKops, chooseKops } from '../../../../src/adopt/import/kops-release';
import { formatReadProblem, readClusters } from '../../../../src/adopt/import/read/read-clusters';

/** How a text is imported. */
export interface ImportTextOptions {
  readonly level: 'L1' | 'L2';
  /** What holds in the wave. */
  readonly settings: ClusterSettings;
  /** @default - what import chooses by itself */
  readonly kops?: ChosenKops;
  /** @default - that of the wave */
  readonly stateStore?: string;
}

/** A cluster of a text, and its code. */
export interface ImportedText {
  readonly cluster: ImportedCluster;
  readonly code: ClusterImport;
}

export const FUNCTION_NAME = 'addCluster';

/** Imports all clusters of a text, in which nothing may be wrong. */
export function importText(text: string, options: ImportTextOptions): ImportedText[] {
  const { level, settings, kops, stateStore } = options;
  const { clusters, problems } = readClusters([{ file: 'cluster.yaml', text }]);
  if (problems.length > 0) throw new Error(problems.map(formatReadProblem).join('\n'));
  return clusters.map((cluster) => {
    const chosen = kops ?? chooseKops(cluster, undefined, settings.kops);
    const code = importCluster(cluster, {
      kops: chosen,
      settings,
      level,
      functionName: FUNCTION_NAME,
      ...(stateStore !== undefined && { stateStore }),
    });
    return { cluster, code };
  });
}
