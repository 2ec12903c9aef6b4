import type { Problem } from '../core';
import type { ClusterDelivery } from './cluster-delivery';
import type { DigestOfFiles } from './ejected-digest';
import { jobSettings, KOPS_URL_VARIABLE } from './job-settings';
import { flagProblem } from './kops-flags';
import { isKopsVersion, KOPS_RELEASES_URL, type KopsLock, lookUpKops } from './kops-lock';
import { rollingUpdateFlags, validationFlags } from './rolling-update';
import { deliverySettings, type PruneOptions } from './settings';

/** The variables of a cluster's jobs, and what is wrong with the settings that they come from. */
export interface ClusterVariables {
  readonly variables: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/**
 * What the jobs of a cluster know of it, by variables: those of the administrator apart.
 * @param lock - digests of the kOps binaries that jobs may download
 * @param ejected - where people are to write the files: the jobs make the manifest's digest themselves then
 */
export function clusterVariables(
  cluster: ClusterDelivery,
  lock: KopsLock | undefined,
  ejected?: DigestOfFiles,
): ClusterVariables {
  const { construct, kopsVersion, release } = cluster;
  const problems: Problem[] = [];
  const take = (found: { flags: readonly string[]; problems: readonly Problem[] }) => {
    problems.push(...found.problems);
    return words(found.flags);
  };
  problems.push(...unknownFlags(cluster));
  const given: Readonly<Record<string, string | undefined>> = {
    KOPS_CLUSTER_NAME: cluster.name,
    KOPS_VERSION: kopsVersion,
    ...(release && cluster.stateStore?.variables(release)),
    CDKOPS_MANIFEST: cluster.manifest,
    ...(ejected
      ? { CDKOPS_EJECTED_DIGEST: `${ejected(cluster)}=${cluster.digest}` }
      : { CDKOPS_MANIFEST_DIGEST: cluster.digest }),
    CDKOPS_CONFIG_BASE: cluster.configBase,
    CDKOPS_TEMPLATE_FLAGS: words(cluster.templateFlags),
    CDKOPS_ROLLING_UPDATE_FLAGS: take(
      rollingUpdateFlags(
        deliverySettings.merged(construct, 'rollingUpdate'),
        kopsVersion,
        cluster.instanceGroups,
      ),
    ),
    CDKOPS_VALIDATE_FLAGS: take(
      validationFlags(deliverySettings.merged(construct, 'validation'), kopsVersion),
    ),
    CDKOPS_API_SERVER: deliverySettings.get(construct, 'apiServer'),
    CDKOPS_USE_KUBECONFIG: deliverySettings.get(construct, 'useKubeconfig') ? 'true' : undefined,
    CDKOPS_ACKNOWLEDGE: words(deliverySettings.get(construct, 'acknowledge')),
    CDKOPS_PRUNE: words(pruneWords(deliverySettings.get(construct, 'prune') || {})),
    ...(deliverySettings.get(construct, 'kopsBinary') === 'download' && download(cluster, lock, problems)),
    CDKOPS_RETIRED: isRetired(cluster) ? 'true' : undefined,
  };
  const variables = Object.entries(given).flatMap(([name, value]) =>
    // GitLab expands $NAME in the values of variables: wanted in what an administrator writes, and in nothing else.
    value === undefined ? [] : [[name, value.replaceAll('$', '$$$$')] as const],
  );
  return { variables: Object.fromEntries(variables), problems };
}

/** Whether a cluster is on its way out. */
export function isRetired({ construct }: ClusterDelivery): boolean {
  return deliverySettings.get(construct, 'retired') === true;
}

/** Settings that come to flags of kOps which the cluster's kOps does not know. */
function* unknownFlags({ construct, kopsVersion, release }: ClusterDelivery): Iterable<Problem> {
  const prune = deliverySettings.get(construct, 'prune') || {};
  // Before 1.31 kOps takes a kubeconfig that is there, and no flag says so: the jobs write the server into it.
  const isFlagNeeded = Number(release?.split('.')[1]) >= 31;
  const found = {
    apiServer:
      deliverySettings.get(construct, 'apiServer') &&
      isFlagNeeded &&
      flagProblem('rolling-update cluster', '--api-server', kopsVersion),
    useKubeconfig:
      deliverySettings.get(construct, 'useKubeconfig') &&
      isFlagNeeded &&
      flagProblem('rolling-update cluster', '--use-kubeconfig', kopsVersion),
    'prune.revisions': prune.revisions && flagProblem('update cluster', '--prune', kopsVersion),
  };
  for (const [field, problem] of Object.entries(found)) if (problem) yield { ...problem, field };
}

/** Words with a blank between them; nothing where there are none. */
function words(list: readonly string[] | undefined): string | undefined {
  return list?.length ? list.join(' ') : undefined;
}

function pruneWords({ drain = true, controlPlane, revisions }: PruneOptions): string[] {
  return [
    ...(drain ? [] : ['no-drain']),
    ...(controlPlane ? ['control-plane'] : []),
    ...(revisions ? ['revisions'] : []),
  ];
}

/** Where kOps comes from, and what it has to be. */
function download(
  { construct, kopsVersion }: ClusterDelivery,
  lock: KopsLock | undefined,
  problems: Problem[],
): Record<string, string> {
  if (jobSettings.get(construct, 'image') === undefined) {
    const message =
      "is missing: with kopsBinary: 'download' name an image of any kOps version or none, which has sh, git, jq and the state store's client";
    problems.push({ field: 'jobs.image', message });
  }
  // Without a version, or with a wrong one, that is said of the cluster.
  if (kopsVersion === undefined || !isKopsVersion(kopsVersion)) return {};
  const digests = lookUpKops(lock, kopsVersion);
  if (typeof digests === 'string') {
    problems.push({ field: 'kopsBinary', message: digests });
    return {};
  }
  const mirror = jobSettings.merged(construct, 'variables')[KOPS_URL_VARIABLE];
  return {
    ...(mirror === undefined && { [KOPS_URL_VARIABLE]: KOPS_RELEASES_URL }),
    CDKOPS_KOPS_SHA256_AMD64: digests.amd64,
    CDKOPS_KOPS_SHA256_ARM64: digests.arm64,
  };
}
