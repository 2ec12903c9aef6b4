import type { Rule } from '../gitlab';
import { type ClusterDelivery, changesOf } from './cluster-delivery';
import { ASKS_WAVES_BEFORE, askedFor, FROM_MERGED, NOT_PLANNING } from './events';
import { clusterFolder } from './files';
import { globOf } from './name-patterns';

/**
 * When one of these clusters is to change: it did in what was merged, or a person asks for it.
 * @param asked - when that person's wish counts, for some of the names
 */
export function rulesOf(
  clusters: readonly ClusterDelivery[],
  asked: (names: readonly string[]) => string,
): Rule[] {
  const names = clusters.map(({ name }) => name);
  return [
    ...patternsOf(clusters).map((changes) => ({ if: WHEN_MERGED, changes })),
    ...chunks(names, NAMES).map((some) => ({ if: asked(some) })),
  ];
}

/** What was merged is to be rolled out. */
export const WHEN_MERGED = `${FROM_MERGED} && ${NOT_PLANNING}`;

/** A person rolls out some of these clusters, after the waves before them. */
export function inTurn(names: readonly string[] | undefined): string {
  return `${askedFor(names, 'rollout')} && ${NOT_PLANNING} && (${ASKS_WAVES_BEFORE})`;
}

/** A person changes some of these clusters, in turn or not. */
export function inAnyWay(names: readonly string[] | undefined): string {
  return `${askedFor(names, 'rollout', 'rollback')} && ${NOT_PLANNING}`;
}

/** Patterns of which one fits where one of these clusters has changed, in lists that a rule can hold. */
export function patternsOf(clusters: readonly ClusterDelivery[]): string[][] {
  const others = new Set<string>();
  const byFiles = new Map<string, string[]>();
  for (const cluster of clusters) {
    const folder = `${clusterFolder(cluster.name)}/`;
    const files: string[] = [];
    for (const path of changesOf(cluster)) {
      const file = path.slice(folder.length);
      if (path.startsWith(folder) && !file.includes('/')) files.push(file);
      else others.add(path);
    }
    const key = files.join();
    const alike = byFiles.get(key);
    if (alike) alike.push(cluster.name);
    else byFiles.set(key, [cluster.name]);
  }
  const folders = [...byFiles].flatMap(([files, names]) =>
    chunks(names, NAMES).map((some) => globOf(some, files.split(','))),
  );
  return chunks([...folders, ...others], PATTERNS);
}

/**
 * How many patterns a rule has: GitLab takes 50, but with more than 50,000 comparisons with files that changed it looks at none,
 * and says that they match. A job that is there in vain does no harm, but a child pipeline without a job fails.
 * @see https://docs.gitlab.com/ci/yaml/#ruleschanges
 */
const PATTERNS = 10;

/** How many names are in one pattern or condition: nobody reads more. */
export const NAMES = 20;

/** A list in parts of a size. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
