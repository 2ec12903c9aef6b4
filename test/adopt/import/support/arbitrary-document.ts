import * as fc from 'fast-check';
import { KOPS_RELEASES, type KopsKind, type KopsRelease } from '../../../../src/kops/api';
import { type Field, SCHEMA, Schema, type Type } from '../../../../src/kops/api/schema-table';
import { API_VERSION, CLUSTER_LABEL, type KopsDocument } from '../../../../src/kops/document';
import { arbitraryText, arbitraryTexts } from './arbitrary-text';

const schema = new Schema(SCHEMA);

/** What stands for a field that is not there. */
const ABSENT = Symbol('absent');

/** Fields of an object, on average. */
const FIELDS = 5;

/** Any value that a release of kOps has a type for, and everything below it. */
export function arbitraryValue(type: Type, release: KopsRelease): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'string':
      return arbitraryText;
    case 'boolean':
      return fc.boolean();
    case 'int32':
      return fc.oneof(fc.nat(100), fc.integer());
    case 'int64':
    case 'integer':
      return fc.oneof(fc.nat(100), fc.maxSafeInteger());
    case 'number':
      return fc.oneof(fc.nat(100), fraction);
    case 'quantity':
      return fc.oneof(fc.constantFrom('200m', '1Gi', '100Mi', '2', '1e3', '.5', '0'), fc.nat(100), fraction);
    case 'intOrString':
      return fc.oneof(fc.integer(), fc.constantFrom('25%', '1', '0'), arbitraryText);
    case 'enum':
      return fc.constantFrom(...type.values);
    case 'list':
      return arbitraryList(type.item, release);
    case 'map':
      return arbitraryMap(type.item, release);
    case 'either':
      return fc.oneof(...type.types.map((one) => arbitraryValue(one, release)));
    case 'object':
      return arbitraryObject(type.name, release);
  }
}

const fraction = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  .map((value) => value + 0);

/** Objects in a list may have names, the same twice, or none. */
function arbitraryList(item: Type, release: KopsRelease): fc.Arbitrary<unknown[]> {
  const items = fc.array(arbitraryValue(item, release), { maxLength: 3 });
  if (item.kind !== 'object' || item.fields().get('name') === undefined) return items;
  const names = fc.constantFrom('a', 'b', 'main', 'events', '1', '');
  const named = fc
    .tuple(names, arbitraryValue(item, release))
    .map(([name, value]) => (item.name === 'EtcdClusterSpec' ? value : { ...(value as object), name }));
  return fc.oneof(items, fc.array(named, { maxLength: 4 }));
}

function arbitraryMap(item: Type, release: KopsRelease): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .array(fc.tuple(arbitraryText, arbitraryValue(item, release)), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries));
}

/** The fields of an object that a release has. */
export function fieldsOf(name: string, release: KopsRelease): [string, Field][] {
  const bit = 1 << KOPS_RELEASES.indexOf(release);
  return [...schema.fieldsOf(name)].filter(([, { releases }]) => (releases & bit) !== 0);
}

const objects = new Map<string, fc.Arbitrary<Record<string, unknown>>>();

/** An object of the API with some of its fields, each as likely as the others. */
export function arbitraryObject(name: string, release: KopsRelease): fc.Arbitrary<Record<string, unknown>> {
  const key = `${name} ${release}`;
  let arbitrary = objects.get(key);
  if (!arbitrary) {
    const fields = fieldsOf(name, release);
    const absent = { arbitrary: fc.constant(ABSENT as unknown), weight: Math.ceil(fields.length / FIELDS) };
    const members = fields.map(([field, { type }]) => {
      const value = { arbitrary: arbitraryValue(type, release), weight: 1 };
      return fc.oneof({ withCrossShrink: true }, absent, value).map((member) => [field, member] as const);
    });
    arbitrary = fc
      .tuple(...members)
      .map((entries) => Object.fromEntries(entries.filter(([, member]) => member !== ABSENT)));
    objects.set(key, arbitrary);
  }
  return arbitrary;
}

/** Names as kOps takes them. */
export const arbitraryName = fc.oneof(
  fc.constantFrom('nodes', 'bastions', 'control-plane-us-east-1a', 'master-us-east-1a', 'constructor', '1'),
  fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,12}[a-z0-9])?$/).filter((name) => !name.includes('..')),
);

function arbitraryDocument(
  kind: KopsKind,
  cluster: string,
  name: string,
  release: KopsRelease,
): fc.Arbitrary<KopsDocument> {
  const metadata = fc.record(
    { labels: arbitraryTexts, annotations: arbitraryTexts },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc.tuple(metadata, arbitraryObject(`${kind}Spec`, release)).map(([more, spec]) => ({
    apiVersion: API_VERSION,
    kind,
    metadata: {
      ...more,
      name,
      ...(kind !== 'Cluster' && { labels: { ...more.labels, [CLUSTER_LABEL]: cluster } }),
    },
    spec,
  }));
}

/** All documents of a cluster: itself, groups, keys; groups and keys may share names, since their kinds differ. */
export function arbitraryCluster(release: KopsRelease): fc.Arbitrary<KopsDocument[]> {
  const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const clusterName = fc
    .tuple(label, fc.constantFrom('k8s.local', 'example.com'))
    .map((parts) => parts.join('.'));
  return clusterName.chain((cluster) => {
    const several = (kind: KopsKind, maxLength: number) =>
      fc
        .uniqueArray(arbitraryName, { maxLength })
        .chain((names) => fc.tuple(...names.map((name) => arbitraryDocument(kind, cluster, name, release))));
    return fc
      .tuple(
        arbitraryDocument('Cluster', cluster, cluster, release),
        several('InstanceGroup', 4),
        several('SSHCredential', 2),
      )
      .map(([first, groups, keys]) => [first, ...groups, ...keys]);
  });
}

/** One object with every field that a release has, each list with two items, each map with two entries. */
export function everyField(name: string, release: KopsRelease): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(name, release).map(([field, { type }]) => [field, example(type, release)]),
  );
}

function example(type: Type, release: KopsRelease): unknown {
  switch (type.kind) {
    case 'list':
      return [example(type.item, release), example(type.item, release)];
    case 'map':
      return { 'a/b': example(type.item, release), c: example(type.item, release) };
    case 'object':
      return everyField(type.name, release);
    case 'either':
      return type.types[0] && example(type.types[0], release);
    case 'enum':
      return type.values[0];
    case 'boolean':
      return true;
    case 'string':
    case 'quantity':
      return '1';
    default:
      return 1;
  }
}
