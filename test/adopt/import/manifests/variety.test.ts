import { checkStructure, KOPS_RELEASES, type KopsKind } from '../../../../src/kops/api';
import { SCHEMA } from '../../../../src/kops/api/schema-table';
import { CORPUS, type Manifest } from '../support/corpus';
import { clustersIn } from '../support/read-independently';

// "Varied" is a claim; here it is a test.

interface Read extends Manifest {
  /** Every object of every cluster. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** The specs of the clusters, and of the groups, as JSON: what a word is looked for in. */
  readonly clusters: string;
  readonly groups: string;
}

const READ: readonly Read[] = CORPUS.map((manifest) => {
  const objects = [...clustersIn(manifest.text).values()].flatMap(
    (cluster) => Object.values(cluster) as Record<string, unknown>[],
  );
  const specs = (kind: string) =>
    JSON.stringify(objects.filter((object) => object.kind === kind).map(({ spec }) => spec));
  return { ...manifest, objects, clusters: specs('Cluster'), groups: specs('InstanceGroup') };
});

const having = (test: (manifest: Read) => boolean) => READ.filter(test).map(({ slug }) => slug);

/** The problems of a manifest's objects for a release. */
const problemsOf = ({ objects }: Read, release: (typeof KOPS_RELEASES)[number]) =>
  objects.flatMap((object) => checkStructure(object.kind as KopsKind, object, release));

test('there are more than sixty manifests', () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(64);
});

test('each says something of its own', () => {
  expect(new Set(CORPUS.map(({ about }) => about)).size).toBe(CORPUS.length);
});

test('each is one of the release that it names, but for what is meant not to be', () => {
  const wrong = having((manifest) => problemsOf(manifest, manifest.release).length > 0);
  expect(wrong).toEqual(['unknown-fields']);
});

test.each(KOPS_RELEASES)('kOps %s', (release) => {
  const own = READ.filter((manifest) => manifest.release === release);
  expect(own.length).toBeGreaterThan(0);
  const before = KOPS_RELEASES[KOPS_RELEASES.indexOf(release) - 1];
  // Of the oldest one it is what later ones have dropped.
  const other = before ?? '1.36';
  expect(own.filter((manifest) => problemsOf(manifest, other).length > 0)).not.toEqual([]);
});

test.each(SCHEMA.enums.CloudProviderName ?? [])('cloud %s', (cloud) => {
  expect(having(({ clusters }) => clusters.includes(`"cloudProvider":"${cloud}"`))).not.toEqual([]);
});

test.each(Object.keys(SCHEMA.objects.NetworkingSpec ?? {}))('network plugin %s', (plugin) => {
  expect(having(({ clusters }) => clusters.includes(`"networking":{"${plugin}"`))).not.toEqual([]);
});

const OF_CLUSTERS = [
  ...['"type":"Private"', '"egress":"nat-', '"egress":"i-', '"egress":"tgw-', '"egress":"External"'],
  ...['"networkID"', '"id":"subnet-', '"ipv6CIDR"', '"type":"DualStack"', '"additionalRoutes"', '"publicIP"'],
  ...['"dns":{"type":"None"}', '"dns":{"type":"Private"}', '"dns":{"type":"Public"}', '"dnsZone":"Z'],
  ...[
    '"name":"a"',
    '"name":"eu-central-1a","instanceGroup"',
    '"name":"1"',
    '"name":"etcd-1"',
    '"name":"a-1"',
  ],
  ...[
    '"instanceGroup":"master-',
    '"instanceGroup":"control-plane-',
    '"kmsKeyId"',
    '"volumeIops"',
    '"leases"',
  ],
  ...[
    '"backupStore"',
    '"karpenter"',
    '"warmPool"',
    '"fileAssets"',
    '"isBase64"',
    '"hooks"',
    '"execContainer"',
  ],
  ...[
    '"additionalPolicies"',
    '"externalPolicies"',
    '"serviceAccountExternalPermissions"',
    '"discoveryStore"',
  ],
  ...['"oidcIssuerURL"', '"auditPolicyFile"', '"enableAdmissionPlugins"', '"featureGates"', '"evictionHard"'],
  ...['"sysctlParameters"', '"registryMirrors"', '"configOverride"', '"configAdditions"', '"egressProxy"'],
  ...['"nodeTerminationHandler"', '"clusterAutoscaler"', '"metricsServer"', '"certManager"', '"assets"'],
  ...['"snapshotController"', '"awsLoadBalancerController"', '"externalDns"', '"nodeLocalDNS"', '"ntp"'],
  ...[
    '"bastionPublicName"',
    '"sslCertificate"',
    '"additionalSecurityGroups"',
    '"accessLog"',
    '"class":"Classic"',
  ],
  ...[
    '"kubernetesApiAccess"',
    '"cloudLabels"',
    '"rollingUpdate"',
    '"docker"',
    '"encryptionConfig"',
    '"target"',
  ],
  ...[
    '"gossipConfig"',
    '"authentication"',
    '"addons"',
    '"masterKubelet"',
    '"podIdentityWebhook"',
    '"packages"',
  ],
];
test.each(OF_CLUSTERS)('clusters with %s', (word) => {
  expect(having(({ clusters }) => clusters.includes(word))).not.toEqual([]);
});

