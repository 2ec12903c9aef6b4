import {
  type ClusterDifference,
  compareDocuments,
  documentsOf,
  type FileDifference,
  findClusters,
  findFleetFiles,
  fleetDocuments,
  withEffects,
} from '../adopt';
import { CommittedFiles } from './committed-files';
import { Comparison, chosen, type Differences, type Documents } from './compare-sides';
import { ProjectFiles } from './project-files';

/** How clusters, and what they share, differ on disk from a commit. */
export function diffFromCommit(root: string, names: readonly string[], ref: string): Differences {
  const committed = CommittedFiles.at(root, ref);
  const onDisk = new ProjectFiles(root);
  const comparison = new Comparison();
  const [before, after] = [findClusters(committed), findClusters(onDisk)];
  const clusters = chosen(names, keysOf(before, after), 'on either side').flatMap(
    (cluster): ClusterDifference[] => {
      const [was, is] = [before.get(cluster), after.get(cluster)];
      if (was && is && was.text === is.text && was.pipeline === is.pipeline) return [];
      const documents = (files: typeof was) => files && documentsOf(cluster, files);
      const difference = comparison.of(
        cluster,
        `at ${ref}`,
        () => documents(was),
        () => documents(is),
        comparedWithEffects,
      );
      return difference ? [{ cluster, ...difference }] : [];
    },
  );
  const [sharedBefore, sharedAfter] = [findFleetFiles(committed), findFleetFiles(onDisk)];
  const files = keysOf(sharedBefore, sharedAfter).flatMap((file): FileDifference[] => {
    const [was, is] = [sharedBefore.get(file), sharedAfter.get(file)];
    if (was === is) return [];
    const documents = (text: typeof was) => (text === undefined ? undefined : fleetDocuments(file, text));
    const difference = comparison.of(
      file,
      `at ${ref}`,
      () => documents(was),
      () => documents(is),
    );
    return difference ? [{ file, ...difference }] : [];
  });
  const { problems, warnings } = comparison;
  return { clusters, files, problems, warnings };
}

/** Two sides of a cluster, with what their difference does to it. */
export function comparedWithEffects(before: Documents, after: Documents) {
  const difference = compareDocuments(before, after);
  return difference && withEffects(difference, before, after);
}

function keysOf(...maps: readonly ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
}
