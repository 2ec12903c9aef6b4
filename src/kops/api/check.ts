/**
 * Checks that a document has the form that kOps reads: kOps itself drops unknown fields in silence, and stops at a
 * wrong type only when it runs.
 */
import { given, isMap } from '../../core';
import { expected, notInSet, remedy, unknownField } from './describe';
import { spell } from './path';
import { KOPS_RELEASES } from './releases';
import { type Fields, SCHEMA, Schema, type Type } from './schema-table';
import type { KopsRelease } from './types';

/** The kinds of documents that administrators write for kOps. */
export type KopsKind = 'Cluster' | 'InstanceGroup' | 'SSHCredential';

/** One thing that is wrong with the form of a document. */
export interface StructureProblem {
  /** Where: `spec.etcdClusters[main].etcdMembers[0].volumeSize`, or nothing for the document as a whole. */
  readonly field: string;
  /** The same as keys and indexes, the way into the document. */
  readonly path: readonly (string | number)[];
  /**
   * `unknown`: the release has no such field. `type`: the value has the wrong type, or is missing. `enum`: kOps takes
   * certain values there, and this is none of them.
   */
  readonly kind: 'unknown' | 'type' | 'enum';
  /** What was given, what was expected, and what to do; to be read after {@link field}. */
  readonly message: string;
}

/** kOps takes the short group, too, and turns it into the long one (pkg/kopscodecs/codecs.go). */
const API_VERSIONS = ['kops.k8s.io/v1alpha2', 'kops/v1alpha2'];

/** What Kubernetes reads as a quantity (k8s.io/apimachinery, pkg/api/resource/quantity.go). */
const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

const INT32 = 2 ** 31;
const INT64 = 2 ** 63;

const schema = new Schema(SCHEMA);

/**
 * Checks the fields, types and closed sets of values of one document; what the values mean is not looked at.
 *
 * A member that is `undefined` counts as absent, and so does `null`, which kOps's reader takes for "not set". The same
 * holds for an empty text where only certain values are taken.
 *
 * @param kind - what the document should be
 * @param object - the whole document: apiVersion, kind, metadata, spec
 * @param release - the minor release of kOps that will read it (see `releaseOf`)
 * @param empty - what an empty text counts for where only certain values are taken: for kOps it is absent, for the types
 * of TypeScript it is none of them
 * @returns problems in the order of the document; an empty list if there are none
 */
export function checkStructure(
  kind: KopsKind,
  object: unknown,
  release: KopsRelease,
  empty: 'absent' | 'value' = 'absent',
): StructureProblem[] {
  const index = KOPS_RELEASES.indexOf(release);
  if (index < 0)
    throw new Error(`the API of kOps ${release} is not known; known are ${KOPS_RELEASES.join(', ')}`);
  const check = new Check(object, index, empty === 'value');
  check.document(kind);
  return check.problems;
}

/** The fields of a whole document, by kind; filled as the kinds are asked for. */
const documents = new Map<KopsKind, Fields>();

function documentFields(kind: KopsKind): Fields {
  let fields = documents.get(kind);
  if (!fields) {
    const object = (name: string): Type => ({ kind: 'object', name, fields: () => schema.fieldsOf(name) });
    const types: [string, Type][] = [
      ['apiVersion', { kind: 'enum', values: API_VERSIONS }],
      ['kind', { kind: 'enum', values: [kind] }],
      ['metadata', object('ObjectMeta')],
      ['spec', object(`${kind}Spec`)],
    ];
    fields = new Map(types.map(([name, type]) => [name, { type, releases: -1 }]));
    documents.set(kind, fields);
  }
  return fields;
}

/** One run over one document. */
class Check {
  readonly problems: StructureProblem[] = [];
  /** The way to the value at hand. Spelling it out waits until there is a problem: most documents have none. */
  private readonly keys: (string | number)[] = [];
  /** How long {@link keys} was at each map on the way. */
  private readonly maps: number[] = [];

