import {
  type ClusterDifference,
  type ClusterFiles,
  documentsOf,
  type FileDifference,
  findClusters,
  findFleetFiles,
  fleetDocuments,
  type TextFiles,
} from '../adopt';
import { isRendered } from '../adopt/diff/cluster-files';
import { UserError } from '../core';
import { CommittedFiles } from './committed-files';
import {
  Comparison,
  chosen,
  comparedWithEffects,
  type Differences,
  type Documents,
  MEND_MANIFEST,
  missingManifest,
} from './compare-sides';
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
      const isWhole = is === undefined || missingManifest(is) === undefined;
      if (isWhole && was?.text === is?.text && was?.pipeline === is?.pipeline) return [];
      // Where a job renders one side, the jobs are all that both have: the cluster neither came nor went.
      const isHalf =
        was !== undefined && is !== undefined && isRendered(was, cluster) !== isRendered(is, cluster);
      const difference = comparison.of(
        cluster,
        `at ${ref}`,
        () => documentsAt(was, cluster, isHalf, (missing) => missing),
        () => documentsAt(is, cluster, isHalf, (missing) => `${cluster}: ${missing}: ${MEND_MANIFEST}`),
        comparedWithEffects,
      );
      return difference ? [{ cluster, ...difference }] : [];
    },
  );
  // Who asks for some clusters does not ask for what all share.
  const files = names.length > 0 ? [] : sharedFiles(committed, onDisk, ref, comparison);
  const { problems, warnings } = comparison;
  return { clusters, files, problems, warnings };
}

/** How the files differ that all clusters share. */
function sharedFiles(
  committed: TextFiles,
  onDisk: TextFiles,
  ref: string,
  comparison: Comparison,
): FileDifference[] {
  const [sharedBefore, sharedAfter] = [findFleetFiles(committed), findFleetFiles(onDisk)];
  return keysOf(sharedBefore, sharedAfter).flatMap((file): FileDifference[] => {
    const [was, is] = [sharedBefore.get(file), sharedAfter.get(file)];
    if (was === is) return [];
    // What is told are files that synth wrote; there may be others of that name.
    if (was === undefined && committed.read([file]).has(file)) {
      comparison.warnings.push(`${file} is told as new: at ${ref} it was none of cdkops's`);
    }
    if (is === undefined && onDisk.read([file]).has(file)) {
      comparison.warnings.push(`${file} is told as gone: on disk it is none of cdkops's`);
    }
    const documents = (text: typeof was) => (text === undefined ? undefined : fleetDocuments(file, text));
    const difference = comparison.of(
      file,
      `at ${ref}`,
      () => documents(was),
      () => documents(is),
    );
    return difference ? [{ file, ...difference }] : [];
  });
}

/**
 * What there is of a cluster on one side.
 * @param said - what is said where its manifest is missing
 */
function documentsAt(
  files: ClusterFiles | undefined,
  cluster: string,
  hasJobsOnly: boolean,
  said: (missing: string) => string,
): Documents {
  if (!files) return undefined;
  const missing = missingManifest(files);
  if (missing) throw new UserError(said(missing));
  return documentsOf(cluster, hasJobsOnly ? { ...files, text: undefined } : files);
}

function keysOf(...maps: readonly ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
}