const OF_GROUPS = [
  ...['"role":"Bastion"', '"role":"APIServer"', '"instances":[', '"instanceRequirements"', '"maxPrice"'],
  ...[
    '"manager":"Karpenter"',
    '"warmPool"',
    '"nvidiaGPU"',
    'multipart/mixed',
    '#cloud-config',
    '#!/bin/bash',
  ],
  ...['"taints":["', '"nodeLabels":{"', '"hooks"', '"fileAssets"', '"kubelet"', '"additionalSecurityGroups"'],
  ...[
    '"instanceMetadata"',
    '"rootVolumeSize"',
    '"rootVolumeEncryptionKey"',
    '"volumes":[{',
    '"volumeMounts"',
  ],
  ...['"rollingUpdate"', '"externalLoadBalancers"', '"tenancy"', '"cpuCredits"', '"guestAccelerators"'],
  ...['"zones"', '"profile"', '"maxSize":0', '"updatePolicy"', '"suspendProcesses"', '"capacityRebalance"'],
];
test.each(OF_GROUPS)('groups with %s', (word) => {
  expect(having(({ groups }) => groups.includes(word))).not.toEqual([]);
});

const STYLES: Readonly<Record<string, (manifest: Read) => boolean>> = {
  'printed by kops get all': ({ text }) =>
    /creationTimestamp: "[\s\S]*generation: \d[\s\S]*\n---\n\n/.test(text),
  'add-on objects behind': ({ text }) => /\nkind: ConfigMap\n/.test(text),
  'comments above, beside and at the end of a list': ({ text }) =>
    /\n +# .*\n/.test(text) && /\w +# /.test(text) && /\n +- .*\n +# .*\n {2}\w/.test(text),
  'commented-out fields': ({ text }) => /\n +# \w+:/.test(text),
  banners: ({ text }) => /\n# ####/.test(text),
  'anchors and merges': ({ text }) => /<<: \*/.test(text) && /: &\w/.test(text),
  'flow style': ({ text }) => /\n\{apiVersion: /.test(text),
  JSON: ({ text }) => text.startsWith('{"'),
  'JSON behind a comment': ({ text }) => /^#.*\n\{\n/.test(text),
  CRLF: ({ text }) => !/[^\r]\n/.test(text),
  'a byte order mark': ({ text }) => text.startsWith('\uFEFF'),
  'quoted keys': ({ text }) => /\n"apiVersion": /.test(text),
  'tags and explicit keys': ({ text }) => /!!str /.test(text) && /\n +\? /.test(text),
  'block scalars of every kind': ({ text }) =>
    ['|', '|-', '|+', '>', '>-', '>+', '|2'].every((way) => text.includes(`: ${way}\n`)),
  'plain text over several lines': ({ text }) => /: this is\n/.test(text),
  'several clusters': ({ text }) => clustersIn(text).size >= 3,
  'groups before their cluster': ({ text }) =>
    text.search(/kind: InstanceGroup/) < text.search(/kind: Cluster/),
  'SSH keys': ({ objects }) => objects.some(({ kind }) => kind === 'SSHCredential'),
  'no configBase': ({ text }) => !/configBase"?:/.test(text),
  'unknown fields': (manifest) => KOPS_RELEASES.every((release) => problemsOf(manifest, release).length > 0),
  'both names of the control plane': ({ text }) =>
    /role: ControlPlane/.test(text) && /role: Master/.test(text),
  'the short API group': ({ text }) => /apiVersion: kops\/v1alpha2/.test(text),
  'nothing, in many words': ({ text }) =>
    /: ~/.test(text) && /: null/.test(text) && /: \{\}/.test(text) && /: \[\]/.test(text),
  'words of YAML 1.1': ({ text }) =>
    /: on\b/.test(text) && /: 0x/.test(text) && /: 0o/.test(text) && /\d_\d/.test(text),
  'lists indented by four': ({ text }) => /\n {4}subnets:\n {8}- /.test(text),
  'ends of comments, placeholders, backticks': ({ text }) =>
    /\*\//.test(text) && /\$\{/.test(text) && /`/.test(text),
  'U+2028, emoji': ({ objects }) =>
    /\u2028/.test(JSON.stringify(objects)) && /\u{1F680}/u.test(JSON.stringify(objects)),
  'leading zeros, exponents, dates as text': ({ clusters }) =>
    ['"0042"', '"1e3"', '"0x10"', '"2024-02-30"', '"yes"'].every((word) => clusters.includes(word)),
  '__proto__ as a key': ({ clusters }) => clusters.includes('"__proto__":'),
};
test.each(Object.entries(STYLES))('style: %s', (_style, test) => {
  expect(having(test)).not.toEqual([]);
});

test('each number of control-plane members', () => {
  const counts = READ.flatMap(({ objects }) =>
    objects
      .filter(({ kind }) => kind === 'Cluster')
      .map(
        ({ spec }) =>
          (spec as { etcdClusters: { etcdMembers: unknown[] }[] }).etcdClusters[0]?.etcdMembers.length,
      ),
  );
  expect(counts).toEqual(expect.arrayContaining([1, 3, 5]));
});
