import { isMap } from '../core';
import type { KopsDocument } from '../kops';
import {
  type AwsReach,
  type PolicyDocument,
  permissionPolicy,
  type S3Folder,
  type S3Store,
} from './aws-policies';
import { type GitLabProject, trustPolicy } from './aws-trust';
import type { ClusterDelivery } from './cluster-delivery';
import { type CredentialPurpose, DEFAULT_AUDIENCE, parseRoleArn, type RoleArn, roleFor } from './credentials';
import { deliverySettings } from './settings';

/** A role of AWS, and what it needs to be for the clusters that name it. */
export interface AwsRole {
  readonly arn: string;
  /** What jobs do with it, `plan` first. */
  readonly purposes: readonly CredentialPurpose[];
  /** Names of the clusters that use it. */
  readonly clusters: readonly string[];
  /** Whether jobs of any branch may take it, those of merge requests among them. */
  readonly anyBranch: boolean;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
  /** What is unwise about the way in which it is used. */
  readonly warnings: readonly string[];
}

/** The roles of clusters. */
export interface FleetRoles {
  readonly roles: readonly AwsRole[];
  /** What is to be said of clusters whose state these roles do not reach. */
  readonly apart: readonly string[];
}

/** A cluster with the documents of its manifest; none where only its job knows them. */
export interface DeliveredCluster {
  readonly delivery: ClusterDelivery;
  readonly documents: readonly KopsDocument[];
}

const PURPOSES: readonly CredentialPurpose[] = ['plan', 'change', 'read'];

/** What a role is used for by one cluster. */
interface Use {
  readonly purpose: CredentialPurpose;
  readonly cluster: DeliveredCluster;
  readonly store: S3Folder;
  readonly audience: string;
  readonly plansInMergeRequests: boolean;
}

/**
 * The roles that clusters name, with their policies.
 * @throws UserError where an audience is not known here.
 */
export function awsRoles(clusters: readonly DeliveredCluster[], project: GitLabProject): FleetRoles {
  const uses = new Map<string, Use[]>();
  const apart: string[] = [];
  for (const cluster of clusters) {
    const { construct, name, stateStore, release } = cluster.delivery;
    const credentials = deliverySettings.get(construct, 'credentials');
    if (!credentials) continue;
    const location = stateStore && release ? stateStore.variables(release) : undefined;
    const store = s3Folder(location?.KOPS_STATE_STORE);
    if (!store || location?.S3_ENDPOINT) {
      apart.push(notOfAws(name, location));
      continue;
    }
    const { audience = DEFAULT_AUDIENCE } = credentials.aws;
    const plansInMergeRequests = deliverySettings.get(construct, 'plansInMergeRequests') ?? true;
    for (const purpose of PURPOSES) {
      const arn = roleFor(credentials, purpose);
      if (arn === undefined || (purpose === 'read' && credentials.aws.readRole === undefined)) continue;
      const use = { purpose, cluster, store, audience, plansInMergeRequests };
      uses.set(arn, [...(uses.get(arn) ?? []), use]);
    }
  }
  return { roles: [...uses].map(([arn, ofRole]) => awsRole(arn, ofRole, project)), apart };
}

function awsRole(arn: string, uses: readonly Use[], project: GitLabProject): AwsRole {
  // Credentials have been read, so that this is one.
  const role = parseRoleArn(arn) as RoleArn;
  const purposes = PURPOSES.filter((purpose) => uses.some((use) => use.purpose === purpose));
  const plans = uses.filter(({ purpose }) => purpose === 'plan');
  const open = plans.filter(({ plansInMergeRequests }) => plansInMergeRequests);
  // The strictest of its uses counts: what is too strict fails in a job, what is too lax is found out by others.
  const anyBranch = open.length > 0 && open.length === plans.length && !purposes.includes('change');
  const audiences = [...new Set(uses.map(({ audience }) => audience))];
  return {
    arn,
    purposes,
    clusters: [...new Set(uses.map(({ cluster }) => cluster.delivery.name))],
    anyBranch,
    trust: trustPolicy({ role, project, audience: audiences[0] ?? DEFAULT_AUDIENCE, anyBranch }),
    permissions: permissionPolicy(purposes, reachOf(role, uses)),
    warnings: warnings(uses, open, purposes, audiences),
  };
}

