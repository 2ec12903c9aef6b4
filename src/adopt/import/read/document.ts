/**
 * Makes of what was read the document that kOps would see, and says what was left out.
 */
import { given, isMap, quoted, setOwn } from '../../../core';
import { isClusterName } from '../../../delivery/cluster-name';
import type { Kind, KopsDocument } from '../../../kops';
import { SCHEMA, Schema, type Type } from '../../../kops/api/schema-table';
import { API_VERSION } from '../../../kops/document';
import type { Change } from './changes';

/** What is wrong with a document, and at which field. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** A document as kOps would see it. */
export interface NormalDocument {
  /** Undefined where problems left nothing to go on with. */
  readonly document?: KopsDocument;
  readonly problems: readonly FieldProblem[];
  readonly changes: readonly Change[];
  /** Fields that were null. */
  readonly nulls: readonly string[];
}

const FROM_KOPS = 'kOps sets it';
const FROM_SERVER = 'only a Kubernetes API server sets it';
const UNUSED = 'kOps makes no use of it';

/** Members of `metadata` that no manifest needs. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  creationTimestamp: FROM_KOPS,
  generation: FROM_KOPS,
  resourceVersion: FROM_SERVER,
  uid: FROM_SERVER,
  selfLink: FROM_SERVER,
  managedFields: FROM_SERVER,
  ownerReferences: FROM_SERVER,
  finalizers: FROM_SERVER,
  deletionTimestamp: FROM_SERVER,
  deletionGracePeriodSeconds: FROM_SERVER,
  namespace: UNUSED,
  generateName: UNUSED,
};

/** Has a whole manifest as text, which is old as soon as that changes. */
const KUBECTLS_COPY = 'kubectl.kubernetes.io/last-applied-configuration';

const schema = new Schema(SCHEMA);
const TEXTS: Type = { kind: 'map', item: { kind: 'string' } };

/** Makes a document of a map with an `apiVersion` of v1alpha2 and a known kind. */
export function normalDocument(kind: Kind, raw: Readonly<Record<string, unknown>>): NormalDocument {
  const normaliser = new Normaliser();
  const document = normaliser.document(kind, raw);
  return { ...(document && { document }), ...normaliser };
}

class Normaliser {
  readonly problems: FieldProblem[] = [];
  readonly changes: Change[] = [];
  readonly nulls: string[] = [];

  document(kind: Kind, raw: Readonly<Record<string, unknown>>): KopsDocument | undefined {
    if (raw.apiVersion !== API_VERSION) {
      const instead = `as ${API_VERSION}, not ${raw.apiVersion}`;
      this.changes.push({ what: 'wrote apiVersion', instead, why: 'kOps has renamed the API group' });
    }
    for (const name of Object.keys(raw)) {
      if (['apiVersion', 'kind', 'metadata', 'spec'].includes(name)) continue;
      this.leaveOut(name, name === 'status' ? FROM_SERVER : 'kOps reads no such field');
    }
    const metadata = this.metadata(kind, raw.metadata);
    const spec = this.spec(kind, raw.spec);
    if (!metadata || !spec || this.problems.length > 0) return undefined;
    return { apiVersion: API_VERSION, kind, metadata, spec };
  }

  private metadata(kind: Kind, raw: unknown): KopsDocument['metadata'] | undefined {
    if (!isMap(raw)) {
      const got = raw === undefined ? '' : `, got ${given(raw)}`;
      return this.wrong('metadata', `expected a map with the name of the object${got}`);
    }
    const { name } = raw;
    const problem = nameProblem(kind, name);
    if (problem !== undefined) this.wrong('metadata.name', problem);
    const labels = this.texts('labels', raw.labels);
    let annotations = this.texts('annotations', raw.annotations);
    for (const member of Object.keys(raw)) {
      if (['name', 'labels', 'annotations'].includes(member)) continue;
      const isKnown = Object.hasOwn(LEFT_OUT, member);
      this.leaveOut(`metadata.${member}`, (isKnown && LEFT_OUT[member]) || 'kOps reads no such field');
    }
    if (annotations && Object.hasOwn(annotations, KUBECTLS_COPY)) {
      this.leaveOut(`metadata.annotations[${KUBECTLS_COPY}]`, "it is kubectl's copy of the whole object");
      const { [KUBECTLS_COPY]: _, ...others } = annotations;
      annotations = Object.keys(others).length === 0 ? undefined : others;
    }
    if (typeof name !== 'string' || problem !== undefined) return undefined;
    return { name, ...(labels && { labels }), ...(annotations && { annotations }) };
  }

