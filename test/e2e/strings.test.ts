import { stringifyDocuments } from '../../src/synth/yaml';
import { NASTY_STRINGS, type NastyString } from '../fixtures/strings';
import { kopsOutput } from './support/kops';
import { parseObjects } from './support/objects';
import { emptyStateStore } from './support/state-store';

// Text of administrators, as our writer writes it, through the real kops and back.

/**
 * What kops itself cannot keep, however it is written: it turns an object into JSON, which has these characters bare, and
 * reads that as YAML, which does not allow them or takes them for line breaks.
 */
const LOST_BY_KOPS = /[\u007f-\u009f\ufffe\uffff]/;

const STRINGS = NASTY_STRINGS.filter(({ text }) => !LOST_BY_KOPS.test(text));
/** All annotations of an object have 256 KiB together. */
const SHORT = STRINGS.filter(({ text }) => text.length < 2000);
/** Keys of kOps's own mean something; the key `<<` kops stores without quotes, as a merge key, and can then not read it. */
const KEYS = STRINGS.filter(
  ({ text }) => text.length <= 1000 && !text.startsWith('kops.k8s.io/') && text !== '<<',
);
/** A script must say something. */
const SCRIPTS = STRINGS.filter(({ text }) => text !== '');
const CLUSTER = 'strings.k8s.local';
const TIMEOUT = 120_000;

function clusterDocument(metadata: object) {
  return {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'Cluster',
    metadata: { name: CLUSTER, ...metadata },
    spec: {
      cloudProvider: 'aws',
      configBase: `s3://kops-state/${CLUSTER}`,
      kubernetesVersion: '1.35.1',
      networkCIDR: '172.20.0.0/16',
      networking: { cni: {} },
      subnets: [{ name: 'us-east-1a', zone: 'us-east-1a', type: 'Public', cidr: '172.20.0.0/16' }],
      topology: { dns: { type: 'None' } },
      etcdClusters: ['main', 'events'].map((name) => ({
        name,
        etcdMembers: [{ name: 'a', instanceGroup: 'control-plane' }],
      })),
    },
  };
}

function groupDocument(name: string, spec: object, metadata: object = {}) {
  return {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'InstanceGroup',
    metadata: { name, labels: { 'kops.k8s.io/cluster': CLUSTER }, ...metadata },
    spec: { role: 'Node', machineType: 'm5.large', subnets: ['us-east-1a'], ...spec },
  };
}

/** Writes documents with our writer into kops, and returns what kops says it has, by name. */
async function throughKops(documents: readonly object[]) {
  const store = await emptyStateStore();
  const input = stringifyDocuments(documents, { sortKeys: true });
  await kopsOutput(['replace', '--force', '--filename', '-'], { store, input });
  const objects = parseObjects(
    await kopsOutput(['get', 'all', '--name', CLUSTER, '--output', 'json'], { store }),
  );
  return new Map(objects.map((object) => [object.metadata.name, object]));
}

/** The names of the strings that came back different. */
function changed(strings: readonly NastyString[], values: unknown): string[] {
  const known = values as Readonly<Record<string, unknown>> | undefined;
  return strings.flatMap(({ name, text }, index) => (known?.[`key-${index}`] === text ? [] : [name]));
}

const asValues = (strings: readonly NastyString[]) =>
  Object.fromEntries(strings.map(({ text }, index) => [`key-${index}`, text]));
const asKeys = Object.fromEntries(KEYS.map(({ text }, index) => [text, `value-${index}`]));

test('the corpus is not empty', () => expect(STRINGS.length).toBeGreaterThan(300));

test(
  'every string comes back as annotation and as cloud label',
  async () => {
    const annotations = asValues(SHORT);
    const documents = [
      clusterDocument({ annotations }),
      groupDocument('nodes', { cloudLabels: asValues(STRINGS) }, { annotations }),
    ];
    const objects = await throughKops(documents);
    const group = objects.get('nodes') as { spec?: { cloudLabels?: unknown } } | undefined;
    expect(changed(SHORT, objects.get(CLUSTER)?.metadata.annotations)).toEqual([]);
    expect(changed(SHORT, objects.get('nodes')?.metadata.annotations)).toEqual([]);
    expect(changed(STRINGS, group?.spec?.cloudLabels)).toEqual([]);
  },
  TIMEOUT,
);

test(
  'every string comes back as a key',
  async () => {
    const objects = await throughKops([clusterDocument({}), groupDocument('nodes', { cloudLabels: asKeys })]);
    const group = objects.get('nodes') as { spec?: { cloudLabels?: unknown } } | undefined;
    expect(group?.spec?.cloudLabels).toEqual(asKeys);
  },
  TIMEOUT,
);

test(
  'every string comes back as user data',
  async () => {
    const additionalUserData = SCRIPTS.map(({ text }, index) => ({
      type: 'text/x-shellscript',
      name: `${index}.sh`,
      content: text,
    }));
    const objects = await throughKops([clusterDocument({}), groupDocument('nodes', { additionalUserData })]);
    const spec = objects.get('nodes')?.spec as { additionalUserData?: { content?: string }[] } | undefined;
    const wrong = SCRIPTS.flatMap(({ name, text }, index) =>
      spec?.additionalUserData?.[index]?.content === text ? [] : [name],
    );
    expect(wrong).toEqual([]);
  },
  TIMEOUT,
);

test(
  'strings come back where they end a document, before the next one',
  async () => {
    // The last field of a group, by name, that takes any text after an equals sign.
    const ends = SHORT.filter(({ text }) => /\s$|---|\.\.\./.test(text)).slice(0, 100);
    const groups = ends.map(({ text }, index) =>
      groupDocument(`nodes-${index}`, { sysctlParameters: [`a=${text}`] }),
    );
    const objects = await throughKops([clusterDocument({}), ...groups]);
    const wrong = ends.flatMap(({ name, text }, index) => {
      const spec = objects.get(`nodes-${index}`)?.spec as { sysctlParameters?: string[] } | undefined;
      return spec?.sysctlParameters?.[0] === `a=${text}` ? [] : [name];
    });
    expect(wrong).toEqual([]);
  },
  TIMEOUT,
);