function warnings(
  uses: readonly Use[],
  open: readonly Use[],
  purposes: readonly CredentialPurpose[],
  audiences: readonly string[],
): string[] {
  const name = ({ cluster }: Use) => cluster.delivery.name;
  const shut = uses.find(({ purpose, plansInMergeRequests }) => purpose === 'plan' && !plansInMergeRequests);
  const [first] = open;
  const found: string[] = [];
  if (first && shut) {
    found.push(
      `it plans for ${name(first)}, also in merge requests, and for ${name(shut)}, where plansInMergeRequests is false: whoever opens a merge request could read the keys of both. It is trusted on the default branch alone; give one of them another plan role`,
    );
  }
  if (first && purposes.includes('change')) {
    found.push(
      `it changes clusters, and ${name(first)} would plan with it in merge requests: it is trusted on the default branch alone. Give the plan a role of its own, or set plansInMergeRequests to false`,
    );
  }
  if (purposes.includes('read') && purposes.length > 1) {
    found.push(
      `it is a read role here and a ${purposes[0]} role there, so it can read keys: give reading a role of its own`,
    );
  }
  if (audiences.length > 1) {
    found.push(
      `clusters name different audiences for it (${audiences.join(', ')}): only the first is trusted here`,
    );
  }
  return found;
}

function notOfAws(cluster: string, location: Readonly<Record<string, string>> = {}): string {
  const { KOPS_STATE_STORE: store = 'an unknown place', S3_ENDPOINT: endpoint } = location;
  return `${cluster} keeps its state in ${store}${endpoint ? ` at ${endpoint}` : ''}, which no role of AWS opens: give its jobs that service's own credentials as CI/CD variables`;
}

function reachOf({ partition }: RoleArn, uses: readonly Use[]): AwsReach {
  const stores = new Map<string, S3Store>();
  const elsewhere = new Map<string, S3Folder>();
  for (const { store, cluster } of uses) {
    const { name } = cluster.delivery;
    const key = keyOf(store);
    stores.set(key, { ...store, clusters: [...new Set([...(stores.get(key)?.clusters ?? []), name])] });
    for (const folder of otherFolders(cluster)) {
      if (keyOf(folder) !== `${key}/${name}`) elsewhere.set(keyOf(folder), folder);
    }
  }
  return { partition, stores: [...stores.values()], elsewhere: [...elsewhere.values()] };
}

/** Where a manifest says that kOps keeps files of the cluster. */
function otherFolders({ delivery, documents }: DeliveredCluster): S3Folder[] {
  const spec: Readonly<Record<string, unknown>> =
    documents.find(({ kind }) => kind === 'Cluster')?.spec ?? {};
  const discovery = isMap(spec.serviceAccountIssuerDiscovery) ? spec.serviceAccountIssuerDiscovery : {};
  const urls = [delivery.configBase, spec.keyStore, spec.secretStore, discovery.discoveryStore];
  return urls.flatMap((url) => s3Folder(url) ?? []);
}

function keyOf({ bucket, folder }: S3Folder): string {
  return folder === '' ? bucket : `${bucket}/${folder}`;
}

function s3Folder(url: unknown): S3Folder | undefined {
  if (typeof url !== 'string') return undefined;
  const { bucket, folder = '' } = /^s3:\/\/(?<bucket>[^/]+)\/?(?<folder>.*?)\/*$/.exec(url)?.groups ?? {};
  return bucket ? { bucket, folder } : undefined;
}
