import { Construct, type IConstruct } from 'constructs';
import {
  applyPatches,
  captureSource,
  childId,
  given,
  type JsonPatch,
  merge,
  type Problem,
  readProps,
  reportMisuse,
  shape,
  withoutNulls,
} from '../core';
import { checkStructure, type KopsRelease, type StructureProblem } from './api';
import { API_VERSION, type Kind, type KopsDocument } from './document';

/** What every object of the kOps API can be given beside its spec. */
export interface KopsObjectOptions {
  /**
   * Labels of the object itself (not of nodes or cloud resources).
   * @default - none but those that kOps needs
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Annotations of the object.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * Fields of `spec` that the cluster's kOps release does not know, for instance those of an unreleased kOps: laid over
   * the spec as they are. kOps drops what it does not know, so each is a warning.
   * @default - none
   */
  readonly unknownFields?: Readonly<Record<string, unknown>>;

  /**
   * JSON patches (RFC 6902) on the rendered object, after all else. A patch whose path is not there is an error.
   * @default - none
   */
  readonly patches?: readonly JsonPatch[];
}

/** What those look like. */
export const KOPS_OBJECT_MEMBERS: shape.Members<KopsObjectOptions> = {
  labels: shape.map(shape.text),
  annotations: shape.map(shape.text),
  unknownFields: shape.dataMap,
  patches: shape.list(shape.dataMap),
};

/** An object as data for a kOps release, and what is wrong with it. */
export interface Rendering {
  readonly document: KopsDocument;
  readonly problems: readonly Problem[];
  /** Whether each field is of the type that it has to be, so that its value can be judged. */
  readonly isWellTyped: boolean;
}

/** One object of the kOps API, rendered with the fields that one kOps release has. */
export abstract class KopsObject extends Construct {
  /** Whether `construct` is an object of the kOps API. */
  public static isKopsObject(construct: unknown): construct is KopsObject {
    return typeof construct === 'object' && construct !== null && KOPS_OBJECT in construct;
  }

  /** The `Cluster` object that `construct` is or belongs to. */
  public static clusterOf(construct: IConstruct): KopsObject | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      if (KopsObject.isKopsObject(at) && at.kind === 'Cluster') return at;
    }
    return undefined;
  }

  /** The kind of the object. */
  public abstract readonly kind: Kind;

  /** `metadata.name`. */
  public readonly name: string;

  /** The props, of the right types: what was not is left out, and a finding. */
  protected readonly givenProps: KopsObjectOptions;

  protected constructor(scope: Construct, name: string, props: unknown) {
    super(scope, childId(scope, name));
    Object.defineProperty(this, KOPS_OBJECT, { value: true });
    captureSource(this);
    this.name = typeof name === 'string' ? name : '';
    if (typeof name !== 'string') reportMisuse(this, `expected a name, a string, got ${given(name)}`);
    this.givenProps = readProps<KopsObjectOptions>(this, props, this.propMembers());
  }

  /** What the props look like. */
  protected abstract propMembers(): shape.Members<KopsObjectOptions>;

  /**
   * The spec as far as props and defaults give it, before `unknownFields` and patches; what is wrong with those goes to
   * `problems`.
   */
  protected abstract renderSpec(release: KopsRelease, problems: Problem[]): Readonly<Record<string, unknown>>;

  /** Labels that kOps needs on the object. */
  protected get requiredLabels(): Readonly<Record<string, string>> | undefined {
    return undefined;
  }

  /** The object as data for a kOps release, and what is wrong with it. */
  public render(release: KopsRelease): Rendering {
    const problems: Problem[] = [];
    const plain = this.documentOf(this.renderSpec(release, problems));
    const { unknownFields, patches } = this.givenProps;
    let document = plain;
    if (unknownFields) {
      document = this.documentOf(merge(plain.spec, unknownFields) as KopsDocument['spec']);
    }
    const askedFor = unknownFields && this.newUnknownFields(plain, document, release);
    if (patches?.length) {
      const patched = applyPatches(document, patches);
      problems.push(...patched.problems);
      if (this.isStillThis(patched.value)) {
        document = patched.value;
      } else {
        const message =
          'apiVersion, kind, metadata.name, the cluster label and spec must stay: to rename, move or remove an object, change the construct';
        problems.push({ field: 'patches', message });
      }
    }
    let hasNulls = false;
    document = withoutNulls(document, (field, message) => {
      hasNulls = true;
      problems.push({ field, message });
    }) as KopsDocument;
    const structure = checkStructure(this.kind, document, release);
    for (const problem of structure) {
      const { field, message } = problem;
      if (askedFor?.has(identity(problem))) {
        problems.push({ field, message: `${message} (set by unknownFields)`, severity: 'warning' });
      } else {
        problems.push({ field, message });
      }
    }
    return { document, problems, isWellTyped: !hasNulls && !structure.some(({ kind }) => kind === 'type') };
  }

  /** By these kOps knows an object and its cluster: with others it would change something else. */
  private isStillThis({ apiVersion, kind, metadata, spec }: Partial<KopsDocument>): boolean {
    const required = Object.entries(this.requiredLabels ?? {});
    return (
      apiVersion === API_VERSION &&
      kind === this.kind &&
      metadata?.name === this.name &&
      required.every(([name, value]) => metadata.labels?.[name] === value) &&
      spec !== undefined
    );
  }

  private documentOf(spec: KopsDocument['spec']): KopsDocument {
    const { labels, annotations } = this.givenProps;
    const metadata = {
      name: this.name,
      ...((labels || this.requiredLabels) && { labels: { ...labels, ...this.requiredLabels } }),
      ...(annotations && { annotations }),
    };
    return { apiVersion: API_VERSION, kind: this.kind, metadata, spec };
  }

  /** The fields that the release does not know, in `after` and not in `before`. */
  private newUnknownFields(before: KopsDocument, after: KopsDocument, release: KopsRelease): Set<string> {
    const unknown = (document: KopsDocument) =>
      checkStructure(this.kind, document, release)
        .filter(({ kind }) => kind === 'unknown')
        .map(identity);
    const known = new Set(unknown(before));
    return new Set(unknown(after).filter((problem) => !known.has(problem)));
  }
}

const KOPS_OBJECT = Symbol.for('cdkops.KopsObject');

function identity({ kind, field, message }: StructureProblem): string {
  return `${kind} ${field} ${message}`;
}
