import { isDeepStrictEqual } from 'node:util';
import * as yaml from 'yaml';

/** The objects of a cluster as data, by kind and name. */
export type Objects = Readonly<Record<string, unknown>>;

type Data = Record<string, unknown>;

const CLUSTER_LABEL = 'kops.k8s.io/cluster';
/** What only a server knows of an object. */
const SERVERS = ['creationTimestamp', 'generation', 'resourceVersion', 'uid', 'selfLink', 'managedFields'];

/** What kOps's YAML has and that of the library does not. */
const OCTAL: yaml.ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0o[0-7_]+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/**
 * The clusters in a manifest as the `yaml` package reads them, and as the issue says that they are to come out: nothing
 * of what is to be tested takes part.
 */
export function clustersIn(text: string): Map<string, Objects> {
  const documents = parse(text)
    .map((document) => withoutNulls(document.toJS()) as Data)
    .filter(({ apiVersion }) => /^kops/.test(String(apiVersion)));
  const names = documents.filter(({ kind }) => kind === 'Cluster').map((cluster) => nameOf(cluster));
  return new Map(
    names.map((name) => {
      const own = documents.filter((document) => name === ownerOf(document));
      return [name, byIdentity(own.map(expected))];
    }),
  );
}

/** Documents that code renders, in the same form. */
export function byIdentity(documents: readonly unknown[]): Objects {
  const plain = JSON.parse(JSON.stringify(documents)) as Data[];
  const entries = plain.map((document) => [`${document.kind} ${nameOf(document)}`, document] as const);
  if (new Set(entries.map(([identity]) => identity)).size < entries.length) {
    throw new Error(`an object is there twice: ${entries.map(([identity]) => identity).join(', ')}`);
  }
  return Object.fromEntries(entries);
}

/** Like `toEqual`, but a member called `__proto__` is one. */
export function expectSameObjects(actual: Objects, wanted: Objects): void {
  if (isDeepStrictEqual(actual, wanted)) return;
  expect(actual).toEqual(wanted);
  throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(wanted)}`);
}

/** The lines of all comments, without their marks, and how often each is there. */
export function commentLinesIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (token: unknown): void => {
    if (Array.isArray(token)) token.forEach(visit);
    if (typeof token !== 'object' || token === null) return;
    const { type, source } = token as { type?: string; source?: string };
    if (type === 'comment') {
      const line = String(source).replace(/^#/, '').trim();
      if (line !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    for (const member of ['start', 'sep', 'end', 'items', 'key', 'value', 'props', 'contents']) {
      visit((token as Data)[member]);
    }
  };
  for (const token of new yaml.Parser().parse(text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '')))
    visit(token);
  return counts;
}

function parse(text: string): yaml.Document[] {
  const documents = yaml.parseAllDocuments(text, {
    version: '1.1',
    merge: true,
    // Dates are text to kOps.
    customTags: (tags) => [
      ...tags.filter(
        (tag) => typeof tag === 'string' || !/timestamp$|TIME$/.test(tag.tag + (tag.format ?? '')),
      ),
      OCTAL,
    ],
  });
  const list = Array.isArray(documents) ? (documents as yaml.Document[]) : [];
  const [problem] = list.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (problem) throw problem;
  return list.filter(({ contents }) => contents !== null);
}

/** Null is "not set". */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}

function nameOf({ metadata }: Data): string {
  return String((metadata as Data).name);
}

function ownerOf(document: Data): string {
  const labels = (document.metadata as Data).labels as Data | undefined;
  return document.kind === 'Cluster' ? nameOf(document) : String(labels?.[CLUSTER_LABEL]);
}

/** An object with what import may change, changed. */
function expected({ status: _status, apiVersion: _short, kind, metadata, spec }: Data): Data {
  const kept = Object.entries(metadata as Data).filter(([key]) => !SERVERS.includes(key));
  const isControlPlane = kind === 'InstanceGroup' && (spec as Data).role === 'ControlPlane';
  return {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind,
    metadata: Object.fromEntries(kept),
    spec: isControlPlane ? { ...(spec as Data), role: 'Master' } : spec,
  };
}