  /** Labels or annotations. */
  private texts(member: string, raw: unknown): Record<string, string> | undefined {
    const at = `metadata.${member}`;
    if (raw === undefined) return undefined;
    if (raw === null) {
      this.nulls.push(at);
      return undefined;
    }
    if (!isMap(raw)) return this.wrong(at, `expected a map of text, got ${given(raw)}`);
    const texts = this.clean(raw, TEXTS, at) as Record<string, unknown>;
    for (const [key, value] of Object.entries(texts)) {
      if (typeof value === 'string') continue;
      const remedy = typeof value === 'object' ? '' : ': put it in quotes';
      this.wrong(`${at}[${key}]`, `expected text, got ${given(value)}${remedy}`);
    }
    return texts as Record<string, string>;
  }

  private spec(kind: Kind, raw: unknown): Record<string, unknown> | undefined {
    // kOps reads an object without a spec as one with an empty spec.
    if (raw === undefined || raw === null) return {};
    if (!isMap(raw)) return this.wrong('spec', `expected a map, got ${given(raw)}`);
    const name = `${kind}Spec`;
    const type: Type = { kind: 'object', name, fields: () => schema.fieldsOf(name) };
    const spec = this.clean(raw, type, 'spec') as Record<string, unknown>;
    if (kind !== 'InstanceGroup' || spec.role !== 'ControlPlane') return spec;
    const why = 'v1alpha2 has this name for control planes, kOps writes it, too';
    this.changes.push({ what: 'wrote spec.role', instead: 'as Master, not ControlPlane', why });
    return { ...spec, role: 'Master' };
  }

  /** Data without its null members, of which kOps keeps one kind: in a map of text, null is the empty text. */
  private clean(value: unknown, type: Type | undefined, at: string): unknown {
    if (Array.isArray(value)) {
      const item = type?.kind === 'list' ? type.item : undefined;
      return value.map((one, index) => this.clean(one, item, `${at}[${index}]`));
    }
    if (!isMap(value)) return value;
    const isTexts = type?.kind === 'map' && type.item.kind === 'string';
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const member = value[key];
      const field = type?.kind === 'map' ? `${at}[${key}]` : `${at}.${key}`;
      if (member !== null) {
        setOwn(result, key, this.clean(member, memberType(type, key), field));
      } else if (isTexts) {
        setOwn(result, key, '');
        const why = 'there kOps takes null for the empty text';
        this.changes.push({ what: `wrote ${field}`, instead: 'as ""', why });
      } else {
        this.nulls.push(field);
      }
    }
    return result;
  }

  private leaveOut(field: string, why: string): void {
    this.changes.push({ what: `left out ${field}`, why });
  }

  private wrong(field: string, message: string): undefined {
    this.problems.push({ field, message });
  }
}

function memberType(type: Type | undefined, key: string): Type | undefined {
  if (type?.kind === 'map') return type.item;
  return type?.kind === 'object' ? type.fields().get(key)?.type : undefined;
}

/** Names become names of folders, of files in the state store and of constructs. */
function nameProblem(kind: Kind, name: unknown): string | undefined {
  if (name === undefined || name === null) return 'expected the name of the object, got nothing';
  if (typeof name !== 'string') return `expected a name, text, got ${given(name)}: put it in quotes`;
  if (kind === 'Cluster' ? isClusterName(name) : OBJECT_NAME.test(name)) return undefined;
  const expected =
    kind === 'Cluster' ? 'a DNS name, such as dev.k8s.example.com' : 'letters, digits, dashes and dots';
  return `${quoted(name)} is no name: expected ${expected}, at most 253 characters`;
}

/** What kOps takes, and what others once took: rules judge the rest. */
const OBJECT_NAME = /^(?!\.)(?!.*\.\.)[\w.:@+-]{1,253}$/;