  constructor(
    private readonly root: unknown,
    private readonly release: number,
    private readonly countsEmpty: boolean,
  ) {}

  document(kind: KopsKind): void {
    const { root } = this;
    if (!isMap(root)) {
      this.report('type', `expected a document of kind ${kind}, got ${given(root)}`);
      return;
    }
    // Without these two, kOps cannot tell what it reads.
    if (!root.apiVersion) this.missing('apiVersion', API_VERSIONS[0]);
    if (!root.kind) this.missing('kind', kind);
    this.members(documentFields(kind), root);
  }

  private members(fields: Fields, value: Record<string, unknown>): void {
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === undefined) continue;
      const field = fields.get(name);
      this.keys.push(name);
      if (field === undefined || (field.releases & (1 << this.release)) === 0) {
        this.report('unknown', unknownField(name, fields, KOPS_RELEASES, this.release));
      } else if (member !== null) {
        this.value(field.type, member);
      }
      this.keys.pop();
    }
  }

  private value(type: Type, value: unknown): void {
    switch (type.kind) {
      case 'object':
        if (isMap(value)) this.members(type.fields(), value);
        else this.wrongType(type, value);
        return;
      case 'list':
        if (Array.isArray(value)) this.items(type.item, value);
        else this.wrongType(type, value);
        return;
      case 'map':
        if (isMap(value)) this.entries(type.item, value);
        else this.wrongType(type, value);
        return;
      case 'enum':
        if (typeof value !== 'string') this.wrongType(type, value);
        else if ((value !== '' || this.countsEmpty) && !type.values.includes(value))
          this.report('enum', notInSet(type.values, value));
        return;
      case 'either':
        if (!type.types.some((alternative) => this.accepts(alternative, value))) this.wrongType(type, value);
        return;
      default:
        if (!isScalar(type, value)) this.wrongType(type, value);
    }
  }

  private items(type: Type, list: readonly unknown[]): void {
    // By index, since the other ways of going through a list skip holes.
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      // Go reads null as the item's empty value; undefined has no such meaning and would shift or empty the list.
      if (item === null) continue;
      this.keys.push(index);
      this.value(type, item);
      this.keys.pop();
    }
  }

  private entries(type: Type, map: Record<string, unknown>): void {
    this.maps.push(this.keys.length);
    for (const key of Object.keys(map)) {
      const entry = map[key];
      if (entry === undefined || entry === null) continue;
      this.keys.push(key);
      this.value(type, entry);
      this.keys.pop();
    }
    this.maps.pop();
  }

  /** Whether a value passes, without a word if it does not. */
  private accepts(type: Type, value: unknown): boolean {
    const before = this.problems.length;
    this.value(type, value);
    const passes = this.problems.length === before;
    this.problems.length = before;
    return passes;
  }

  private missing(name: string, value: string | undefined): void {
    this.problems.push({
      field: name,
      path: [name],
      kind: 'type',
      message: `is missing: write ${JSON.stringify(value)}`,
    });
  }

  private wrongType(type: Type, value: unknown): void {
    this.report('type', `expected ${expected(type)}, got ${given(value)}${remedy(type, value)}`);
  }

  private report(kind: StructureProblem['kind'], message: string): void {
    const field = spell(this.root, this.keys, this.maps);
    this.problems.push({ field, path: [...this.keys], kind, message });
  }
}

/** Whether Go's JSON decoder would take a value for a type that is no list, map or object. */
function isScalar(type: Type, value: unknown): boolean {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'int32':
      return Number.isInteger(value) && (value as number) >= -INT32 && (value as number) < INT32;
    case 'int64':
    case 'integer':
      return Number.isInteger(value) && (value as number) >= -INT64 && (value as number) < INT64;
    case 'number':
      return Number.isFinite(value);
    case 'quantity':
      return typeof value === 'string' ? QUANTITY.test(value.trim()) : Number.isFinite(value);
    case 'intOrString':
      return typeof value === 'string' || isScalar({ kind: 'int32' }, value);
    default:
      return false;
  }
}
