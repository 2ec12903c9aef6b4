import { Construct, type IConstruct } from 'constructs';
import { Annotations, applyPatches, captureSource, type JsonPatch, merge, type Problem } from '../core';
import { checkStructure, type KopsRelease } from './api';
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

  private readonly options: KopsObjectOptions;

  protected constructor(scope: Construct, name: string, options: KopsObjectOptions) {
    const text = String(name);
    super(scope, freeId(scope, text));
    Object.defineProperty(this, KOPS_OBJECT, { value: true });
    captureSource(this);
    this.name = text;
    this.options = options;
    if (this.node.id.endsWith(DUPLICATE)) {
      Annotations.of(this).addError(
        `"${text}" is declared twice in ${scope.node.path || 'the fleet'}: names must differ`,
      );
    }
  }

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
  public render(release: KopsRelease): { document: KopsDocument; problems: Problem[] } {
    const problems: Problem[] = [];
    const plain = this.documentOf(this.renderSpec(release, problems));
    const { unknownFields, patches } = this.options;
    let document = plain;
    if (unknownFields) {
      document = this.documentOf(merge(plain.spec, unknownFields) as KopsDocument['spec']);
    }
    const askedFor = unknownFields && this.newProblems(plain, document, release);
    if (patches?.length) {
      const patched = applyPatches(document, patches);
      problems.push(...patched.problems);
      document = patched.value;
    }
    for (const { field, message } of checkStructure(this.kind, document, release)) {
      if (askedFor?.has(identity({ field, message }))) {
        problems.push({ field, message: `${message} (set by unknownFields)`, severity: 'warning' });
      } else {
        problems.push({ field, message });
      }
    }
    return { document, problems };
  }

  private documentOf(spec: KopsDocument['spec']): KopsDocument {
    const { labels, annotations } = this.options;
    const metadata = {
      name: this.name,
      ...((labels || this.requiredLabels) && { labels: { ...labels, ...this.requiredLabels } }),
      ...(annotations && { annotations }),
    };
    return { apiVersion: API_VERSION, kind: this.kind, metadata, spec };
  }

  /** What the structure check says of `after` and not of `before`. */
  private newProblems(before: KopsDocument, after: KopsDocument, release: KopsRelease): Set<string> {
    const known = new Set(checkStructure(this.kind, before, release).map(identity));
    const now = checkStructure(this.kind, after, release).map(identity);
    return new Set(now.filter((problem) => !known.has(problem)));
  }
}

const KOPS_OBJECT = Symbol.for('cdkops.KopsObject');

/** Ends the id of a construct whose name is taken: the duplicate is then a finding among others, not a crash. */
const DUPLICATE = '(duplicate)';

function freeId(scope: Construct, name: string): string {
  let id = name === '' ? '(unnamed)' : name;
  while (scope.node.tryFindChild(id)) id += ` ${DUPLICATE}`;
  return id;
}

function identity(problem: Problem): string {
  return `${problem.field} ${problem.message}`;
}
